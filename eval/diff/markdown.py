"""Two runs, or two releases, compared as Markdown for a comment or a wiki."""

import re
from collections.abc import Iterator, Sequence

from eval.diff.articles import ArticleChange
from eval.diff.lines import cautions, moved, summary, told, turned
from eval.diff.release import ReleaseDiff
from eval.diff.release_lines import (
    articles_told,
    settings_told,
    title_of,
    unevaluated,
    values_told,
)
from eval.diff.runs import RunDiff
from eval.diff.wording import level_of, standing
from eval.formats.plain import flat, plain
from eval.gate.comparison import Row

_SHOWN = 20
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@!])")


def runs_markdown(diff: RunDiff, level: int = 1) -> str:
    """Under headings from `level` on. What customers and articles say is escaped."""
    return "\n".join(_runs(diff, "#" * level)) + "\n"


def release_markdown(diff: ReleaseDiff) -> str:
    """The same of two releases: what they hold, then what it did to answers and scores."""
    return "\n".join(_release(diff)) + "\n"


def escaped(text: str) -> str:
    """One line in which nothing is markup, a mention or a cell's end."""
    return _SPECIAL.sub(r"\\\1", flat(text))


def _runs(diff: RunDiff, mark: str) -> Iterator[str]:
    yield f"{mark} Runs compared"
    yield ""
    yield f"- Before: {escaped(told(diff.before))}"
    yield f"- After: {escaped(told(diff.after))}"
    yield ""
    yield f"{summary(diff)}."
    for caution in cautions(diff):
        yield from ("", f"**Mind:** {escaped(caution)}")
    if diff.metrics:
        yield from ("", *_metrics(diff))
    if diff.changed:
        yield from ("", f"{mark}# Cases that changed", "", *_changed(diff))
    for title, rows in (("Only before", diff.only_before), ("Only after", diff.only_after)):
        if rows:
            yield from ("", f"{mark}# {title}", "", *_alone(rows))


def _metrics(diff: RunDiff) -> Iterator[str]:
    level = level_of(diff.metrics)
    yield (
        "| metric | before | after | difference (95 %) | bootstrap p | McNemar p "
        "| worse | better | |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|---|"
    for item in diff.metrics:
        yield (
            f"| {item.metric.replace('_', ' ')} | {item.before:.3f} | {item.after:.3f} "
            f"| {item.interval[0]:+.3f} to {item.interval[1]:+.3f} | {item.bootstrap_p:.4f} "
            f"| {item.mcnemar_p:.4f} | {len(item.worse)} | {len(item.better)} "
            f"| {standing(item, level).text} |"
        )
    yield ""
    yield f"p is one-sided, for worse; a metric is judged at {level:.4f}."


def _changed(diff: RunDiff) -> Iterator[str]:
    yield "| case | question | what | before | after |"
    yield "|---|---|---|---|---|"
    for item in diff.changed[:_SHOWN]:
        cells = (item.id, item.now["question"], moved(item), *turned(item))
        yield f"| {' | '.join(map(escaped, cells))} |"
    yield from _more(len(diff.changed))


def _alone(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows[:_SHOWN]:
        yield f"- {escaped(row['id'])}: {escaped(row['question'])}"
    yield from _more(len(rows))


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield from ("", f"and {count - _SHOWN} more")


def _release(diff: ReleaseDiff) -> Iterator[str]:
    yield f"# {escaped(diff.before.id)} → {escaped(diff.after.id)}"
    if diff.identical:
        yield from ("", "The same articles, procedures, prompts, models and settings.")
    yield from ("", f"## Articles: {articles_told(diff)}", "")
    for item in diff.articles:
        yield from _article(item)
    yield from ("", f"## Procedures, actions, prompts: {len(diff.assets) or 'none'} changed")
    for asset in diff.assets:
        yield from ("", f"{asset.kind} {asset.what} {escaped(asset.name)}")
        yield from ("", *(f"    {plain(line)}" for line in asset.lines))
    yield from ("", f"## Settings: {settings_told(diff)}", "")
    for setting in diff.settings or ():
        values = (setting.before or "not there", setting.after or "not there")
        yield f"- {escaped(setting.name)}: {' → '.join(map(escaped, values))}"
    yield ""
    if diff.runs:
        yield from _runs(diff.runs, "##")
    else:
        yield from ("## Answers and scores", "", unevaluated(diff))


def _article(item: ArticleChange) -> Iterator[str]:
    owner = f" ({escaped(item.owner)})" if item.owner else ""
    yield f"- {item.kind} {escaped(title_of(item))}{owner}"
    for name, was, now in item.fields:
        yield f"  - {name}: {escaped(was or 'none')} → {escaped(now or 'none')}"
    if item.values:
        yield f"  - values: {escaped(values_told(item))}"
    for edit in item.edits[:_SHOWN]:
        if edit.before:
            yield f"  - ~~{escaped(edit.before)}~~"
        if edit.after:
            yield f"  - **{escaped(edit.after)}**"
