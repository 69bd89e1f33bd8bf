"""What changed in the articles between two releases, as their readers see it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eval.diff.words import Words, compare_words
from kb.claims.reading import values
from kb.claims.values import Value
from kb.shingles import jaccard, shingles, words
from kb.types import Article

ADDED, REMOVED, CHANGED, RENAMED = "added", "removed", "changed", "renamed"
# An article that went and one that came are one that was renamed from this likeness on.
_RENAMED = 0.6
# Two sentences that stand in each other's place are one that was reworded from this likeness on.
_REWORDED = 0.5
_FIELDS = ("title", "owner", "audience", "product", "locale", "tags", "reviewed_on", "url")


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence that was reworded, added (`before` empty) or removed (`after` empty). `values`
    are those that it states otherwise: (before, after), empty where there is none."""

    heading: str
    before: str
    after: str
    words: Words
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """`kind` is added, removed, changed or renamed; `was` is the path before where it is another.
    `fields` are (name, before, after) of what is known of the article beside its text."""

    kind: str
    path: str
    title: str
    owner: str
    was: str = ""
    edits: tuple[Edit, ...] = ()
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Every value that is stated otherwise, in the order of the text."""
        return tuple(pair for edit in self.edits for pair in edit.values)

    @property
    def removed(self) -> int:
        """Words that went."""
        return sum(edit.words.removed for edit in self.edits)

    @property
    def added(self) -> int:
        """Words that came."""
        return sum(edit.words.added for edit in self.edits)


def diff_articles(before: Sequence[Article], after: Sequence[Article]) -> list[ArticleChange]:
    """Changed and renamed articles first, then added, then removed ones, each by path. An article
    of which only the place of the file or its bytes changed, and nothing that is read, is
    left out unless it was renamed."""
    was, now = ({item.id: item for item in side} for side in (before, after))
    gone = [item for name, item in was.items() if name not in now]
    come = [item for name, item in now.items() if name not in was]
    moved = _renamed(gone, come)
    pairs = [(was[name], item) for name, item in now.items() if name in was]
    found = [_change(old, new) for old, new in [*pairs, *moved]]
    kept = [item for item in found if item.edits or item.fields or item.kind == RENAMED]
    old_ids, new_ids = {old.id for old, _ in moved}, {new.id for _, new in moved}
    kept += [_whole(ADDED, item) for item in come if item.id not in new_ids]
    kept += [_whole(REMOVED, item) for item in gone if item.id not in old_ids]
    order = (CHANGED, RENAMED, ADDED, REMOVED)
    return sorted(kept, key=lambda item: (order.index(item.kind), item.path))


def _renamed(gone: Sequence[Article], come: Sequence[Article]) -> list[tuple[Article, Article]]:
    """Each article in at most one pair, the most alike first."""
    if not gone or not come:
        return []
    told = {item.id: shingles(words(item.text)) for item in (*gone, *come)}
    likeness = [
        (jaccard(told[old.id], told[new.id]), old.id, new.id) for old in gone for new in come
    ]
    olds, news = {item.id: item for item in gone}, {item.id: item for item in come}
    pairs = []
    for alike, old, new in sorted(likeness, key=lambda it: (-it[0], it[1], it[2])):
        same = olds.get(old) and news.get(new) and olds[old].text == news[new].text
        if (alike >= _RENAMED or same) and old in olds and new in news:
            pairs.append((olds.pop(old), news.pop(new)))
    return pairs


def _whole(kind: str, article: Article) -> ArticleChange:
    return ArticleChange(kind, article.path, article.title, article.owner)


def _change(old: Article, new: Article) -> ArticleChange:
    moved = old.path != new.path
    return ArticleChange(
        kind=RENAMED if moved else CHANGED,
        path=new.path,
        title=new.title,
        owner=new.owner,
        was=old.path if moved else "",
        edits=() if old.text == new.text else tuple(_edits(old, new)),
        fields=tuple(_fields(old, new)),
    )


def _fields(old: Article, new: Article) -> Iterator[tuple[str, str, str]]:
    for name in _FIELDS:
        was, now = _shown(getattr(old, name)), _shown(getattr(new, name))
        if was != now:
            yield name.replace("_", " "), was, now


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _edits(old: Article, new: Article) -> Iterator[Edit]:
    was, now = list(_sentences(old)), list(_sentences(new))
    matcher = SequenceMatcher(
        None, [text for _, text in was], [text for _, text in now], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield from _replaced(was[i1:i2], now[j1:j2])


def _sentences(article: Article) -> Iterator[tuple[str, str]]:
    """(heading path, text) of each sentence, or of each block that has none."""
    for section in article.sections:
        heading = " › ".join(section.path)
        for block in section.blocks:
            for text in [item.text for item in block.sentences] or [block.text]:
                if text.strip():
                    yield heading, " ".join(text.split())


def _replaced(was: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> Iterator[Edit]:
    """Sentences that stand where others stood, each beside the one that it rewords."""
    left = list(was)
    for heading, text in now:
        place = _most_like(text, [other for _, other in left])
        if place is None:
            yield _edit(heading, "", text)
            continue
        for skipped_heading, skipped in left[:place]:
            yield _edit(skipped_heading, skipped, "")
        yield _edit(heading, left[place][1], text)
        del left[: place + 1]
    for heading, text in left:
        yield _edit(heading, text, "")


def _most_like(text: str, others: Sequence[str]) -> int | None:
    likeness = [SequenceMatcher(None, text.split(), other.split()).ratio() for other in others]
    best = max(range(len(others)), key=lambda n: likeness[n], default=None)
    return best if best is not None and likeness[best] >= _REWORDED else None


def _edit(heading: str, before: str, after: str) -> Edit:
    changed = tuple(_values(before, after)) if before and after else ()
    return Edit(heading, before, after, compare_words(before, after), changed)


def _values(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Values of one kind in the order of the sentence, beside each other where they differ."""
    was, now = _by_kind(before), _by_kind(after)
    for kind in dict.fromkeys([*was, *now]):
        old, new = was.get(kind, []), now.get(kind, [])
        gone = [item for item in old if not any(_same(item, it) for it in new)]
        come = [item for item in new if not any(_same(item, it) for it in old)]
        for n in range(max(len(gone), len(come))):
            yield (
                gone[n].text if n < len(gone) else "",
                come[n].text if n < len(come) else "",
            )


def _by_kind(text: str) -> Mapping[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for value in values(text):
        found.setdefault(value.kind.value, []).append(value)
    return found


def _same(one: Value, other: Value) -> bool:
    return (one.unit, one.low, one.high, one.bound, one.symbols) == (
        other.unit,
        other.low,
        other.high,
        other.bound,
        other.symbols,
    )
