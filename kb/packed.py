"""An article as bytes that are unpacked fast: its sections only when somebody looks at them."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, cast, overload

from pydantic import TypeAdapter, ValidationError

from kb.types import Article, Section

# Level 1 packs sections to a tenth as well as the higher ones, and far faster.
_LEVEL = 1
_HEAD_BYTES = 8


def pack(article: Article) -> bytes:
    """What `unpack` reads. Raises `ValueError` for text that UTF-8 can't hold."""
    head = _articles().dump_json(replace(article, sections=()))
    sections = zlib.compress(_sections().dump_json(tuple(article.sections)), _LEVEL)
    return len(head).to_bytes(_HEAD_BYTES, "big") + head + sections


def unpack(payload: bytes) -> Article | None:
    """The article that was packed, equal to it; None for bytes that hold none."""
    end = _HEAD_BYTES + int.from_bytes(payload[:_HEAD_BYTES], "big")
    try:
        article = _articles().validate_json(payload[_HEAD_BYTES:end])
    except ValidationError:
        return None
    sections = cast("tuple[Section, ...]", _Sections(payload[end:]))
    return replace(article, sections=sections)


class _Sections(Sequence[Section]):
    """Sections that are unpacked when they are first looked at; equal to a tuple of the same."""

    __slots__ = ("_found", "_payload")

    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._found: tuple[Section, ...] | None = None

    def _all(self) -> tuple[Section, ...]:
        if self._found is None:
            self._found = _sections().validate_json(zlib.decompress(self._payload))
            self._payload = b""
        return self._found

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Section]:
        return iter(self._all())

    @overload
    def __getitem__(self, place: int) -> Section: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Section, ...]: ...

    def __getitem__(self, place: int | slice) -> Section | tuple[Section, ...]:
        return self._all()[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Sections):
            return self._all() == other._all()
        return self._all() == other

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


@cache
def _articles() -> TypeAdapter[Article]:
    return TypeAdapter(Article)


@cache
def _sections() -> TypeAdapter[Any]:
    return TypeAdapter(tuple[Section, ...])
