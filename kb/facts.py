"""What was read from one article, kept between runs.

What depends on one article alone is read once for each version of it: the second run over
thousands of articles reads those that changed.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from kb.corpus import Corpus
from kb.ports import Cache
from kb.types import Article

Fact = TypeVar("Fact")


def recalled(
    corpus: Corpus, kind: str, read: Callable[[Article], Fact], shape: type[Fact]
) -> dict[str, Fact]:
    """What `read` makes of each article, by article id, in the order of the articles.

    `read` may depend on nothing but its article and what `kind` names: settings or words of other
    articles that enter belong into it, as a fingerprint. `shape` is the type of a fact, of
    dataclasses and plain containers. With the corpus's cache only articles that are new to it,
    or all after a change of the code, are read.
    """
    articles = corpus.articles
    keys = [key_of(article) for article in articles] if corpus.cache else [""] * len(articles)
    found = remembered_as(corpus.cache, kind, keys, lambda place: read(articles[place]), shape)
    return {article.id: fact for article, fact in zip(articles, found, strict=True)}


def recalled_bytes(
    corpus: Corpus, kind: str, keys: Mapping[str, str], read: Callable[[Article], bytes]
) -> dict[str, bytes]:
    """The same for facts that pack themselves, by article id. `keys`, also by article id, name all
    that `read` depends on."""
    articles = corpus.articles
    named = [keys[article.id] for article in articles]
    found = remembered(corpus.cache, kind, named, lambda place: read(articles[place]))
    return {article.id: fact for article, fact in zip(articles, found, strict=True)}


def remembered_as(
    cache: Cache | None,
    kind: str,
    keys: Sequence[str],
    make: Callable[[int], Fact],
    shape: type[Fact],
) -> list[Fact]:
    """What `make` gives for the place of each key, in their order. `make` may depend on nothing
    but what its key and `kind` name, and is asked where the cache has nothing that fits."""
    if cache is None:
        return [make(place) for place in range(len(keys))]
    adapter = TypeAdapter(shape)
    packed = remembered(cache, kind, keys, lambda place: adapter.dump_json(make(place)))
    found: list[Fact] = []
    for place, payload in enumerate(packed):
        try:
            found.append(adapter.validate_json(payload))
        except ValidationError:
            found.append(make(place))
    return found


def remembered(
    cache: Cache | None, kind: str, keys: Sequence[str], make: Callable[[int], bytes]
) -> list[bytes]:
    """The same for what packs itself."""
    work = f"{kind} {code_version()}"
    known = cache.get(work, set(keys)) if cache else {}
    fresh: dict[str, bytes] = {}
    for place, key in enumerate(keys):
        if key not in known:
            known[key] = fresh[key] = make(place)
    if fresh and cache:
        cache.put(work, fresh)
    return [known[key] for key in keys]


def key_of(article: Article) -> str:
    """A version of an article: other bytes, dates, id, path or owner make another one."""
    parts = (article.id, article.path, article.content_hash, article.owner)
    return sha256("\x1f".join(parts).encode()).hexdigest()


@cache
def code_version() -> str:
    """Of all that reads and judges articles: another one when any line of this package is. What
    another version of the code made is made again."""
    folder = Path(__file__).parent
    digest = sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
