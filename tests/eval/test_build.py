"""A release is tried with its golden set, or with questions drafted from its headings."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.build import assess, open_cases
from kb.errors import ConfigError
from kb.settings import Settings, SourcesSettings
from tests.eval.turns import REFUND, FixedAgent, WordEncoder, golden_set
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


def test_the_configured_golden_set_is_tried(tmp_path: Path) -> None:
    golden = write_golden(tmp_path / "golden.jsonl")
    settings = Settings(home=tmp_path, sources=SourcesSettings(golden=golden))
    verdict = assess(settings, FixedAgent(), ARTICLES, WordEncoder()).verdict
    assert (verdict.passed, verdict.cases, verdict.drafted) == (True, 12, False)


def test_a_named_golden_set_goes_before_the_configured_one(tmp_path: Path) -> None:
    golden = write_golden(tmp_path / "golden.jsonl")
    settings = Settings(home=tmp_path, sources=SourcesSettings(golden=tmp_path / "none.jsonl"))
    assert len(open_cases(settings, ARTICLES, golden)) == 12
    with pytest.raises(ConfigError, match=r"none\.jsonl: no such file"):
        open_cases(settings, ARTICLES)


def test_without_a_golden_set_the_headings_are_asked(tmp_path: Path) -> None:
    verdict = assess(Settings(home=tmp_path), FixedAgent(), ARTICLES, WordEncoder()).verdict
    assert verdict.drafted
    assert any("drafted from the articles' headings" in note for note in verdict.notes)


def test_articles_that_the_release_lacks_are_noted(tmp_path: Path) -> None:
    golden = write_golden(tmp_path / "golden.jsonl", "gone.md")
    verdict = assess(Settings(home=tmp_path), FixedAgent(), ARTICLES, WordEncoder(), golden).verdict
    assert not verdict.passed
    note = next(note for note in verdict.notes if "lacks" in note)
    assert "gone.md (case answer-0)" in note
    assert note.endswith("and 3 more.")


def test_the_gate_and_its_report_do_without_ragas() -> None:
    code = (
        "import sys, eval.gate, eval.report, eval.golden, eval.draft, eval.build; "
        "sys.exit('ragas' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
