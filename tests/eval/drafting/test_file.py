"""Accepted cases are added to a golden set, and nothing else in it changes."""

import json
from pathlib import Path

import pytest

from agent.types import Decision
from eval.drafting.file import append
from eval.golden.case import Case
from eval.golden.file import read
from kb.errors import ConfigError

CASE = Case("new", "Can I pause?", Decision.ANSWER, reference="Yes.", articles=("plan.md",))
# Odd spacing, odd order, an escape and a blank line: a person's file.
LINE = b'{"decision":"answer",  "id": "old", "question": "Caf\\u00e9?", "reference": "Yes."}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LINE, LINE + b"\n"),
        (LINE + b"\n\n", LINE + b"\n\n"),
        (b"\xef\xbb\xbf" + LINE + b"\r\n", b"\xef\xbb\xbf" + LINE + b"\r\n"),
        (b"", b""),
    ],
)
def test_what_stood_in_the_file_stays_byte_for_byte(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_bytes(before)
    path.chmod(0o640)
    append(path, CASE)
    data = path.read_bytes()
    assert data.startswith(after)
    assert json.loads(data[len(after) :])["id"] == "new"
    assert read(path)[-1] == CASE
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_golden_set_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "sets" / "golden.jsonl"
    append(path, CASE)
    assert read(path) == [CASE]


def test_a_link_to_a_golden_set_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "golden.jsonl", tmp_path / "link.jsonl"
    path.write_bytes(LINE)
    link.symlink_to(path)
    append(link, CASE)
    assert link.is_symlink()
    assert [case.id for case in read(path)] == ["old", "new"]


def test_an_id_that_is_taken_and_a_file_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    append(path, CASE)
    with pytest.raises(ConfigError, match="has a case new already"):
        append(path, CASE)
    path.write_text("no JSON", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 1"):
        append(path, CASE)
    assert path.read_text(encoding="utf-8") == "no JSON"
