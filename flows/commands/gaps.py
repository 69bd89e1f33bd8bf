"""`wellkept gaps`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results

if TYPE_CHECKING:
    from kb.types import Cluster


def gaps(
    questions: Annotated[Path, typer.Option(help="JSONL of {id, text}, or a conversation export.")],
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Cluster what customers ask, and find what nothing in the live release answers."""
    from flows.hygiene import for_customers
    from kb.build import Workspace
    from kb.gaps import cluster
    from kb.questions import read_questions

    asked = read_questions(questions)
    work = Workspace(settings_of(home, config))
    search = for_customers(work, work.knowledge())
    clusters = cluster(asked, work.encoder, search, work.settings.hygiene)
    uncovered = [item for item in clusters if item.verdict]
    if as_json:
        print_json([_to_json(item) for item in uncovered])
        return
    for item in uncovered:
        results.print(
            f"{item.label} ({len(item.question_ids)} questions)", style="bold", markup=False
        )
        results.print(f"  {item.suggestion}", markup=False)
    results.print(f"{len(uncovered)} gaps in {len(clusters)} topics of {len(asked)} questions")


def _to_json(item: "Cluster") -> dict[str, Any]:
    row = asdict(item)
    return {
        "id": row["id"],
        "label": row["label"],
        "size": len(row["question_ids"]),
        "question_ids": row["question_ids"],
        "nearest_articles": row["nearest"],
        "verdict": item.verdict.value if item.verdict else None,
        "suggestion": row["suggestion"],
    }
