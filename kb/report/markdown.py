"""Reports as Markdown."""

import re
from collections.abc import Sequence

from kb.report.item import Item, Quote
from kb.report.marks import Piece
from kb.report.view import Row, View

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_markdown(page: View) -> str:
    """Counts, the leading items, then the rest."""
    about = f"{page.center}: {page.owner}" if page.owner else page.center
    lines = [f"# Findings, {_safe(about)}", "", _lead(page), ""]
    if not page.total:
        lines += ["Nothing to mend.", ""]
    lines += _table("Kind", page.kinds, page) + _table("Owner", page.owners, page)
    lines += _cards("## Most harmful", page.leading)
    lines += _cards(f"## And {len(page.rest)} more", page.rest)
    lines += _quiet("## Decided, and waiting", [*page.accepted, *page.snoozed])
    lines += _quiet("## Fixed in the last seven days", page.fixed)
    lines += _over_time(page) + _coverage(page)
    return "\n".join(lines).rstrip() + "\n"


def leading(page: View) -> str:
    """The leading items alone, each in a few lines, for a message."""
    return "\n".join([_lead(page), "", *(line for item in page.leading for line in _short(item))])


def _lead(page: View) -> str:
    parts = [f"As of {page.generated_at:%-d %B %Y}: {page.total} open"]
    if page.waiting:
        parts.append(page.waiting)
    if page.fixed:
        parts.append(f"{len(page.fixed)} fixed in the last seven days")
    return ", ".join(parts) + "."


def _short(item: Item) -> list[str]:
    paths = ", ".join(dict.fromkeys(quote.evidence.path for quote in item.quotes))
    lines = [f"**{_safe(item.finding.title)}** ({_label(item)})", _safe(item.why[0][1])]
    if len(item.why) > 1:
        lines.append(f"To do: {_safe(item.why[-1][1])}")
    if paths:
        lines.append(f"In {_safe(paths)}")
    # Two blanks end a line; what is indented belongs to the item.
    return [f"{item.number}. " + "  \n    ".join(lines), ""]


def _label(item: Item) -> str:
    return f"{item.finding.severity.label}, {item.kind.lower()}, {item.sure.lower()}"


def _table(name: str, rows: Sequence[Row], page: View) -> list[str]:
    if not rows:
        return []
    levels = [level.label.capitalize() for level in page.severities]
    lines = [f"| {name} | {' | '.join(levels)} | All |", "|---|" + "--:|" * (len(levels) + 1)]
    for row in rows:
        named = f"[{_safe(row.name)}]({row.link})" if row.link else _safe(row.name)
        lines.append(f"| {named} | {' | '.join(map(str, row.counts))} | {row.total} |")
    return [*lines, ""]


def _cards(heading: str, items: Sequence[Item]) -> list[str]:
    lines = [line for item in items for line in _card(item)]
    return [heading, "", *lines] if lines else []


def _card(item: Item) -> list[str]:
    finding = item.finding
    age = f", {item.age}" if item.age else ""
    lines = [f"### {item.number}. {_safe(finding.title)} ({_label(item)}{age})", ""]
    lines += [_safe(item.why[0][1]), ""]
    for quote in item.quotes:
        lines += [f"- **{_place(quote)}** ({_source(quote)})", f"  > {_marked(quote.pieces)}"]
    lines += [""] if item.quotes else []
    lines += [f"**{label}:** {_safe(text)}  " for label, text in item.why[1:]]
    if item.after:
        lines += [f"**Now:** {_marked(item.before)}  ", f"**Then:** {_marked(item.after)}  "]
    return [*lines, f"`{finding.id}`, owner {_safe(finding.owner) or 'nobody'}", ""]


def _place(quote: Quote) -> str:
    heading = f" > {quote.evidence.heading}" if quote.evidence.heading else ""
    return _safe(quote.evidence.title + heading)


def _source(quote: Quote) -> str:
    path = f"{_safe(quote.evidence.path)}, line {quote.evidence.line}"
    # An address with brackets or blanks would end the link.
    link = re.sub(r"[()\s<>]", lambda match: f"%{ord(match[0]):02X}", quote.link)
    return f"[{path}]({link})" if link else path


def _marked(pieces: Sequence[Piece]) -> str:
    """Bold where words are marked; blanks stay outside of the stars."""
    text = []
    for piece in pieces:
        core = piece.text.strip()
        if not piece.differs or not core:
            text.append(SPECIAL.sub(r"\\\1", piece.text))
            continue
        before, _, after = piece.text.partition(core)
        text.append(f"{before}**{_safe(core)}**{after}")
    return "".join(text)


def _quiet(heading: str, items: Sequence[Item]) -> list[str]:
    if not items:
        return []
    lines = [
        f"- {_safe(i.finding.title)}: {i.kind.lower()}, {_safe(i.settled)}, `{i.finding.id}`"
        for i in items
    ]
    return [heading, "", *lines, ""]


def _over_time(page: View) -> list[str]:
    if page.chart is None:
        return []
    rows = [f"| {p.label} | {p.new} | {p.fixed} | {p.open} |" for p in page.chart.periods]
    head = ["| From | New | Fixed | Open at the end |", "|---|--:|--:|--:|"]
    return ["## Findings over time", "", *head, *rows, ""]


def _coverage(page: View) -> list[str]:
    if not page.coverage:
        return []
    rows = [
        f"| {_safe(c.owner) or 'Nobody'} | {c.reviewed} | {c.articles} | {c.share:.0%} |"
        for c in page.coverage
    ]
    head = ["| Owner | Reviewed | Articles | Share |", "|---|--:|--:|--:|"]
    return ["## Articles within their review cycle", "", *head, *rows, ""]


def _safe(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
