"""A case as its page shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.diff.runs import ANSWER, DECISION, differences
from eval.diff.words import Words, compare_words
from eval.gate.comparison import Row
from eval.gate.rules.right import mistakes
from eval.golden.facts import told

WRONG, RIGHT = "wrong", "right"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a right turn says, or must not say; `said` tells whether it did."""

    text: str
    said: bool
    forbidden: bool = False

    @property
    def right(self) -> bool:
        return self.said != self.forbidden


@dataclass(frozen=True, slots=True)
class ScoreView:
    """`value` is None where it does not apply or could not be computed (`failed` tells why);
    `before` None where nothing is known."""

    metric: str
    value: float | None
    before: float | None
    why: str
    failed: str
    moved: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case, how it was before, and the broken rules that name it, each with its reason. `codes`
    are the filters that it fits, `words` the answer before and after where they differ."""

    row: Row
    before: Row | None
    failing: tuple[tuple[str, str], ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    codes: str = ""

    @property
    def mistakes(self) -> tuple[str, ...]:
        """What is wrong with its turn, as the gate sees it, a sentence each."""
        return tuple(mistakes(self.row))

    @property
    def right(self) -> bool:
        """Whether its turn has no mistake."""
        return not self.mistakes

    @property
    def decided(self) -> bool:
        """Whether it got the decision that it was due."""
        return bool(self.row["decision"] == self.row["expected"])

    @property
    def moved(self) -> str:
        """Worse, better, changed (another turn, the same scores), or nothing."""
        if self.worse:
            return "worse"
        return "better" if self.better else "changed" if self.differs else ""

    @property
    def differs(self) -> tuple[str, ...]:
        """What of the turn is other than before."""
        return differences(self.before, self.row) if self.before else ()

    @property
    def words(self) -> Words | None:
        """Both answers, where there are two and they or their decisions differ."""
        if self.before is None or not {DECISION, ANSWER} & set(self.differs):
            return None
        return compare_words(self.before["text"] or "", self.row["text"] or "")

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Required facts first; empty where the case asks for none."""
        return tuple(_facts(self.row))

    @property
    def conversation(self) -> Sequence[Sequence[str]]:
        """(who, text) of the whole conversation where there was more than one exchange."""
        said: Sequence[Sequence[str]] = self.row.get("conversation") or ()
        return said if len(said) > 2 else ()

    @property
    def asker(self) -> tuple[tuple[str, str], ...]:
        """What is known of who asks; empty for anybody."""
        return tuple(_asker(self.row.get("who") or {}))

    @property
    def scores(self) -> tuple[ScoreView, ...]:
        """Those that have a value, had one before, or could not be computed; the lowest first."""
        return tuple(sorted(_scores(self), key=lambda it: (it.value is not None, it.value or 0.0)))


def _facts(row: Row) -> Iterator[Fact]:
    text = row["text"] or ""
    for fact in row.get("says") or ():
        yield Fact(fact, told(fact, text))
    for fact in row.get("never_says") or ():
        yield Fact(fact, told(fact, text), forbidden=True)


def _asker(who: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in who.items():
        if isinstance(value, list | tuple):
            shown = ", ".join(map(str, value))
        elif isinstance(value, Mapping):
            shown = ", ".join(f"{key}: {item}" for key, item in value.items())
        else:
            shown = str(value or "")
        if shown and (name, shown) != ("identity", "anonymous"):
            yield name.replace("_id", "").replace("_", " "), shown


def _scores(case: CaseView) -> Iterator[ScoreView]:
    row, was = case.row, case.before["scores"] if case.before else {}
    reasons, failures = row.get("reasons") or {}, row.get("failures") or {}
    for metric, value in row["scores"].items():
        before = was.get(metric)
        if value is None and before is None and metric not in failures:
            continue
        moved = "worse" if metric in case.worse else "better" if metric in case.better else ""
        yield ScoreView(
            metric, value, before, reasons.get(metric, ""), failures.get(metric, ""), moved
        )
