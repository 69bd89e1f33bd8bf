"""What articles tell that can be held against a case: sentences, with their values and names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from eval.golden.facts import verbatim
from kb.claims.reading import values
from kb.claims.values import TIMES, Value, ValueKind
from kb.claims.words import content, tokens
from kb.types import Article, Block, BlockKind

# A value of these is the same only in the same unit; of the rest the number alone tells.
_IN_UNITS = frozenset({ValueKind.MONEY, ValueKind.MEASURE, ValueKind.LENGTH, ValueKind.SIZE})
# "Two ways" counts what is told next; "2 devices" is a limit.
_COUNTED = frozenset({ValueKind.COUNT, ValueKind.NUMBER, ValueKind.MONEY})
_SPELT = frozenset({ValueKind.PLACE, ValueKind.CONTACT})
_READ = (
    frozenset({ValueKind.PERCENT, ValueKind.VERSION, ValueKind.DATE, ValueKind.TIME})
    | _IN_UNITS
    | _COUNTED
    | _SPELT
    | TIMES
)

_SAME = {
    ValueKind.FREQUENCY: ValueKind.DURATION,
    ValueKind.COUNT: ValueKind.NUMBER,
}

Key = tuple[str, str, object]


@dataclass(frozen=True)
class Saying:
    """A sentence, heading, cell, row or line of code; `labels` are a cell's headers."""

    text: str
    path: str = ""
    labels: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of what it is about, without numbers."""
        return content(f"{self.labels} {self.text}")

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The typed values that can be compared, in order."""
        return tuple(value for value in values(self.text) if _comparable(value))

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Of all its values."""
        return frozenset(key for value in self.values for key in keys(value))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of letters and digits that are no values, such as part numbers and error codes, in
        lower case."""
        taken = [(value.start, value.end) for value in values(self.text)]
        return frozenset(
            self.text[start:end].lower()
            for start, end in _joined(self.text)
            if _is_name(self.text[start:end])
            and not any(start < last and first < end for first, last in taken)
        )

    def tells(self, value: Value) -> bool:
        """Whether it has the value, in these or other words."""
        return keys(value) <= self.keys or _bare(value) <= self.keys

    def spells(self, value: Value) -> bool:
        """Whether it has the value's digits, and no value that could be read in its place: in a
        notation that is not known, such as "6.95 US dollars"."""
        numbers = [word for word in value.text.split() if any(map(str.isdigit, word))]
        spelt = all(verbatim(word.strip("$€£¥"), self.text) for word in numbers)
        return bool(numbers) and spelt and not rivals(value, self)

    def share(self, other: "Saying") -> float:
        """Of its words that stand in the other, in [0, 1]."""
        if not self.words:
            return float(self.text == other.text)
        return len(self.words & other.words) / len(self.words)


def keys(value: Value) -> frozenset[Key]:
    """By which a value is the same as another: both ends of it, as numbers of its kind and unit,
    or what it spells."""
    kind = _SAME.get(value.kind, value.kind)
    if kind in _SPELT:
        return frozenset({(kind, "", tuple(part.casefold() for part in value.symbols))})
    unit = value.unit if kind in _IN_UNITS else ""
    return frozenset({(kind, unit, value.low), (kind, unit, value.high)})


def rivals(value: Value, saying: Saying) -> list[Value]:
    """Other values of the same kind and unit: what may stand in its place."""
    sort = {key[:2] for key in keys(value)}
    alike = [it for it in saying.values if {key[:2] for key in keys(it)} == sort]
    return [it for it in alike if keys(it) != keys(value)]


def sayings(article: Article) -> Iterator[Saying]:
    """Everything that the article says, in order of its text."""
    yield Saying(article.title, article.path)
    for section in article.sections:
        for block in section.blocks:
            yield from _of_block(block, article.path)


def _of_block(block: Block, path: str) -> Iterator[Saying]:
    if block.kind is BlockKind.TABLE_ROW:
        for cell in block.cells:
            yield Saying(cell.text, path, f"{cell.row} {cell.column}")
        for row in block.sentences:
            yield Saying(row.text, path)
    elif block.kind is BlockKind.CODE or not block.sentences:
        for line in block.text.splitlines():
            yield Saying(line, path)
    else:
        for sentence in block.sentences:
            yield Saying(sentence.text, path)


def _comparable(value: Value) -> bool:
    has_digits = any(map(str.isdigit, value.text))
    return value.kind in _READ and (has_digits or value.kind not in _COUNTED)


def _bare(value: Value) -> frozenset[Key]:
    """The same without its unit: "$5" is told by "5 dollars of the US"."""
    return frozenset({(ValueKind.NUMBER, "", value.low), (ValueKind.NUMBER, "", value.high)})


def _joined(text: str) -> list[tuple[int, int]]:
    """Spans of words, those that a hyphen joins together."""
    spans: list[tuple[int, int]] = []
    for token in tokens(text):
        if spans and text[spans[-1][1] : token.start] == "-":
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
    return spans


def _is_name(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))
