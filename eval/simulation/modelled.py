"""A customer whom a language model plays."""

from collections.abc import Iterator
from typing import Protocol

from agent.types import Decision
from eval.simulation.customer import Heard, Move
from eval.simulation.scenario import Modelled, Scenario

_LEFT = "[DONE]"
_SYSTEM = """You play a customer who writes to the support chat of a company. Stay in the role.
Write only the customer's next message, one to three sentences, in their style.
Give a fact only when it is asked for or needed, and never one that is not listed: then say that
you don't know. When the goal is reached, was refused for good, or a person takes over, write
{left} and nothing else.

Who you are: {persona}
What you want: {goal}
What you know:
{facts}
Style: {style}"""


class Model(Protocol):
    """What plays. `agent.ports.ChatModel` is one."""

    def stream(self, system: str, user: str) -> Iterator[str]: ...


class ModelledCustomer:
    """Writes what the model makes of goal, facts and style. The model sees the conversation and
    nothing of the expectations."""

    def __init__(self, scenario: Scenario, modelled: Modelled, model: Model) -> None:
        facts = "\n".join(f"- {name}: {value}" for name, value in modelled.facts.items())
        self._system = _SYSTEM.format(
            left=_LEFT,
            persona=scenario.persona or "A customer.",
            goal=modelled.goal,
            facts=facts or "- nothing beside the goal",
            style=modelled.style,
        )
        self._model = model
        self._patience = modelled.patience
        self._transcript: list[str] = []

    def move(self, heard: Heard | None) -> Move:
        if heard is not None:
            self._transcript.append(f"Support: {heard.text}")
            if heard.decision in (Decision.HANDOFF, Decision.SILENT):
                return None
        said = sum(line.startswith("You: ") for line in self._transcript)
        if said >= self._patience:
            return None
        so_far = "\n".join(self._transcript) or "(nothing was said yet)"
        text = "".join(self._model.stream(self._system, f"{so_far}\n\nYour next message:")).strip()
        text = text.removeprefix("You:").strip()
        if not text or _LEFT in text:
            return None
        self._transcript.append(f"You: {text}")
        return text
