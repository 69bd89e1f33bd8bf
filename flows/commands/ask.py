"""`wellkept ask`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.lines import read_lines
from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, print_jsonl, results
from kb.errors import ConfigError

if TYPE_CHECKING:
    from agent.types import Turn


def ask(
    question: Annotated[
        str | None, typer.Argument(help="What a customer would ask.", show_default=False)
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="JSONL of {id, question}.", show_default=False)
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Ask the agent on the live release; nothing is recorded."""
    if (question is None) == (questions is None):
        raise ConfigError("give either a QUESTION or --questions FILE")
    rows = read_lines(questions, "question") if questions else []
    from agent.build import build_agent

    agent = build_agent(settings_of(home, config))
    if question is None:
        print_jsonl({"id": row["id"], **_to_json(agent.answer(row["question"]))} for row in rows)
    elif as_json:
        print_json(_to_json(agent.answer(question)))
    else:
        _print(agent.answer(question))


def _to_json(turn: "Turn") -> dict[str, Any]:
    return {
        "decision": turn.decision.value,
        "text": turn.text,
        "citations": [
            {"article": item.path, "quote": item.quote, "start": item.start, "end": item.end}
            for item in turn.citations
        ],
        "confidence": round(turn.confidence, 4),
        "reason": turn.reason,
        "timings_ms": {name: round(value, 2) for name, value in turn.timings_ms.items()},
    }


def _print(turn: "Turn") -> None:
    results.print(turn.text, markup=False)
    results.print(
        f"\n{turn.decision.value}, confidence {turn.confidence:.2f}: {turn.reason}",
        style="dim",
        markup=False,
    )
    for place in dict.fromkeys((item.title, item.path, item.heading) for item in turn.citations):
        results.print(f"  {' · '.join(part for part in place if part)}", style="dim", markup=False)
