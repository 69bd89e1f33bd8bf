"""Cases that need not be asked again: answered before an interruption, or of an earlier release
in which nothing that they depend on was different."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from eval.golden.case import Case
from eval.playing.player import Player
from eval.runs.ground import Subject, author_of, case_key
from eval.runs.trace import Ground
from eval.runs.tried import Tried, TriedCases
from eval.runs.watching import Watcher
from eval.scoring.evaluation import CaseResult

Prepare = Callable[[Sequence[str]], object]


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Known:
    """By case id, those that need not be asked, and what the reader of a verdict is told."""

    results: Mapping[str, CaseResult] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Kept(Protocol):
    """What was tried before, and what is tried now. Implementation: `Reuse`."""

    def known(self, cases: Sequence[Case]) -> Known: ...

    def play(self, player: Player, case: Case) -> CaseResult:
        """The case asked now, and kept."""
        ...


@dataclass(frozen=True)
class Reuse:
    """Keeps what is tried on one release. `ground` answers what the articles are asked, and
    `prepare` is told first which texts search will be asked; with `fresh` every case is asked."""

    store: TriedCases
    subject: Subject
    watcher: Watcher
    ground: Ground
    prepare: Prepare | None = None
    fresh: bool = False
    now: Callable[[], datetime] = _utc_now

    def known(self, cases: Sequence[Case]) -> Known:
        """What a case came to on the same ground is its turn here too, when the articles say to
        everything that was asked of them what they said then. One that acts is only known where
        nothing at all has changed."""
        if self.fresh:
            return Known()
        tried = self.store.on_ground(self.subject.ground, {case_key(case) for case in cases})
        if not tried:
            return Known()
        self._prepare(item for items in tried.values() for item in items)
        found: dict[str, Tried] = {}
        for case in cases:
            candidates = sorted(tried.get(case_key(case), []), key=self._is_foreign)
            item = next((item for item in candidates if self._holds(case, item)), None)
            if item:
                found[case.id] = item
        self.store.keep(self._own(item) for item in found.values() if self._is_foreign(item))
        results = {case.id: found[case.id].result(case) for case in cases if case.id in found}
        seen = sum(case_key(case) in tried for case in cases)
        return Known(results, (self._note(len(cases), seen, found),))

    def play(self, player: Player, case: Case) -> CaseResult:
        """What came of the case is kept before this returns. A crash is not, nor a turn in which a
        language model did not answer: another try may do better."""
        with self.watcher.watching(case) as trace:
            result = player.play(case)
        failed = any(turn.spent and turn.spent.failures for turn in result.turns)
        if result.turn is not None and not failed:
            item = Tried(
                release_id=self.subject.release_id,
                case_key=case_key(case),
                ground=self.subject.ground,
                subject=self.subject.whole,
                stage=self.subject.stage,
                settings=self.subject.settings,
                author=author_of(case),
                created_at=self.now(),
                turns=result.turns,
                answer_ms=result.answer_ms,
                trace=trace,
                end_state_differences=result.end_state_differences,
                changed=result.changed,
            )
            self.store.keep([item])
        return result

    def _holds(self, case: Case, item: Tried) -> bool:
        if case.acts and (item.subject, item.stage) != (self.subject.whole, self.subject.stage):
            return False
        return self._is_timely(item) and item.is_of(case) and self.ground.confirms(item.trace)

    def _is_timely(self, item: Tried) -> bool:
        """Procedures count days from today, and where people have hours it is another moment each
        time that one takes over."""
        if self.subject.hours and any(turn.handoff for turn in item.turns):
            return False
        dated = any(turn.procedure for turn in item.turns)
        return not dated or item.created_at.date() == self.now().date()

    def _is_foreign(self, item: Tried) -> bool:
        return item.release_id != self.subject.release_id

    def _own(self, item: Tried) -> Tried:
        """So that it is still there when the other release is gone. How old it is stays."""
        return replace(item, release_id=self.subject.release_id, subject=self.subject.whole)

    def _prepare(self, tried: Iterable[Tried]) -> None:
        texts = dict.fromkeys(it.text for item in tried for it in item.trace.searches.values())
        if self.prepare and texts:
            self.prepare(list(texts))

    def _note(self, cases: int, seen: int, found: Mapping[str, Tried]) -> str:
        """`seen` cases were asked before, on whatever articles."""
        reused = len(found)
        others = sorted({item.release_id for item in found.values() if self._is_foreign(item)})
        if reused and not others:
            return f"{reused} of {cases} cases were answered before, and were not asked again."
        new = (
            f", and {cases - seen} were not asked before as things are now" if cases > seen else ""
        )
        again = f"{seen - reused} of {cases} cases could have changed and were asked again{new}"
        if not reused:
            return f"{again}."
        plural = "s" if len(others) > 1 else ""
        return f"{again}; the other {reused} said the same in release{plural} {', '.join(others)}."
