"""`wellkept releases`."""

from typing import TYPE_CHECKING, Any

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results

if TYPE_CHECKING:
    from kb.types import Release


def releases(home: Home = None, config: Config = None, as_json: Json = False) -> None:
    """List the releases, newest first."""
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
