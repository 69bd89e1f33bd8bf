"""What is read from one article alone, once for each version of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.changelog import is_changelog
from kb.staleness.dated import notice, of_a_day
from kb.staleness.discontinued import names_ended
from kb.staleness.newest import Named, named
from kb.staleness.old_interface import names_old_interface, newer_kinds
from kb.staleness.outdated import names_versions
from kb.staleness.pinned import Pin, pins
from kb.staleness.promised_dates import promised
from kb.staleness.removed import Gone, gone, names
from kb.staleness.screenshots import Image, images
from kb.staleness.signal import Statement, statements
from kb.staleness.wording import fading
from kb.types import Article


class Topic(StrEnum):
    """What a sentence may be stale by."""

    PROMISED_DATE = "promised_date"
    VERSION = "version"
    WORDING = "wording"
    OLD_INTERFACE = "old_interface"
    AS_OF = "as_of"
    NOTICE = "notice"
    DISCONTINUED = "discontinued"


LOOKED_FOR: Mapping[Topic, Callable[[Statement], bool]] = {
    Topic.PROMISED_DATE: lambda said: any(True for _ in promised(said)),
    Topic.VERSION: names_versions,
    Topic.WORDING: lambda said: fading(said) is not None,
    Topic.OLD_INTERFACE: lambda said: names_old_interface(said) is not None,
    Topic.AS_OF: lambda said: any(True for _ in of_a_day(said)),
    Topic.NOTICE: lambda said: notice(said) is not None,
    Topic.DISCONTINUED: lambda said: names_ended(said) is not None,
}


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that may be stale, by its span; what it says without markup."""

    topic: Topic
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What one article gives: sentences to be judged, and evidence for judging others'."""

    is_notes: bool
    opening: tuple[int, int]
    leads: tuple[Lead, ...]
    versions: tuple[Named, ...]
    gone: tuple[Gone, ...]
    newer: tuple[str, ...]
    names: tuple[str, ...]
    pins: tuple[Pin, ...]
    images: tuple[Image, ...]


def facts_of(article: Article) -> Facts:
    """Depends on the article alone."""
    said = list(statements(article))
    return Facts(
        is_notes=is_changelog(article),
        opening=_opening(article, said),
        leads=_leads([*said, *_captions(article)]),
        versions=named(said),
        gone=gone(said),
        newer=newer_kinds(said),
        names=names(said),
        pins=pins(article),
        images=images(article),
    )


def _captions(article: Article) -> list[Statement]:
    """What stands for images that cannot be seen: it may name the version that they show."""
    return [
        Statement(article, link.start, link.end, link.text)
        for link in article.links
        if link.image and link.text
    ]


def _leads(said: Sequence[Statement]) -> tuple[Lead, ...]:
    return tuple(
        Lead(topic, item.start, item.end, item.text)
        for item in said
        for topic, is_there in LOOKED_FOR.items()
        if is_there(item)
    )


def _opening(article: Article, said: Sequence[Statement]) -> tuple[int, int]:
    """The span of the first sentence, else of the first block."""
    if said:
        return said[0].start, said[0].end
    blocks = (block for section in article.sections for block in section.blocks)
    first = next(blocks, None)
    return (first.start, first.end) if first else (0, 0)
