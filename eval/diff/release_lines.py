"""Two releases compared, as lines of text."""

from collections.abc import Iterator

from eval.diff.articles import ArticleChange, Edit
from eval.diff.assets import AssetChange
from eval.diff.lines import run_lines, shortened
from eval.diff.release import ReleaseDiff

_SHOWN_EDITS = 5
_SHOWN_LINES = 40
NO_SETTINGS = "not known: one of the releases was built before settings were kept with it"


def release_lines(diff: ReleaseDiff) -> Iterator[str]:
    """Articles, then procedures and the like, settings, and what it did to answers and scores."""
    before, after = (f"{it.id} ({it.status.value})" for it in (diff.before, diff.after))
    yield f"{before} → {after}"
    if diff.identical:
        yield "The same articles, procedures, prompts, models and settings."
    yield from ("", f"Articles: {articles_told(diff)}")
    for item in diff.articles:
        yield from _article(item)
    yield from (
        "",
        f"Procedures, actions, prompts, calibration: {len(diff.assets) or 'none'} changed",
    )
    for asset in diff.assets:
        yield from _asset(asset)
    yield from ("", f"Settings: {settings_told(diff)}")
    for setting in diff.settings or ():
        yield f"  {setting.name}: {setting.before or 'not there'} → {setting.after or 'not there'}"
    yield from ("", "Answers and scores")
    if diff.runs:
        yield from (f"  {line}".rstrip() for line in run_lines(diff.runs))
    else:
        yield f"  {unevaluated(diff)}"


def articles_told(diff: ReleaseDiff) -> str:
    """Such as "2 changed, 1 added"; "none changed"."""
    kinds = [item.kind for item in diff.articles]
    return (
        ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)) or "none changed"
    )


def settings_told(diff: ReleaseDiff) -> str:
    """How many changed, as far as it is known."""
    if diff.settings is None:
        return NO_SETTINGS
    return f"{len(diff.settings) or 'none'} changed"


def unevaluated(diff: ReleaseDiff) -> str:
    """What is missing for a comparison, and how to get it."""
    return " ".join(
        f"{name} was not evaluated; run `wellkept eval --release {name}`."
        for name in diff.unevaluated
    )


def title_of(item: ArticleChange) -> str:
    """The path, with the one before where it moved."""
    return f"{item.was} → {item.path}" if item.was else item.path


def values_told(item: ArticleChange | Edit) -> str:
    """Such as "30 days → 14 days; added 5 GB"."""
    return "; ".join(
        f"{was} → {now}" if was and now else f"added {now}" if now else f"removed {was}"
        for was, now in item.values
    )


def _article(item: ArticleChange) -> Iterator[str]:
    owner = f" ({item.owner})" if item.owner else ""
    words = f", {item.added} words added, {item.removed} removed" if item.edits else ""
    yield f"  {item.kind:<8} {title_of(item)}{owner}{words}"
    for name, was, now in item.fields:
        yield f"      {name}: {was or 'none'} → {now or 'none'}"
    if item.values:
        yield f"      values: {values_told(item)}"
    for edit in item.edits[:_SHOWN_EDITS]:
        if edit.before:
            yield f"      - {shortened(edit.before)}"
        if edit.after:
            yield f"      + {shortened(edit.after)}"
    if len(item.edits) > _SHOWN_EDITS:
        yield f"      and {len(item.edits) - _SHOWN_EDITS} more sentences; --format html shows them"


def _asset(item: AssetChange) -> Iterator[str]:
    yield f"  {item.kind:<8} {item.what} {item.name}"
    if item.kind == "changed":
        yield from (f"      {line}" for line in item.lines[:_SHOWN_LINES])
        if len(item.lines) > _SHOWN_LINES:
            yield f"      and {len(item.lines) - _SHOWN_LINES} more lines; --format html shows them"
