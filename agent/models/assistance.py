"""What one turn has of a language model."""

from dataclasses import dataclass

from agent.models.prompts import Prompts
from agent.ports import ChatModel


@dataclass(frozen=True, slots=True)
class Assistance:
    """A model that keeps this turn's account, and the prompts that the release holds."""

    model: ChatModel
    prompts: Prompts
