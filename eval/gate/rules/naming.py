"""How a rule names a case that broke it."""

from eval.gate.comparison import Row
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Failing

_SHOWN_CHARS = 300


def name(trial: Trial, metric: str, row: Row, why: str, score: float | None = None) -> Failing:
    """The case with what it was due, what was said, and what the live release said."""
    articles = f" from {', '.join(row['articles'])}" if row["articles"] else ""
    before = trial.was.get(row["id"])
    return Failing(
        metric=metric,
        case_id=row["id"],
        question=shorten(row["question"]),
        expected=f"{row['expected']}{articles}",
        got=said(row),
        why=shorten(why),
        score=score,
        before=said(before) if before else "",
    )


def said(row: Row) -> str:
    """The decision of a case and the words, on one line."""
    if row["decision"] is None:
        return "nothing"
    return shorten(f"{row['decision']}: {row['text']}")


def shorten(text: str) -> str:
    """On one line, at most 300 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARS else f"{flat[: _SHOWN_CHARS - 1]}…"
