"""Where cases stand in their file."""

from pathlib import Path

from eval.formats.lines import case_lines
from eval.golden.case import Case
from eval.golden.file import read, write
from tests.eval.turns import answer_case


def asked(name: str, question: str) -> Case:
    return Case(name, question, answer_case(name).decision, reference="Within 30 days.")


def test_lines_are_those_that_the_set_is_read_by(tmp_path: Path) -> None:
    """Customers paste what other programs end a line with."""
    cases = [asked("a", "Refund?\u2028When?\x85Now?"), asked("b", "How long?")]
    path = tmp_path / "golden.jsonl"
    path.write_text(write(cases), encoding="utf-8")
    assert [case.id for case in read(path)] == ["a", "b"]
    assert case_lines(path) == {"a": 1, "b": 2}
