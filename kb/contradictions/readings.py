"""The claims of all articles: read once for each version of an article."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import accumulate

import numpy as np

from kb.claims.candidates import Packed, shifted
from kb.claims.claim import Claim
from kb.claims.extract import extract
from kb.claims.scope import Vocabulary, form
from kb.claims.sheets import Sheet, pack_claims, unpack_claims
from kb.claims.vocabulary import Mentions, gathered, mentions
from kb.claims.weights import Hashes, Weights
from kb.claims.words import TOKEN
from kb.corpus import Corpus
from kb.facts import code_version, key_of, recalled, recalled_bytes
from kb.patterns import matches
from kb.types import Article

_SHEETS, _CLAIMS = "sheets", "claims"


@dataclass(frozen=True)
class Readings:
    """Of every article that claims something: its key, which is another one whenever its claims
    may be, its sheet, and its claims when they are asked for. A claim is known by its position
    among all, article by article."""

    corpus: Corpus
    keys: Sequence[str]
    sheets: Sequence[Sheet]
    vocabulary: Vocabulary
    _known: dict[int, dict[int, Claim]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many claims there are."""
        return sum(sheet.size for sheet in self.sheets)

    def starts(self) -> list[int]:
        """The position of the first claim of each article."""
        return [0, *accumulate(sheet.size for sheet in self.sheets)][:-1]

    def versions(self) -> dict[str, str]:
        """The keys by article id."""
        return {
            article.id: key for article, key in zip(self.corpus.articles, self.keys, strict=True)
        }

    def entries(self) -> Packed:
        """Of all claims, for `Candidates`."""
        parts = [
            shifted(sheet.entries, start)
            for sheet, start in zip(self.sheets, self.starts(), strict=True)
        ]
        return np.concatenate([np.array([], np.uint64), *parts])

    def weights(self) -> Weights:
        """Of stems, by all articles."""
        none = np.array([], np.uint64)
        stems = np.concatenate([none, *(sheet.stems for sheet in self.sheets)])
        uses = np.concatenate([none, *(sheet.uses for sheet in self.sheets)])
        return Weights.tallied(stems, uses)

    def holding(self, stems: Iterable[int]) -> list[int]:
        """Articles, by their place, of which a claim has one of the stems with these hashes."""
        wanted: Hashes = np.array(sorted(stems), np.uint64)
        if not len(wanted):
            return []
        return [n for n, sheet in enumerate(self.sheets) if np.isin(wanted, sheet.stems).any()]

    def claims(self, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], Claim]:
        """Claims by article and number."""
        wanted: dict[int, set[int]] = defaultdict(set)
        for article, number in places:
            if number not in self._known.setdefault(article, {}):
                wanted[article].add(number)
        rows = self._rows(wanted)
        for article, numbers in wanted.items():
            try:
                found = unpack_claims(rows[self.keys[article]], numbers)
            except (KeyError, ValueError):
                found = dict(enumerate(extract(self.corpus.articles[article], self.vocabulary)))
            self._known[article].update(found)
        return {place: self._known[place[0]][place[1]] for place in places}

    def _rows(self, articles: Iterable[int]) -> dict[str, bytes]:
        keys = [self.keys[article] for article in articles]
        cache = self.corpus.cache
        return cache.get(f"{_CLAIMS} {code_version()}", keys) if cache and keys else {}


def readings(corpus: Corpus) -> Readings:
    """Of all articles but release notes, in order of their ids."""
    notes = corpus.settings.release_notes
    articles = sorted(
        (one for one in corpus.articles if not matches(one.path, notes)), key=lambda one: one.id
    )
    corpus = replace(corpus, articles=articles)
    names = gathered(recalled(corpus, "names", mentions, Mentions).values(), corpus.vocabulary)
    keys = _keys(corpus, names)
    known: dict[int, dict[int, Claim]] = {}
    packed: dict[str, bytes] = {}
    place = {article.id: n for n, article in enumerate(articles)}

    def read(article: Article) -> bytes:
        claims = extract(article, names)
        known[place[article.id]] = dict(enumerate(claims))
        if corpus.cache:
            packed[keys[article.id]] = pack_claims(claims)
        return Sheet.of(claims).pack()

    sheets = recalled_bytes(corpus, _SHEETS, keys, read)
    if packed and corpus.cache:
        corpus.cache.put(f"{_CLAIMS} {code_version()}", packed)
    return Readings(
        corpus,
        [keys[article.id] for article in articles],
        [Sheet.unpack(sheets[article.id]) for article in articles],
        names,
        known,
    )


def read_claims(corpus: Corpus) -> tuple[list[Claim], Weights]:
    """Every claim, article by article, and the weights by which they are compared."""
    read = readings(corpus)
    places = [(n, number) for n, sheet in enumerate(read.sheets) for number in range(sheet.size)]
    claims = read.claims(places)
    return [claims[place] for place in places], read.weights()


def _keys(corpus: Corpus, names: Vocabulary) -> Mapping[str, str]:
    """By article id: its version, and what of the vocabulary its words can meet."""
    versions = {article.id: key_of(article) for article in corpus.articles}
    words = recalled_bytes(corpus, "words", versions, _forms)
    entry = {first.encode(): repr(items).encode() for first, items in names.index.items()}
    return {
        id_: sha256(
            b"\x1f".join(
                [
                    versions[id_].encode(),
                    *map(entry.__getitem__, sorted(entry.keys() & forms.split(b"\n"))),
                ]
            )
        ).hexdigest()[:32]
        for id_, forms in words.items()
    }


def _forms(article: Article) -> bytes:
    """Every word of an article as names are compared, a line each."""
    texts = [article.title]
    for section in article.sections:
        texts += section.path
        for block in section.blocks:
            texts.append(block.text)
            texts += [part for cell in block.cells for part in (cell.text, cell.column, cell.row)]
    forms = {form(match[0]) for text in texts for match in TOKEN.finditer(text)}
    return "\n".join(sorted(forms)).encode()
