"""Two runs compared, as lines of text."""

from collections.abc import Iterable, Iterator, Sequence

from eval.diff.runs import CaseChange, RunDiff, RunName
from eval.diff.wording import level_of, standing
from eval.formats.plain import flat
from eval.gate.comparison import Row

_HEADER = (
    "metric",
    "before",
    "after",
    "difference, 95 %",
    "bootstrap p",
    "McNemar p",
    "worse",
    "better",
)
_SHOWN = 20
_LONGEST = 300
# Characters shown before the first that differs.
_LEAD = 60


def run_lines(diff: RunDiff) -> Iterator[str]:
    """What was compared, the metrics, the cases that changed (twenty, the rest counted), and those
    without a partner."""
    yield f"Before  {told(diff.before)}"
    yield f"After   {told(diff.after)}"
    yield summary(diff)
    yield from cautions(diff)
    yield ""
    yield from _metrics(diff)
    yield from _changed(diff.changed)
    yield from _alone("Only before", diff.only_before)
    yield from _alone("Only after", diff.only_after)


def told(name: RunName) -> str:
    """Such as "7556c841edb4 of r20261123-de70d7e3, 2026-11-23 01:07, 105 cases, passed"."""
    outcome = "passed" if name.passed else "refused"
    return (
        f"{name.id[:12]} of {name.release_id}, {name.created_at:%Y-%m-%d %H:%M}, "
        f"{name.cases} cases, {outcome}"
    )


def summary(diff: RunDiff) -> str:
    """How many cases are in both, and how they went."""
    both = diff.same + len(diff.changed)
    worse = sum(bool(item.worse) for item in diff.changed)
    better = sum(bool(item.better and not item.worse) for item in diff.changed)
    other = len(diff.changed) - worse - better
    return (
        f"{both} cases in both: {diff.same} the same, {worse} worse in a metric, "
        f"{better} better, {other} otherwise changed; {len(diff.only_before)} only before, "
        f"{len(diff.only_after)} only after"
    )


def cautions(diff: RunDiff) -> Iterator[str]:
    """What the reader should know before believing the numbers."""
    if diff.other_golden:
        yield (
            "The golden sets differ: metrics compare the cases of both alone, and what was added "
            "or rewritten has nothing to be compared with."
        )
    if diff.rewritten:
        names = ", ".join(diff.rewritten[:_SHOWN])
        yield f"Rewritten, so not compared: {names}."
    if not diff.metrics:
        yield "No case has a score of one metric in both runs."


def moved(item: CaseChange) -> str:
    """Such as "decision, answer; worse in decision accuracy"."""
    parts = [", ".join(item.differs)] if item.differs else []
    for word, metrics in (("worse in", item.worse), ("better in", item.better)):
        if metrics:
            parts.append(f"{word} {', '.join(name.replace('_', ' ') for name in metrics)}")
    return "; ".join(parts)


def turned(item: CaseChange) -> tuple[str, str]:
    """The decision and what was said before and after, each in one line, from a little before the
    first word that differs."""
    texts = [flat(row["text"] or "") for row in (item.was, item.now)]
    pairs = zip(*texts, strict=False)
    same = next((n for n, (one, other) in enumerate(pairs) if one != other), min(map(len, texts)))
    start = texts[0].rfind(" ", 0, same - _LEAD) + 1 if same > _LONGEST // 2 else 0
    lead = "… " if start else ""
    was, now = (
        f"crashed: {row['error']}"
        if row.get("error")
        else f"{row['decision']}: {lead}{shortened(text[start:])}"
        for row, text in zip((item.was, item.now), texts, strict=True)
    )
    return was, now


def shortened(text: str) -> str:
    """In one line of at most 300 characters."""
    line = flat(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _metrics(diff: RunDiff) -> Iterator[str]:
    level = level_of(diff.metrics)
    rows = [(*_HEADER, "")]
    rows += [
        (
            item.metric.replace("_", " "),
            f"{item.before:.3f}",
            f"{item.after:.3f}",
            f"{item.interval[0]:+.3f} to {item.interval[1]:+.3f}",
            f"{item.bootstrap_p:.4f}",
            f"{item.mcnemar_p:.4f}",
            str(len(item.worse)),
            str(len(item.better)),
            standing(item, level).text,
        )
        for item in diff.metrics
    ]
    if diff.metrics:
        yield from _table(rows)
        yield (
            f"  p is one-sided, for worse; a metric is judged at {level:.4f} "
            "(0.05 divided among those that moved)"
        )


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *numbers = row[:-1]
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(numbers, widths[1:-1], strict=True)]
        yield f"  {'  '.join(cells)}  {row[-1]}".rstrip()


def _changed(changed: Sequence[CaseChange]) -> Iterator[str]:
    if changed:
        yield from ("", f"Changed: {len(changed)}")
    for item in changed[:_SHOWN]:
        yield f"  {item.id}  {shortened(item.now['question'])}"
        yield f"      what    {moved(item)}"
        yield f"      due     {item.now['expected']}"
        was, now = turned(item)
        yield f"      before  {was}"
        yield f"      after   {now}"
    if len(changed) > _SHOWN:
        yield f"  and {len(changed) - _SHOWN} more; --json names them"


def _alone(title: str, rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield from ("", f"{title}: {len(rows)}", *_questions(rows))


def _questions(rows: Iterable[Row]) -> Iterator[str]:
    listed = list(rows)
    for row in listed[:_SHOWN]:
        yield f"  {row['id']}  {shortened(row['question'])}"
    if len(listed) > _SHOWN:
        yield f"  and {len(listed) - _SHOWN} more; --json names them"
