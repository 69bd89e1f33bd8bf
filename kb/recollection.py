"""Documents to articles, without reading again what was read before."""

from collections.abc import Sequence
from hashlib import sha256

from kb.errors import Permanent
from kb.facts import code_version
from kb.packed import pack, unpack
from kb.ports import Cache, Parser
from kb.types import Article, Document, ReadError


def recall(
    documents: Sequence[Document], parse: Parser, cache: Cache | None
) -> list[Article | ReadError]:
    """The article of each document, or why it can't be read, in order. The same bytes with the
    same dates come out of the cache; what is read is put there."""
    if cache is None:
        return [_parsed(document, parse) for document in documents]
    kind = f"articles {parse.version} {code_version()}"
    keys = [_key(document) for document in documents]
    known = cache.get(kind, set(keys))
    fresh: dict[str, bytes] = {}
    found: list[Article | ReadError] = []
    for document, key in zip(documents, keys, strict=True):
        article: Article | ReadError | None = unpack(known[key]) if key in known else None
        if article is None:
            article = _parsed(document, parse)
            if isinstance(article, Article):
                fresh[key] = pack(article)
        found.append(article)
    if fresh:
        cache.put(kind, fresh)
    return found


def _parsed(document: Document, parse: Parser) -> Article | ReadError:
    try:
        return parse(document)
    except Permanent as error:
        return ReadError(document.path, str(error))


def _key(document: Document) -> str:
    outside = (
        document.id,
        document.source,
        document.path,
        document.media_type,
        document.url,
        str(document.created_at),
        str(document.updated_at),
    )
    return sha256(repr(outside).encode() + b"\0" + document.data).hexdigest()
