"""A release is tried with its golden set, or with questions drafted from its headings."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from eval.build import Against, assess, open_cases, part_of, usable_suite
from eval.gate.verdict import Verdict
from eval.golden.case import Case
from eval.runs.owners import owned
from eval.scoring.evaluation import CaseResult
from eval.scoring.suite import Suite
from kb.errors import ConfigError
from kb.settings import GateSettings, Settings, SourcesSettings
from tests.eval.turns import REFUND, FixedAgent, WordEncoder, answer_case, golden_set, handoff_case
from tests.kb.articles import article

ARTICLES = [article("refunds.md", f"# Refunds\n## Get a refund for a parcel\n{REFUND} {REFUND}\n")]


def write_golden(path: Path, *articles: str) -> Path:
    lines = [
        {
            "id": case.id,
            "question": case.question,
            "decision": case.decision,
            "reference": case.reference,
            "articles": [*case.articles, *articles] if case.articles else [],
        }
        for case in golden_set()
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def judged(settings: Settings, suite: Suite, golden: Path | None = None) -> Verdict:
    cases = open_cases(settings, ARTICLES, golden)
    return assess(settings, cases, FixedAgent(), suite, ARTICLES, Against()).verdict


def test_the_configured_golden_set_is_tried(tmp_path: Path, suite: Suite) -> None:
    golden = write_golden(tmp_path / "golden.jsonl")
    settings = Settings(home=tmp_path, sources=SourcesSettings(golden=golden))
    verdict = judged(settings, suite)
    assert (verdict.passed, verdict.cases, verdict.drafted) == (True, 12, False)


def test_a_named_golden_set_goes_before_the_configured_one(tmp_path: Path) -> None:
    golden = write_golden(tmp_path / "golden.jsonl")
    settings = Settings(home=tmp_path, sources=SourcesSettings(golden=tmp_path / "none.jsonl"))
    assert len(open_cases(settings, ARTICLES, golden)) == 12
    with pytest.raises(ConfigError, match=r"none\.jsonl: no such file"):
        open_cases(settings, ARTICLES)


def test_without_a_golden_set_the_headings_are_asked(tmp_path: Path, suite: Suite) -> None:
    verdict = judged(Settings(home=tmp_path), suite)
    assert verdict.drafted
    assert any("drafted from the articles' headings" in note for note in verdict.notes)


def test_articles_that_the_release_lacks_are_noted(tmp_path: Path, suite: Suite) -> None:
    golden = write_golden(tmp_path / "golden.jsonl", "gone.md")
    verdict = judged(Settings(home=tmp_path), suite, golden)
    assert not verdict.passed
    note = next(note for note in verdict.notes if "lacks" in note)
    assert "gone.md (case answer-0)" in note
    assert note.endswith("and 3 more.")


def tagged() -> list[Case]:
    return [
        replace(answer_case("a"), tags=("refunds",)),
        replace(answer_case("b"), tags=("refunds", "short")),
        handoff_case("c"),
    ]


@pytest.mark.parametrize(
    ("tags", "ids", "chosen"),
    [
        ([], [], ["a", "b", "c"]),
        (["refunds"], [], ["a", "b"]),
        (["short"], ["c"], ["b", "c"]),
        ([], ["c", "a"], ["a", "c"]),
    ],
)
def test_a_part_is_what_has_a_tag_or_an_id(
    tags: list[str], ids: list[str], chosen: list[str]
) -> None:
    assert [case.id for case in part_of(tagged(), tags, ids)] == chosen


@pytest.mark.parametrize(
    ("tags", "ids", "said"),
    [(["colour"], [], "no case of the golden set has the tag colour"), ([], ["z"], "no case z")],
)
def test_a_part_without_cases_is_an_error(tags: list[str], ids: list[str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        part_of(tagged(), tags, ids)


@pytest.mark.parametrize(
    "gate", [{"floors": {"answer_ms": 0.5}}, {"slices": {"tag:refunds": {"cost": 0.5}}}]
)
def test_what_is_no_share_has_no_floor(tmp_path: Path, gate: dict[str, object]) -> None:
    settings = Settings(home=tmp_path, gate=GateSettings.model_validate(gate))
    with pytest.raises(ConfigError, match=r"no metric '(answer_ms|cost)'"):
        usable_suite(settings, WordEncoder(), ARTICLES)


def test_a_case_has_the_owners_and_locales_of_the_articles_that_it_names() -> None:
    articles = [
        article("refunds.md", "# Refunds\n", owner="money@example.org"),
        replace(article("retours.md", "# Retours\n", owner="money@example.org"), locale="fr"),
        article("plans.md", "# Plans\n", owner="plans@example.org"),
    ]
    case = replace(answer_case("a"), articles=("retours.md", "refunds.md", "gone.md"))
    (found,) = owned([CaseResult(case, None, 1.0)], articles)
    assert (found.owners, found.locales) == (("money@example.org",), ("fr", "en"))


def test_the_gate_and_its_report_do_without_ragas() -> None:
    code = (
        "import sys, eval.gate.gate, eval.formats.text, eval.golden.file, eval.build; "
        "sys.exit('ragas' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
