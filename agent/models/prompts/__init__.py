"""The prompts: files beside this one, under version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.assets import PROMPT, prompts
from kb.types import Asset


@dataclass(frozen=True, slots=True)
class Prompts:
    """Texts by name. A prompt holds instructions alone; what customers wrote and what articles
    say goes beside it, as JSON."""

    texts: Mapping[str, str]

    @staticmethod
    def shipped() -> "Prompts":
        """Those that come with this version."""
        return Prompts({asset.name: asset.text for asset in prompts()})

    @staticmethod
    def pinned(held: Sequence[Asset]) -> "Prompts":
        """Those among what a release holds; one that it does not hold is the shipped one."""
        own = {asset.name: asset.text for asset in held if asset.kind == PROMPT}
        return Prompts({**Prompts.shipped().texts, **own})

    def text(self, name: str) -> str:
        return self.texts[name]
