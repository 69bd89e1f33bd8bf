"""A verdict for people (plain text) and for programs (JSON)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from eval.formats import numbers
from eval.formats.plain import flat
from eval.gate.confusion import labels
from eval.gate.verdict import Failing, Rule, Verdict

_WIDTH = 98
# Under this two columns of words are harder to read than one after the other.
_LEAST_WIDTH = 72
_SHOWN = 10
_COLUMNS = ("metric", "score", "n", "95 % interval", "before", "change, 95 %", "floor", "")


def render_json(verdict: Verdict) -> str:
    """Indented JSON that `Verdict.from_json` reads back."""
    return json.dumps(verdict.to_json(), indent=2, ensure_ascii=False)


def render_text(verdict: Verdict, width: int = _WIDTH) -> str:
    """The verdict first, then each broken rule with its cases, what the live release said and what
    is said now side by side (ten a rule, the rest counted); a table of all rules, which decisions
    were made instead of those that were due, and notes. Lines of at most `width` characters but
    for the table."""
    return "\n".join(_lines(verdict, width))


def _lines(verdict: Verdict, width: int) -> Iterator[str]:
    kind = "drafted questions" if verdict.drafted else "cases"
    if verdict.passed:
        yield f"Gate passed: {verdict.cases} {kind}"
    else:
        broken = ", ".join(rule.metric for rule in verdict.broken)
        yield f"Gate REFUSED: {broken} ({verdict.cases} {kind})"
    told: set[str] = set()
    for rule in verdict.broken:
        yield from _broken(rule, verdict.failing, told, width)
    yield ""
    yield from _table([_COLUMNS, *(_row(rule) for rule in verdict.rules if _is_scored(rule))])
    yield from _scoreless([rule for rule in verdict.rules if not _is_scored(rule)], width)
    if verdict.confusion:
        yield from _confusion(verdict)
    below = _below(verdict)
    if below:
        yield ""
        yield f"Below a floor whose mean holds: {below}; --json names them."
    for note in verdict.notes:
        yield ""
        yield from wrap(f"Note: {flat(note)}", width, break_long_words=False)


def _below(verdict: Verdict) -> int:
    broken = {rule.metric for rule in verdict.broken}
    return sum(item.metric not in broken for item in verdict.failing)


def _is_scored(rule: Rule) -> bool:
    return rule.score is not None


def _scoreless(rules: Sequence[Rule], width: int) -> Iterator[str]:
    """What compares and counts, a rule a line; what had nothing to measure, by the reason."""
    for rule in rules:
        if rule.n or not rule.passed or not rule.reason:
            why = f": {flat(rule.reason)}" if rule.reason and rule.passed else ""
            line = f"{numbers.title(rule)}  {numbers.state(rule)}{why}"
            yield from _indented(line, width)
    idle = [rule for rule in rules if not rule.n and rule.passed and rule.reason]
    for reason in dict.fromkeys(rule.reason for rule in idle):
        names = ", ".join(numbers.title(rule) for rule in idle if rule.reason == reason)
        yield from _indented(f"not measured ({flat(reason)}): {names}", width)


def _indented(text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent="  ", subsequent_indent="      ")


def _row(rule: Rule) -> tuple[str, ...]:
    mark = numbers.state(rule)
    # A broken rule was explained above.
    explained = rule.reason and (rule.passed or rule.informs)
    return (
        numbers.title(rule),
        numbers.score(rule, rule.score),
        numbers.count(rule),
        numbers.interval(rule),
        "" if rule.before is None else numbers.score(rule, rule.before),
        numbers.change(rule.change),
        numbers.floor(rule),
        f"{mark}: {flat(rule.reason)}" if explained else mark,
    )


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Columns that say nothing, such as those of a comparison without one, are left out."""
    head, *body = rows
    kept = [i for i in range(len(head) - 1) if any(row[i] for row in body)]
    widths = {i: max(len(row[i]) for row in (head, *body)) for i in kept}
    for row in (head, *body):
        cells = [row[i].rjust(widths[i]) if i else row[i].ljust(widths[i]) for i in kept]
        yield f"  {'  '.join(cells)}  {row[-1]}".rstrip()


def _broken(rule: Rule, failing: Sequence[Failing], told: set[str], width: int) -> Iterator[str]:
    """A case that was `told` of already is only named, with why this rule names it."""
    named = [item for item in failing if item.metric == rule.metric]
    yield ""
    head = f"{numbers.title(rule)}: {len(named)} failing" if named else numbers.title(rule)
    yield from wrap(f"{head}: {flat(rule.reason)}" if rule.reason else head, width)
    for item in named[:_SHOWN]:
        yield from _case(item, width, again=item.case_id in told)
        told.add(item.case_id)
    if len(named) > _SHOWN:
        yield f"  and {len(named) - _SHOWN} more; --json names them"


def _case(item: Failing, width: int, *, again: bool) -> Iterator[str]:
    score = "" if item.score is None else f" ({item.score:.2f})"
    above = "  (above)" if again else ""
    yield from _indented(f"{flat(item.case_id)}  {flat(item.question)}{score}{above}", width)
    if again:
        yield from _labelled("why", item.why, width)
        return
    yield from _labelled("expected", item.expected, width)
    if item.before and width >= _LEAST_WIDTH:
        yield from _beside(item, width)
    else:
        yield from _labelled("before", item.before, width) if item.before else ()
        yield from _labelled("got", item.got, width)
    if item.why:
        yield from _labelled("why", item.why, width)


def _labelled(label: str, text: str, width: int) -> Iterator[str]:
    lines = wrap(flat(text), width - 16, break_long_words=False, break_on_hyphens=False) or [""]
    for place, line in enumerate(lines):
        yield f"      {label if not place else '':<10}{line}"


def _beside(item: Failing, width: int) -> Iterator[str]:
    column = (width - 9) // 2
    before, now = (wrap(flat(text), column) for text in (item.before, item.got))
    yield f"      {'before':<{column}} │ now"
    for old, new in zip_longest(before, now, fillvalue=""):
        yield f"      {old:<{column}} │ {new}".rstrip()


def _confusion(verdict: Verdict) -> Iterator[str]:
    due, made = labels(verdict.confusion)
    counts = {(expected, decided): n for expected, decided, n in verdict.confusion}
    yield ""
    yield "  Decisions: due in rows, made in columns"
    first = max(map(len, due))
    yield f"  {'':<{first}}  {'  '.join(made)}"
    for expected in due:
        cells = [str(counts.get((expected, name), 0)).rjust(len(name)) for name in made]
        yield f"  {expected:<{first}}  {'  '.join(cells)}"
