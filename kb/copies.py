"""Which texts of a help center are copies of each other, compared once for each version of them."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.changelog import is_changelog
from kb.corpus import Corpus
from kb.facts import key_of, recalled_bytes, remembered
from kb.shingles import Sketch, jaccard, nominated, shingles, sketch, words
from kb.subject import different_subjects
from kb.types import Article, Block, BlockKind, Section

# Measured on real help centers: below these, pairs were templates or shared footers.
ARTICLE_WORDS, ARTICLE_LIKENESS = 60, 0.55
SECTION_WORDS, SECTION_LIKENESS = 80, 0.7
_ALIKE, _DIFFERENT = b"1", b"0"
_WHOLE = -1


@dataclass(frozen=True)
class Text:
    """An article, or one section of it by number, as what it says. `key` is another one when
    that may be."""

    article: Article
    key: str
    number: int | None = None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        every = self.article.sections
        return every if self.number is None else every[self.number : self.number + 1]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What is compared: neither listings nor headings."""
        skipped = (BlockKind.CODE, BlockKind.HEADING)
        return tuple(b for s in self.sections for b in s.blocks if b.kind not in skipped)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words(" ".join(block.text for block in self.blocks)))

    @cached_property
    def shingles(self) -> frozenset[int]:
        return shingles(self.words)

    @property
    def name(self) -> str:
        heading = self.sections[0].path
        return heading[-1] if heading else self.article.title


@dataclass(frozen=True, slots=True)
class Shape:
    """What is compared of one article: all of it, and its long sections by number; None where
    there is too little."""

    is_notes: bool
    whole: Sketch | None
    sections: tuple[tuple[int, Sketch], ...]

    def pack(self) -> bytes:
        """What `unpack` reads."""
        whole = [] if self.whole is None else [(_WHOLE, self.whole)]
        return bytes([self.is_notes]) + b"".join(
            struct.pack(
                f"<iII{len(known.smallest)}I", n, known.size, len(known.smallest), *known.smallest
            )
            for n, known in [*whole, *self.sections]
        )

    @classmethod
    def unpack(cls, payload: bytes) -> "Shape":
        """The shape that was packed."""
        sketches = dict(_unpacked(payload))
        return cls(bool(payload[0]), sketches.pop(_WHOLE, None), tuple(sketches.items()))


def _unpacked(payload: bytes) -> Iterator[tuple[int, Sketch]]:
    place = 1
    while place < len(payload):
        number, size, count = struct.unpack_from("<iII", payload, place)
        place += 12
        yield number, Sketch(size, struct.unpack_from(f"<{count}I", payload, place))
        place += 4 * count


def shape_of(article: Article) -> Shape:
    """Depends on the article alone."""
    whole = Text(article, "")
    parts = [(n, Text(article, "", n)) for n in range(len(article.sections))]
    return Shape(
        is_notes=is_changelog(article),
        whole=sketch(whole.shingles) if len(whole.words) >= ARTICLE_WORDS else None,
        sections=tuple(
            (n, sketch(part.shingles)) for n, part in parts if len(part.words) >= SECTION_WORDS
        ),
    )


def shapes_of(corpus: Corpus) -> dict[str, Shape]:
    """By article id."""
    keys = {article.id: key_of(article) for article in corpus.articles}
    packed = recalled_bytes(corpus, "shapes", keys, lambda article: shape_of(article).pack())
    return {id_: Shape.unpack(payload) for id_, payload in packed.items()}


def alike(
    corpus: Corpus, texts: Sequence[Text], sketches: Sequence[Sketch], least: float
) -> list[tuple[int, int]]:
    """Pairs of texts, by index (i < j) and in order, of different articles in one language, that
    say the same of the same: their Jaccard similarity is `least` or more."""

    def verdict(place: int) -> bytes:
        first, second = pairs[place]
        one, other = texts[first], texts[second]
        if jaccard(one.shingles, other.shingles) < least:
            return _DIFFERENT
        apart = different_subjects(one.article, other.article, one.blocks, other.blocks)
        return _DIFFERENT if apart else _ALIKE

    pairs = [
        (first, second)
        for first, second in nominated(sketches, least)
        if texts[first].article.id != texts[second].article.id
        and texts[first].article.locale == texts[second].article.locale
    ]
    keys = [f"{texts[first].key} {texts[second].key}" for first, second in pairs]
    verdicts = remembered(corpus.cache, f"alike {least:g}", keys, verdict)
    return [pair for pair, said in zip(pairs, verdicts, strict=True) if said == _ALIKE]
