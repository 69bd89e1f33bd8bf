"""A local natural language inference model as a second judge."""

from collections.abc import Sequence
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

from kb.errors import ConfigError
from kb.findings import Finding, Opinion, Verdict
from kb.settings import JudgeSettings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_LABEL = "contradiction"
# Statements of one finding that are laid beside each other; more say nothing new.
_MOST = 4


class InferenceJudge:
    """Reads every statement as premise and every other as hypothesis; the surest pair counts."""

    def __init__(self, settings: JudgeSettings) -> None:
        """`settings` has a model."""
        self._settings = settings

    @property
    def name(self) -> str:
        return str(self._settings.model)

    def judge(self, findings: Sequence[Finding]) -> list[Opinion | None]:
        """One for each; None for a finding with one statement. Raises `ConfigError` for a model
        that has no label for contradiction, and what the model raises."""
        texts = [_statements(finding) for finding in findings]
        pairs = [pair for said in texts for pair in permutations(said, 2)]
        chances = iter(self._chances(pairs))
        return [
            self._opinion(max(next(chances) for _ in permutations(said, 2)))
            if len(said) > 1
            else None
            for said in texts
        ]

    def _opinion(self, chance: float) -> Opinion:
        verdict = Verdict.CONFIRMED if chance >= 0.5 else Verdict.LOWERED
        reason = f"The inference model gives a contradiction a chance of {chance:.0%}."
        return Opinion(verdict, round(chance, 3), reason, self.name)

    def _chances(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Of a contradiction, for each (premise, hypothesis)."""
        if not pairs:
            return []
        rows = self._model.predict(
            list(pairs),
            batch_size=self._settings.batch,
            apply_softmax=True,
            show_progress_bar=False,
        )
        return [float(row[self._place]) for row in rows]

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder

        model: CrossEncoder = CrossEncoder(self.name)
        return model

    @cached_property
    def _place(self) -> int:
        labels = getattr(self._model.config, "id2label", None) or {}
        for place, label in labels.items():
            if str(label).casefold() == _LABEL:
                return int(place)
        raise ConfigError(f"model {self.name} does not tell contradictions; it knows {labels}")


def _statements(finding: Finding) -> list[str]:
    return list(dict.fromkeys(" ".join(item.quote.split()) for item in finding.evidence))[:_MOST]
