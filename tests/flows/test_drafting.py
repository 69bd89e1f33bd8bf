"""`wellkept eval draft` and `wellkept eval review` as people run them."""

import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from agent.store import Conversations
from agent.types import Citation, Decision, Message, Turn
from eval.drafting.build import propose
from eval.drafting.proposal import Origin
from flows.command import main
from flows.commands import drafting
from kb.findings import FindingStatus
from tests.flows.conftest import Result
from tests.flows.runs import Center, silent
from tests.openai_server import OpenAIServer

PLANS = """# Plans compared

|  | Free | Plus plan |
|---|---|---|
| Sensors | 10 | 40 |

## How long does the free trial take?

The free trial takes 14 days. It begins when you choose Plus, and it ends by itself afterwards.
"""
RETURNS = "# Returns\n\n## Lamps\n\nYou can return a lamp within 30 days of delivery.\n"
TERMS = "# Terms\n\n## Lamps\n\nYou can return a lamp within 14 days of delivery.\n"
NOW = datetime.now(UTC)
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a help center and its home, live."""
    folder = tmp_path_factory.mktemp("released")
    center = Center.of(folder, {"plans.md": PLANS, "returns.md": RETURNS, "terms.md": TERMS})
    center.run()
    center.work.database.close()
    return folder


@pytest.fixture
def center(released: Path, tmp_path: Path) -> Iterator[Center]:
    """A copy of it, for one test."""
    copytree(released, tmp_path, dirs_exist_ok=True)
    found = Center.of(tmp_path, {})
    yield found
    found.work.database.close()


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return tmp_path / "golden.jsonl"


@pytest.fixture
def run(
    center: Center,
    golden: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """The command in this process, in the help center's folder, with what a person types."""
    monkeypatch.chdir(golden.parent)
    monkeypatch.setattr("kb.build.Workspace", type(center.work))

    def call(*arguments: str, typed: str = "") -> Result:
        home = ["--home", str(center.work.settings.home)]
        monkeypatch.setattr(sys, "argv", ["wellkept", "eval", *arguments, *home])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        monkeypatch.setattr(drafting, "read_line", input)
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return call


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def questions(proposals: Sequence[Any]) -> list[str]:
    return [item["case"]["question"] for item in proposals]


def test_cases_are_proposed_once_and_none_is_in_the_golden_set(run: Run, golden: Path) -> None:
    first = run("draft", "--json").json()
    asked = questions(first["proposed"])
    assert "How long does the free trial take?" in asked
    assert first["proposed"][0]["evidence"][0]["quote"]
    assert not golden.exists()
    assert run("draft", "--json").json()["proposed"] == []
    assert questions(run("review", "--json").json()) == asked


def test_words_that_contradict_others_are_not_proposed_as_right(run: Run) -> None:
    found = run("draft", "--from", "articles", "--json").json()["proposed"]
    assert not {"returns.md", "terms.md"} & {it["case"]["articles"][0] for it in found}


def test_the_limit_leaves_the_rest_for_the_next_run(run: Run) -> None:
    first = run("draft", "--limit", "1", "--json").json()["proposed"]
    second = run("draft", "--limit", "1", "--json").json()["proposed"]
    assert len(first) == len(second) == 1
    assert questions(first) != questions(second)


def test_a_mended_contradiction_is_proposed_from_findings(run: Run, center: Center) -> None:
    assert run("draft", "--from", "findings", "--json").json()["proposed"] == []
    center.run(terms=TERMS.replace("14", "30"))
    assert {item.status for item in center.findings()} == {FindingStatus.FIXED}
    (item,) = run("draft", "--from", "findings", "--json").json()["proposed"]
    case = item["case"]
    assert (case["says"], case["never_says"]) == (["30 days"], ["14 days"])
    assert case["source"].startswith("finding:")
    assert case["question"].endswith("how long?")


def test_a_person_goes_through_what_waits_and_quits_when_they_like(
    run: Run, golden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    proposed = run("draft", "--json").json()["proposed"]
    assert len(proposed) >= 3
    told = run("review", "--by", "ann", typed="x\na\nr\n\nr\nnobody asks\nq\n")
    assert told.code == 0, told.err
    assert "Type a, e, f, r, s or q." in told.out
    assert "A reason is required" in told.out
    # What is typed is not echoed, so that prompts stand in one line with what follows them.
    shown = [line for line in told.out.splitlines() if " > " not in line]
    assert [line for line in shown if len(line) > 110 and golden.name not in line] == []
    (accepted,) = lines(golden)
    assert accepted == proposed[0]["case"]
    assert "[sources]" in told.err
    assert 'golden = "golden.jsonl"' in told.err
    rest = run("review", "--json").json()
    assert [item["id"] for item in rest] == [item["id"] for item in proposed[2:]]
    assert "no case" not in run("review", typed="s\n").err.lower()
    assert run("draft", "--golden", str(golden), "--json").json()["proposed"] == []


def test_a_case_is_edited_field_by_field_before_it_is_accepted(run: Run, golden: Path) -> None:
    run("draft", "--limit", "1")
    typed = (
        "f\nquestion\nHow many days is the trial?\n"
        "f\nsays\n14 days; Plus\n"
        "f\ndecision\nnonsense\n"
        "f\nreference\n\n"
        "a\n"
    )
    told = run("review", typed=typed)
    assert "That is no case" in told.out
    (case,) = lines(golden)
    assert case["question"] == "How many days is the trial?"
    assert case["says"] == ["14 days", "Plus"]
    assert (case["decision"], "reference" in case) == ("answer", False)
    assert run("review", "--json").json() == []


def test_a_case_is_edited_in_the_persons_editor(
    run: Run, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import json, sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "case = json.loads(path.read_text())\n"
        "case['must_pass'] = True\n"
        "path.write_text(json.dumps(case) + ' ' * 40)\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    run("draft", "--limit", "1")
    told = run("review", typed="e\na\n")
    assert told.code == 0, told.err
    assert lines(golden)[0]["must_pass"] is True


def test_cases_are_decided_on_without_a_terminal(run: Run, golden: Path) -> None:
    golden.write_text('{"id": "old", "question": "Hi there?", "decision": "clarify"}\n')
    first, second, *_ = run("draft", "--json").json()["proposed"]
    refused = run("review", "--reject", second["id"])
    assert (refused.code, "--why" in refused.err) == (2, True)
    done = run(
        *("review", "--accept", first["id"], "--reject", second["id"], "--why", "twice"),
        *("--golden", str(golden)),
    )
    assert done.code == 0, done.err
    assert [case["id"] for case in lines(golden)] == ["old", first["id"]]
    again = run("review", "--accept", first["id"], "--golden", str(golden))
    assert again.code == 2
    assert "accepted already" in again.err
    assert run("review", "--accept", "faq-nothing").code == 2


def test_a_case_that_would_make_scores_wrong_is_not_accepted_unseen(
    run: Run, center: Center, golden: Path
) -> None:
    (item, *_) = run("draft", "--json", "--limit", "1").json()["proposed"]
    (path,) = item["case"]["articles"]
    center.run(**{path.removesuffix(".md"): None})
    told = run("review", "--accept", item["id"])
    assert told.code == 1
    assert "no-article" in told.err
    assert not golden.exists()


def test_a_write_that_was_cut_off_after_the_file_is_only_marked(run: Run, golden: Path) -> None:
    (item, *_) = run("draft", "--json", "--limit", "1").json()["proposed"]
    golden.write_text(json.dumps(item["case"]) + "\n", encoding="utf-8")
    assert run("review", "--accept", item["id"], "--golden", str(golden)).code == 0
    assert [case["id"] for case in lines(golden)] == [item["id"]]


def test_cases_are_proposed_from_conversations_and_shown_without_control_characters(
    run: Run, center: Center
) -> None:
    quote = "The free trial takes 14 days."
    cited = Citation("docs:plans.md", "plans.md", "Plans", None, quote, 0, len(quote))
    for number, text in enumerate(("How long may I try it \x1b[2Jfor free?", "hello")):
        name = f"c{number}"
        turn = Turn(f"t{number}", name, text, Decision.ANSWER, quote, 0.9, "", NOW, (cited,))
        Conversations(center.work.database).record(Message(text, name), turn)
    (item,) = run("draft", "--from", "conversations", "--json").json()["proposed"]
    assert (item["kind"], item["case"]["reference"]) == ("answered", quote)
    assert item["case"]["source"] == "conversation:c0"
    shown = run("review", typed="q\n").out
    assert "How long may I try it" in shown
    assert "\x1b" not in shown


def test_a_language_model_words_questions_and_what_it_makes_up_is_counted(
    center: Center, tmp_path: Path
) -> None:
    def script(request: Mapping[str, Any]) -> dict[str, Any]:
        told = json.loads(request["messages"][1]["content"])
        if "free trial takes" not in told["passage"]:
            return {"cases": []}
        made = {"sort": "plain", "question": "Is the trial for a year?", "answer": "For a year."}
        good = {
            "sort": "other_words",
            "question": "can i test the big package first and for how many days",
            "answer": "The free trial takes 14 days.",
        }
        return {"cases": [made, good]}

    with OpenAIServer(script) as server:
        llm = {"url": server.url, "model": "scripted", "retries": 0}
        work = Center.of(tmp_path, {}, llm=llm).work
        drafted = propose(work, [Origin.ARTICLES], [], 40, silent)
        work.database.close()
    worded = [item for item in drafted.added if item.kind == "worded"]
    assert [item.case.tags for item in worded] == [("other-words", "model", "from-articles")]
    assert worded[0].case.says == ("14 days",)
    assert (drafted.dropped, drafted.failed) == (1, 0)


def test_an_empty_home_has_nothing_to_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["wellkept", "eval", "review", "--home", str(tmp_path / "none")]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "wellkept release" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
