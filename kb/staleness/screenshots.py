"""Images that are older than the text around them, by the dates in their names."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from kb.findings import Severity
from kb.staleness.age import Ages
from kb.staleness.signal import Signal, Statement
from kb.types import Article

NAMED = re.compile(
    r"(?<!\d)(?P<year>20[0-3]\d)(?P<sep>[-_. ]?)(?P<month>0[1-9]|1[0-2])(?P=sep)"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
MONTH = re.compile(r"(?<!\d)(?P<year>20[0-3]\d)[-_/](?P<month>0[1-9]|1[0-2])(?!\d)")
BEHIND_DAYS = 365
LONG_DAYS = 3 * 365


@dataclass(frozen=True, slots=True)
class Image:
    """An image by its span, and the day that its name or folder tells."""

    start: int
    end: int
    name: str
    day: date


def images(article: Article) -> tuple[Image, ...]:
    """Those whose name or folder tells a day or a month, in order."""
    found = []
    for link in article.links:
        day = _day(link.target) if link.image else None
        if day:
            name = link.target.rsplit("/", 1)[-1]
            found.append(Image(link.start, link.end, name, day))
    return tuple(found)


def old_screenshots(
    article: Article, dated: Sequence[Image], ages: Ages, today: date
) -> Iterator[Signal]:
    """One signal for an article, at its oldest image, when that was made a year or more before
    the text was last touched; where nobody knows when that was, three years before today."""
    touched = ages.vouched(article)
    limit = touched - timedelta(BEHIND_DAYS) if touched else today - timedelta(LONG_DAYS)
    old = [image for image in dated if image.day <= limit]
    if not old:
        return
    oldest = min(old, key=lambda image: (image.day, image.start))
    text = article.text[oldest.start : oldest.end]
    than = f"the text is of {touched.isoformat()}" if touched else f"today is {today.isoformat()}"
    others = f", and {len(old) - 1} more are old" if len(old) > 1 else ""
    yield Signal(
        name="old_screenshot",
        statement=Statement(article, oldest.start, oldest.end, text),
        said=oldest.name,
        title=f"The image '{oldest.name}' is older than the text",
        explanation=f"Its name says {oldest.day.isoformat()}{others}; {than}.",
        suggestion="Compare the images with the product of today.",
        proof=f"the image is of {oldest.day.isoformat()}, {than}",
        severity=Severity.LOW,
        confidence=0.65 if touched else 0.5,
    )


def _day(target: str) -> date | None:
    with suppress(ValueError):
        match = NAMED.search(target)
        if match:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        match = MONTH.search(target)
        if match:
            return date(int(match["year"]), int(match["month"]), 28)
    return None
