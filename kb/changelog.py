"""Which articles are release notes: evidence of what changed, not claims to be checked."""

import re

from kb.types import Article

NAME = re.compile(
    r"\b(?:change[\s_-]?logs?|release[\s_-]?(?:notes?|history)|what['’]?s[\s_-]new"
    r"|version[\s_-]history|product[\s_-]updates)\b",
    re.IGNORECASE,
)
VERSION_HEADING = re.compile(r"^\s*(?:version|release|v)?\s*\d+(?:\.\d+)+", re.IGNORECASE)
DATE_HEADING = re.compile(
    r"^\W*(?:\d{4}-\d\d-\d\d|(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4})(?:\W.{0,80})?$",
    re.IGNORECASE,
)
LEAST_HEADINGS = 3


def is_changelog(article: Article) -> bool:
    """By title, path or tags, or because most headings are versions or dates. Those that a path
    pattern of the settings names are release notes beside these."""
    named = " ".join([article.title, re.sub(r"[/.]", " ", article.path), *article.tags])
    if NAME.search(named):
        return True
    headings = [section.path[-1] for section in article.sections if section.path]
    dated = sum(bool(VERSION_HEADING.match(h) or DATE_HEADING.match(h)) for h in headings)
    return dated >= LEAST_HEADINGS and dated * 2 > len(headings)
