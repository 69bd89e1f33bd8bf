import json
from pathlib import Path

import pytest

from tests.bench.contradictions import main, try_pair
from tests.bench.labelled_pairs import OWN, Pair, corpus_of, half_of, read_pairs
from tests.bench.lacking import lack

FOUND = ("Deleted notes are kept for 30 days.", "Deleted notes are kept for 14 days.")
SILENT = ("Handbook", "Trash: 14 days")


def pair(statements: tuple[str, str]) -> Pair:
    a, b = statements
    return Pair("p-1", contradicts=True, strong=True, kind="duration", reason="", a=a, b=b)


def written(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "some.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def row(name: str, label: str, statements: tuple[str, str]) -> dict[str, str]:
    a, b = statements
    return {
        "id": name,
        "label": label,
        "strength": "strong",
        "kind": "duration",
        "a_text": a,
        "b_text": b,
    }


def test_a_contradiction_is_found_with_its_two_quotes() -> None:
    outcome = try_pair(pair(FOUND), 0.5)
    assert outcome.confidence >= 0.5
    assert sorted(outcome.quotes) == sorted(FOUND)
    assert outcome.lack is None


def test_a_missed_one_tells_which_side_has_no_claim() -> None:
    outcome = try_pair(pair(SILENT), 0.5)
    assert outcome.lack is not None
    assert outcome.lack.reason == "no claim on side a"


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Trash: 30 days", "Trash: 5 MB", "claims of different kinds"),
        ("Notes are kept for 30 days.", "Notes are kept for 30 days.", "judged compatible"),
        (
            "On the Free plan, notes are kept for 30 days.",
            "On the Enterprise plan, notes are kept for 90 days.",
            "ruled out by scope",
        ),
    ],
)
def test_what_parts_two_texts_is_told(a: str, b: str, reason: str) -> None:
    assert lack(corpus_of(pair((a, b))), 0.5).reason == reason


def test_a_confidence_below_the_threshold_is_told() -> None:
    assert lack(corpus_of(pair(FOUND)), 1.0).reason == "confidence below 1"


def test_statements_are_printed_only_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, row("p-1", "contradiction", SILENT), row("p-2", "consistent", FOUND))
    main([str(path)])
    quiet = capsys.readouterr().out
    main([str(path), "--show"])
    shown = capsys.readouterr().out
    assert "no claim on side a" in quiet
    assert "wrongly reported: 1" in quiet
    assert SILENT[0] not in quiet
    assert FOUND[0] not in quiet
    assert SILENT[0] in shown
    assert FOUND[0] in shown


def test_each_pair_is_in_one_half(tmp_path: Path) -> None:
    rows = [row(f"p-{number}", "contradiction", FOUND) for number in range(20)]
    path = written(tmp_path, *rows)
    halves = [read_pairs(path, half) for half in ("dev", "held_out")]
    assert all(halves)
    assert sorted(p.id for half in halves for p in half) == sorted(r["id"] for r in rows)
    assert {half_of(p.id) for p in halves[1]} == {"held_out"}


def test_our_own_pairs_hold_as_many_look_alikes_as_contradictions() -> None:
    own = read_pairs(OWN)
    assert len({p.id for p in own}) == len({(p.a, p.b) for p in own}) == 80
    assert sum(p.contradicts for p in own) == 40
