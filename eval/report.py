"""A verdict for people (plain text) and for programs (JSON)."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from textwrap import wrap

from eval.gate import ANSWERING, CASES
from eval.verdict import Failing, Rule, Verdict

_WIDTH = 98
_SHOWN = 10
_COLUMNS = ("metric", "score", "n", "95 % interval", "floor", "")


def render_json(verdict: Verdict) -> str:
    """Indented JSON that `Verdict.from_json` reads back."""
    return json.dumps(verdict.to_json(), indent=2, ensure_ascii=False)


def render_text(verdict: Verdict) -> str:
    """The verdict first, then a table of the rules, the failing questions of broken rules (ten a
    rule, the rest counted), and notes. Lines of at most 98 characters, quotations apart."""
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    kind = "drafted questions" if verdict.drafted else "cases"
    if verdict.passed:
        yield f"Gate passed: {verdict.cases} {kind}"
    else:
        broken = ", ".join(rule.metric for rule in verdict.broken)
        yield f"Gate REFUSED: {broken} ({verdict.cases} {kind})"
    yield ""
    yield from _table([_COLUMNS, *(_row(rule) for rule in verdict.rules)])
    broken_metrics = {rule.metric for rule in verdict.broken}
    for metric, failing in groupby(verdict.failing, key=attrgetter("metric")):
        if metric in broken_metrics:
            yield from _questions(metric, list(failing))
    below = sum(item.metric not in broken_metrics for item in verdict.failing)
    if below:
        yield ""
        yield f"Below a floor whose mean holds: {below}; --json names them."
    for note in verdict.notes:
        yield ""
        yield from wrap(f"Note: {note}", _WIDTH, break_long_words=False)


def _row(rule: Rule) -> tuple[str, ...]:
    whole = rule.metric == CASES
    score = "–" if rule.score is None else f"{rule.score:.0f}" if whole else f"{rule.score:.3f}"
    floor = rule.threshold
    interval = f"{rule.interval[0]:.3f} to {rule.interval[1]:.3f}" if rule.interval else ""
    mark = "ok" if rule.passed else "BROKEN"
    return (
        rule.metric.replace("_", " "),
        score,
        "" if whole else str(rule.n),
        interval,
        "–" if floor is None else f"{floor:.0f}" if whole else f"{floor:g}",
        f"{mark}: {rule.reason}" if rule.reason else mark,
    )


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    for row in rows:
        name, *numbers = [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row[:-1], widths, strict=True))
        ]
        yield f"  {'  '.join([name, *numbers])}  {row[-1]}".rstrip()


def _questions(metric: str, failing: list[Failing]) -> Iterator[str]:
    title = "answering crashed" if metric == ANSWERING else metric.replace("_", " ")
    yield ""
    yield f"{title}: {len(failing)} failing"
    for item in failing[:_SHOWN]:
        score = "" if item.score is None else f" ({item.score:.2f})"
        yield f"  {item.case_id}  {item.question}{score}"
        yield f"      expected  {item.expected}"
        yield f"      got       {item.got}"
        if item.why:
            yield f"      why       {item.why}"
    if len(failing) > _SHOWN:
        yield f"  and {len(failing) - _SHOWN} more; --json names them"
