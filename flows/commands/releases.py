"""`wellkept releases`: which there are, and what changed between two of them."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import deliver, print_json, results, say

if TYPE_CHECKING:
    from kb.types import Release

app = typer.Typer(
    invoke_without_command=True,
    help="List the releases, newest first, or tell what changed between two.",
)


class Format(StrEnum):
    """How a difference is shown."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


@app.callback()
def releases(
    context: typer.Context, home: Home = None, config: Config = None, as_json: Json = False
) -> None:
    """List the releases, newest first; `diff` tells what changed between two."""
    if context.invoked_subcommand:
        return
    from kb.build import Workspace

    found = Workspace(settings_of(home, config)).releases.all()
    if as_json:
        print_json([_to_json(item) for item in found])
        return
    for item in found:
        results.print(
            f"{item.id}  {item.status.value:<9}  {item.created_at:%Y-%m-%d %H:%M}  "
            f"{item.article_count} articles, {item.passage_count} passages",
            markup=False,
        )
    if not found:
        results.print("No release yet; `wellkept release PATH` makes one.")


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A release, or `live`.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The same; what A became.")],
    form: Annotated[
        Format, typer.Option("--format", help="text, markdown, html (writes the page) or json.")
    ] = Format.TEXT,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Tell what changed between two releases: articles, procedures, actions, prompts, settings,
    and with their evaluations answers and scores. The page is written with every format."""
    from eval.diff.markdown import release_markdown
    from eval.diff.release_lines import release_lines
    from eval.diff.wire import release_to_json
    from eval.formats.plain import plain
    from flows.runs import compare_releases, write_release_diff
    from kb.build import Workspace

    work = Workspace(settings_of(home, config))
    found = compare_releases(work, before, after)
    page = write_release_diff(work, found)
    if as_json or form is Format.JSON:
        print_json({**release_to_json(found), "page": str(page)})
    elif form is Format.HTML:
        results.print(str(page), markup=False)
    elif form is Format.MARKDOWN:
        deliver(release_markdown(found).rstrip("\n"))
    else:
        results.print(plain("\n".join(release_lines(found))), markup=False)
        say(f"Side by side: {page}")


def _to_json(item: "Release") -> dict[str, Any]:
    return {
        "id": item.id,
        "status": item.status.value,
        "fingerprint": item.fingerprint,
        "created_at": item.created_at.isoformat(),
        "promoted_at": item.promoted_at.isoformat() if item.promoted_at else None,
        "articles": item.article_count,
        "passages": item.passage_count,
        "verdict": item.verdict,
    }
