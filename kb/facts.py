"""What was read from one article, kept between runs.

What depends on one article alone is read once for each version of it: the second run over
thousands of articles reads those that changed.
"""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from kb.corpus import Corpus
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
    if corpus.cache is None:
        return {article.id: read(article) for article in corpus.articles}
    adapter = TypeAdapter(shape)
    keys = {article.id: key_of(article) for article in corpus.articles}
    packed = recalled_bytes(corpus, kind, keys, lambda article: adapter.dump_json(read(article)))
    found: dict[str, Fact] = {}
    for article in corpus.articles:
        try:
            found[article.id] = adapter.validate_json(packed[article.id])
        except ValidationError:
            found[article.id] = read(article)
    return found


def recalled_bytes(
    corpus: Corpus, kind: str, keys: Mapping[str, str], read: Callable[[Article], bytes]
) -> dict[str, bytes]:
    """The same for facts that pack themselves, by article id. `keys`, also by article id, name all
    that `read` depends on."""
    work = f"{kind} {code_version()}"
    known = corpus.cache.get(work, set(keys.values())) if corpus.cache else {}
    fresh: dict[str, bytes] = {}
    for article in corpus.articles:
        key = keys[article.id]
        if key not in known:
            known[key] = fresh[key] = read(article)
    if fresh and corpus.cache:
        corpus.cache.put(work, fresh)
    return {id_: known[key] for id_, key in keys.items()}


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
