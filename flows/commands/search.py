"""`wellkept search`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.lines import read_lines
from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, print_jsonl, results
from kb.errors import ConfigError

if TYPE_CHECKING:
    from kb.types import Hit


def search(
    query: Annotated[
        str | None, typer.Argument(help="What to look for.", show_default=False)
    ] = None,
    queries: Annotated[
        Path | None, typer.Option(help="JSONL of {id, query}.", show_default=False)
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="Hits a query.")] = 10,
    passages: Annotated[bool, typer.Option("--passages", help="Several hits an article.")] = False,
    audience: Annotated[
        list[str] | None, typer.Option(help="Whose articles, beside those for everybody.")
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Search the live release: hybrid of dense vectors and BM25."""
    if (query is None) == (queries is None):
        raise ConfigError("give either a QUERY or --queries FILE")
    from kb.build import Workspace
    from kb.types import Filters

    rows = read_lines(queries, "query") if queries else []
    settings = settings_of(home, config)
    knowledge = Workspace(settings).knowledge()
    filters = Filters(audience=tuple(audience or settings.agent.audience))

    def hits(text: str) -> list[dict[str, Any]]:
        found = knowledge.search(text, top, filters, per_article=not passages)
        return [_to_json(hit, rank) for rank, hit in enumerate(found, start=1)]

    if query is None:
        print_jsonl({"id": row["id"], "hits": hits(row["query"])} for row in rows)
    elif as_json:
        print_json({"query": query, "hits": hits(query)})
    else:
        _print(hits(query))


def _to_json(hit: "Hit", rank: int) -> dict[str, Any]:
    passage = hit.passage
    return {
        "article": passage.path,
        "title": passage.title,
        "heading": " > ".join(passage.heading_path),
        "passage": passage.text,
        "score": round(hit.score, 6),
        "rank": rank,
    }


def _print(hits: list[dict[str, Any]]) -> None:
    if not hits:
        results.print("Nothing found.")
    for hit in hits:
        heading = f" > {hit['heading']}" if hit["heading"] else ""
        results.print(f"{hit['rank']}. {hit['title']}{heading}", style="bold", markup=False)
        results.print(f"   {hit['article']}   score {hit['score']:.3f}", style="dim", markup=False)
        results.print(f"   {' '.join(hit['passage'].split())[:240]}", markup=False)
