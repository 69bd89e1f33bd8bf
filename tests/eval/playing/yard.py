"""A small help center whose agent paints fences, released in this process."""

from datetime import UTC, datetime
from pathlib import Path

from agent.assets import collect
from flows.ingestion import index_release, sync_sources
from kb.build import Workspace
from kb.releases import begin, finish
from kb.settings import Settings
from tests.flows.conftest import write
from tests.flows.runs import SmallWorkspace, silent

ACTIONS = """
[backend.yard]
url = "http://127.0.0.1:9"
private = true

[action.paint]
backend = "yard"
method = "POST"
path = "/paint"
description = "Paints the customer's fence."
effect = "change"
identity = "verified"
confirm = true
result = "fence"
inputs = { owner = { type = "text" }, colour = { type = "text" } }
outputs = { colour = { type = "text" } }
bind = { owner = "identity.customer_id" }
"""
PROCEDURE = """---
title: Paint a fence
examples: [Paint my fence, I want my fence painted, Please paint my fence]
who: verified
needs:
  colour: {ask: "Which colour?", choices: [red, blue, white]}
actions: [paint]
---
1. Ask for the colour.
2. Confirm with the customer: "I'll paint it {colour}. Shall I?"
   - If they say no, tell the customer "All right, nothing was painted." and stop.
3. Do `paint` with colour.
   - If it is refused, hand over because "the yard refused".
4. Tell the customer "Done: your fence is {fence.colour} now."
"""
ARTICLES = {
    "paint.md": "# Paint\n\nA coat of paint lasts ten years. Paint dries within 4 hours.\n",
    "staff.md": "---\ntitle: Discounts\naudience: staff\n---\nPainters may give a discount of 15 "
    "percent on a fence.\n",
}
SANDBOX = """
now: 2026-11-20T15:00:00Z
backends:
  yard: {start: [python, "%s", "{port}"]}
"""


def open_yard(folder: Path) -> tuple[Workspace, str]:
    """A workspace, and the release in it."""
    painter = Path(__file__).with_name("painter.py")
    write(
        folder,
        {
            **{f"docs/{name}": text for name, text in ARTICLES.items()},
            "actions.toml": ACTIONS,
            "procedures/paint.md": PROCEDURE,
            "scenarios/sandbox.yaml": SANDBOX % painter,
        },
    )
    settings = Settings.model_validate(
        {
            "home": folder / "home",
            # Vectors of words make nobody sure.
            "agent": {"answer_confidence": 0.05, "clarify_confidence": 0.01},
            "actions": {"path": folder / "actions.toml"},
            "procedures": {"path": folder / "procedures"},
            "simulation": {"path": folder / "scenarios"},
        }
    )
    work = SmallWorkspace(settings)
    sync_sources(work, [folder / "docs"], silent)
    articles, now = work.articles.head(), datetime.now(UTC)
    fingerprint = work.encoder.fingerprint
    begun = begin(
        work.releases, work.backend, articles, settings, fingerprint, now, collect(settings)
    )
    release = begun.release
    finish(work.releases, work.backend, release, index_release(work, release, silent))
    return work, release.id
