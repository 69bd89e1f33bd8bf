"""A judge that is asked once about the same words, in batches, within a budget."""

import json
import logging
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from kb.findings import Finding, Opinion
from kb.ports import Cache
from kb.settings import JudgeSettings

log = logging.getLogger(__name__)
_OPINION = TypeAdapter(Opinion)
# One failure may be a hiccup; after this many in a row the judge is out for the rest of the run.
_FAILURES = 2


class Bench(Protocol):
    """Judges a batch. `name` changes when its opinions would."""

    @property
    def name(self) -> str: ...

    def judge(self, findings: Sequence[Finding]) -> list[Opinion | None]:
        """One for each, in order; None where it could not tell. Raises what goes wrong."""
        ...


class Remembered:
    """A `SecondJudge` over a bench."""

    def __init__(self, bench: Bench, settings: JudgeSettings, cache: Cache | None) -> None:
        self._bench, self._settings, self._cache = bench, settings, cache

    @property
    def name(self) -> str:
        return self._bench.name

    def __call__(self, findings: Sequence[Finding]) -> list[Opinion | None]:
        """One for each finding, in order. What the same judge said of the same quotes is said
        again; the others are asked about from the first on, while the budget lasts."""
        keys = [_key(finding) for finding in findings]
        known = self._recalled(keys)
        new = {key: f for key, f in zip(keys, findings, strict=True) if key not in known}
        asked = dict(list(new.items())[: self._settings.budget])
        if len(asked) < len(new):
            left = len(new) - len(asked)
            log.warning("second judge: the budget is spent, %d contradictions not judged", left)
        fresh = self._asked(asked)
        self._keep(fresh)
        return [known.get(key) or fresh.get(key) for key in keys]

    def _asked(self, findings: dict[str, Finding]) -> dict[str, Opinion]:
        found: dict[str, Opinion] = {}
        failures = 0
        for batch in _batches(list(findings), self._settings.batch):
            try:
                said = self._bench.judge([findings[key] for key in batch])
                failures = 0
            # Whatever goes wrong in a model or on its way, the finding stays as the rules made it.
            except Exception as error:  # noqa: BLE001
                log.warning("second judge failed: %s: %s", type(error).__name__, error)
                failures += 1
                if failures == _FAILURES:
                    break
                continue
            found.update((key, one) for key, one in zip(batch, said, strict=True) if one)
        return found

    def _recalled(self, keys: Sequence[str]) -> dict[str, Opinion]:
        kept = self._cache.get(self._kind, keys) if self._cache else {}
        found: dict[str, Opinion] = {}
        for key, value in kept.items():
            try:
                found[key] = _OPINION.validate_json(value)
            except ValidationError:
                log.warning("second judge: a kept opinion can't be read and is asked for again")
        return found

    def _keep(self, fresh: dict[str, Opinion]) -> None:
        if self._cache and fresh:
            self._cache.put(
                self._kind, {key: _OPINION.dump_json(one) for key, one in fresh.items()}
            )

    @property
    def _kind(self) -> str:
        return f"opinion:{self.name}"


def _key(finding: Finding) -> str:
    """Of what the judge is shown."""
    shown = sorted([item.title, item.heading, item.quote] for item in finding.evidence)
    return sha256(json.dumps(shown).encode()).hexdigest()


def _batches(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
