"""Cases that a change of the articles made obsolete: what they want is told no more.

An author who changes "30 days" to "45 days" on purpose has cases to mend, and one who does so by
mistake has an article to mend. Both must hear of it; whoever only words the same otherwise, moves
it or formats it must not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agent.answers.ground import split_statements
from eval.golden.case import Case
from eval.golden.facts import told
from eval.golden.remark import Remark
from eval.golden.telling import Saying, keys, rivals, sayings
from kb.claims.values import Value
from kb.types import Article

OBSOLETE = "obsolete"
# A sentence that shares this of its words with another may be its new wording.
_REWORDED = 0.5
# One that shares this is the same sentence but for what was changed in it.
_EDITED = 0.7
_SHOWN_CHARS = 160


def obsolete(
    cases: Sequence[Case], articles: Sequence[Article], before: Sequence[Article]
) -> list[Remark]:
    """What the change from the articles `before` took away from under the cases, in their order:
    an article of theirs that is gone, a value or a name of their reference or facts that their
    articles told and tell no more, and a fact without any of which most words are gone."""
    was, now = Shelf(before), Shelf(articles)
    moved = {it.content_hash: it.path for it in articles if it.path not in was.articles}
    return [remark for case in cases for remark in _of_case(case, was, now, moved)]


class Shelf:
    """Articles by path, each read when it is first looked at."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = {article.path: article for article in articles}
        self._read: dict[str, tuple[Saying, ...]] = {}

    def sayings(self, paths: Iterable[str]) -> list[Saying]:
        """What these say together."""
        found: list[Saying] = []
        for path in paths:
            if path not in self._read:
                self._read[path] = tuple(sayings(self.articles[path]))
            found += self._read[path]
        return found


def wanted(case: Case) -> list[Saying]:
    """Each sentence of the reference, and each fact."""
    return [Saying(text) for text in (*split_statements(case.reference), *case.says)]


def _of_case(case: Case, was: Shelf, now: Shelf, moved: Mapping[str, str]) -> Iterator[Remark]:
    named = [path for path in case.articles if path in was.articles]
    for path in named:
        if path not in now.articles:
            new = moved.get(was.articles[path].content_hash)
            where = f"; {new} is the same" if new else ""
            yield Remark(
                case.id, OBSOLETE, f"its article {path} is gone{where}", error=True, path=path
            )
    kept = [path for path in named if path in now.articles]
    if all(was.articles[path].text == now.articles[path].text for path in kept):
        return
    change = _Change(was.sayings(kept), now.sayings(kept))
    lost = [found for said in wanted(case) for found in change.lost(said)]
    lost += [found for fact in case.says for found in change.untold(Saying(fact))]
    seen: dict[Saying, str] = {}
    for anchor, message in lost:
        seen.setdefault(anchor, message)
    for anchor, message in seen.items():
        yield Remark(case.id, OBSOLETE, message, error=True, path=anchor.path)


# The sentence that told something, and what to tell of it.
Lost = tuple[Saying, str]


class _Change:
    """What some articles said and say now."""

    def __init__(self, before: Sequence[Saying], after: Sequence[Saying]) -> None:
        self._before = before
        self._after = after
        self._texts = {saying.text for saying in before}

    def lost(self, said: Saying) -> Iterator[Lost]:
        """Values and names of a sentence that were told and are no more."""
        for value in said.values:
            held = [saying for saying in self._before if keys(value) <= saying.keys]
            anchor = self._nearest(said, held)
            if anchor and not self._tells(anchor, value):
                yield self._describe(value.text, anchor)
        for name in sorted(said.names):
            anchor = self._nearest(said, [it for it in self._before if name in it.names])
            if anchor and not any(name in saying.names for saying in self._after):
                yield self._describe(name, anchor)

    def untold(self, fact: Saying) -> Iterator[Lost]:
        """A fact in words that was told and of which most words are gone."""
        if fact.values or fact.names or not fact.words:
            return
        anchor = next((saying for saying in self._before if told(fact.text, saying.text)), None)
        if anchor and all(fact.share(saying) < _REWORDED for saying in self._after):
            yield self._describe(fact.text, anchor)

    def _nearest(self, said: Saying, held: Sequence[Saying]) -> Saying | None:
        return max(held, key=lambda saying: len(said.words & saying.words), default=None)

    def _tells(self, anchor: Saying, value: Value) -> bool:
        """Whether the value is still told where it was: in the same or a reworded sentence, or
        elsewhere while nothing has taken its place."""
        holders = [saying for saying in self._after if saying.tells(value)]
        if any(it.text == anchor.text or self._rewords(anchor, it) for it in holders):
            return True
        if any(self._rewords(anchor, it) and it.spells(value) for it in self._after):
            return True
        replaced = any(rivals(value, saying) for saying in self._edited(anchor))
        return bool(holders) and not replaced

    def _rewords(self, anchor: Saying, saying: Saying) -> bool:
        return saying.text not in self._texts and anchor.share(saying) >= _REWORDED

    def _edited(self, anchor: Saying) -> list[Saying]:
        """Sentences that are new and say nearly the same."""
        new = [saying for saying in self._after if saying.text not in self._texts]
        return [saying for saying in new if anchor.share(saying) >= _EDITED]

    def _describe(self, what: str, anchor: Saying) -> Lost:
        edited = self._edited(anchor)
        instead = f", and says “{_short(edited[0])}” now" if edited else ""
        return anchor, f"{anchor.path} told “{what}” in “{_short(anchor)}”{instead}"


def _short(saying: Saying) -> str:
    flat = " ".join(saying.text.split())
    return flat if len(flat) <= _SHOWN_CHARS else f"{flat[: _SHOWN_CHARS - 1]}…"
