"""An evaluation as a comment: the verdict, what broke, the scores, the cases that matter."""

from collections.abc import Iterator, Sequence
from html import escape

from eval.formats import numbers
from eval.formats.plain import flat
from eval.formats.report import Named, Report
from eval.gate.confusion import labels
from eval.gate.verdict import Failing, Rule, Verdict, anchor

# GitHub refuses a comment that is longer.
MOST_CHARS = 65_535
_CASES = 10
_NOTES = 5
_RULES = 20
_MOST_REASON = 400
_MARK = "<!-- wellkept-eval -->"
_HEADS = ("", "score", "95 % interval", "n", "live", "change, 95 %", "floor", "")


def render_markdown(report: Report) -> str:
    """GitHub's Markdown in fewer than 65,536 characters: cases that find no room are counted.
    What customers, articles and models said stands in code, where nothing in it is a link, a
    mention or markup. The first line is a comment by which a bot finds what it wrote before."""
    head = "\n".join(_head(report))
    tail = "\n".join(_tail(report))
    cases = [_case(report, item) for item in report.named[:_CASES]]
    room = MOST_CHARS - len(head) - len(tail) - 200
    kept: list[str] = []
    for case in cases:
        if len(case) + 1 > room:
            break
        kept.append(case)
        room -= len(case) + 1
    more = len(report.named) - len(kept)
    rest = [f"\nand {more} more, on the page of the run."] if more else []
    title = ["", "### Cases"] if report.named else []
    return "\n".join([head, *title, *kept, *rest, tail])[:MOST_CHARS]


def _head(report: Report) -> Iterator[str]:
    verdict = report.verdict
    kind = "drafted questions" if verdict.drafted else "cases"
    state = "✅ Passed" if verdict.passed else "❌ Refused"
    yield _MARK
    yield f"## {state}: {verdict.cases} {kind}"
    yield ""
    yield _of(report)
    if verdict.broken:
        yield ""
        yield from (_broken(rule, verdict) for rule in verdict.broken[:_RULES])
    yield ""
    yield from _table(verdict.rules)


def _of(report: Report) -> str:
    live = f", against {_code(report.before.release_id)}" if report.before else ""
    center = f" of {_code(report.center)}" if report.center else ""
    return f"Release {_code(report.record.release_id)}{center}{live}."


def _broken(rule: Rule, verdict: Verdict) -> str:
    cases = dict.fromkeys(it.case_id for it in verdict.failing if it.metric == rule.metric)
    shown = ", ".join(_code(case) for case in list(cases)[:_CASES])
    more = f" and {len(cases) - _CASES} more" if len(cases) > _CASES else ""
    named = f": {shown}{more}" if cases else ""
    return f"- **{_words(numbers.title(rule))}** {_code(rule.reason[:_MOST_REASON])}{named}"


def _table(rules: Sequence[Rule]) -> Iterator[str]:
    """Broken rules first; what was not measured at all is left out."""
    shown = [rule for rule in rules if rule.score is not None or not rule.passed]
    compared = any(rule.before is not None for rule in shown)
    kept = [i for i in range(len(_HEADS)) if compared or i not in (4, 5)]
    yield "| " + " | ".join(_HEADS[i] for i in kept) + " |"
    yield "|" + "|".join("---" if i in (0, 7) else "--:" for i in kept) + "|"
    for rule in sorted(shown, key=lambda rule: rule.passed):
        cells = _cells(rule)
        yield "| " + " | ".join(cells[i] for i in kept) + " |"


def _cells(rule: Rule) -> tuple[str, ...]:
    state = {"ok": "✅", "BROKEN": "❌", "informs": "ℹ️"}[numbers.state(rule)]
    return (
        _words(numbers.title(rule)),
        numbers.score(rule, rule.score),
        numbers.interval(rule),
        numbers.count(rule),
        "" if rule.before is None else numbers.score(rule, rule.before),
        numbers.change(rule.change),
        numbers.floor(rule),
        state,
    )


def _case(report: Report, item: Named) -> str:
    """No line of it is empty: that would end the HTML."""
    rules = ", ".join(escape(rule.replace("_", " ")) for rule in item.rules)
    link = f"<p><code>{escape(report.page)}#{anchor(item.case_id)}</code></p>"
    return "\n".join(
        [
            f"<details><summary><code>{_html(item.case_id)}</code> "
            f"<code>{_html(str(item.row['question'])[:200])}</code>: {rules}</summary>",
            *_sides(item),
            *(
                f"<p><b>{_rule_name(it)}</b> <code>{_html(it.why)}</code></p>"
                for it in item.failing
            ),
            *([link] if report.page else []),
            "</details>",
        ]
    )


def _sides(item: Named) -> Iterator[str]:
    first = item.failing[0]
    yield f"<p>expected <code>{_html(first.expected)}</code></p>"
    if first.before:
        yield "<table><tr><th>live</th><th>now</th></tr><tr>"
        yield f"<td><code>{_html(first.before)}</code></td><td><code>{_html(first.got)}</code></td>"
        yield "</tr></table>"
    else:
        yield f"<p>got <code>{_html(first.got)}</code></p>"


def _rule_name(item: Failing) -> str:
    return escape(item.metric.replace("_", " "))


def _tail(report: Report) -> Iterator[str]:
    verdict = report.verdict
    for item in report.unplaced[:_CASES]:
        named = f"{_code(item.case_id)} {_code(item.question)}: {_code(item.why)}"
        yield f"- **{_words(item.metric)}** {named}"
    if verdict.confusion:
        yield ""
        yield "<details><summary>Decisions</summary>"
        yield _confusion(verdict)
        yield "</details>"
    if verdict.notes:
        yield ""
        yield from (f"- {_code(note[:_MOST_REASON])}" for note in verdict.notes[:_NOTES])
    if report.page:
        yield ""
        yield f"Case by case: {_code(report.page)}"


def _confusion(verdict: Verdict) -> str:
    due, made = labels(verdict.confusion)
    counts = {(expected, decided): n for expected, decided, n in verdict.confusion}
    head = "".join(f"<th>{name}</th>" for name in made)
    rows = "".join(
        f"<tr><th>{expected}</th>"
        + "".join(f"<td>{counts.get((expected, name), 0)}</td>" for name in made)
        + "</tr>"
        for expected in due
    )
    return f"<table><tr><th>due, made</th>{head}</tr>{rows}</table>"


def _html(text: str) -> str:
    return escape(flat(text))


def _words(text: str) -> str:
    """Text that is no markup whatever stands in it."""
    return "".join(
        char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in flat(text)
    )


def _code(text: str) -> str:
    """The same in code, where a mention notifies nobody."""
    return f"<code>{_words(text)}</code>"
