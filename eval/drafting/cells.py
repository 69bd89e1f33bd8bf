"""Labels of table cells, as customers would say them."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from dataclasses import dataclass

from agent.answers.words import terms
from eval.drafting.headings import uncapitalised
from kb.claims.lexicon import table

_CODE = re.compile(
    r"[<>{}=`|\\]|\w_\w|\w\(\)|^[/$@.-]|\w::\w|[a-z]\w*\.[a-z]\w*|^[\d\W]+$|^[A-Z\d]+_[A-Z\d_]+$"
)
_VAGUE = re.compile(
    r"(?:notes?|comments?|remarks?|descriptions?|details?|examples?|values?|types?|defaults?|options?|required|fields?|parameters?|names?|links?|see also|items?|actions?|behaviou?rs?|purpose|flags?|short|what|who|where|why|how|states?|status)",
    re.I,
)
_JOINED = re.compile(r"\s*(?:,|/|&|\band\b)\s*")
_THE = re.compile(r"(?:USA?|EU|UK|UAE|United|European|Netherlands|rest)\b", re.I)
_FAMILIES = ("platform", "role", "plan", "region")


@dataclass(frozen=True, slots=True)
class Label:
    """A cell with its headers; `family` is what the columns of its table name."""

    row: str
    column: str
    said: str
    family: str

    @property
    def who(self) -> str:
        """The column as somebody: "an admin", "other people"."""
        name = self.column[0].lower() + self.column[1:]
        if " " in name or name.endswith("s"):
            return name
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def family_of(column: str) -> str:
    """Which kind of name a header is, or several of one kind; empty for none that is known."""
    parts = [part for part in _JOINED.split(column.lower().strip()) if part]
    for family in _FAMILIES:
        known = set(table("families")[family])
        if parts and all(part in known or f"{part} {family}" in known for part in parts):
            return family
    return ""


def vague(column: str) -> bool:
    """Whether a header says nothing of what stands below it."""
    return bool(_VAGUE.fullmatch(column))


def code_like(text: str) -> bool:
    """Whether it is no name that a customer would say."""
    return bool(_CODE.search(text))


def lowered(label: str, text: str) -> str:
    """A label within a sentence: its first word small where the text writes it so, or where it
    is no name."""
    first, _, rest = label.partition(" ")
    if first[1:].islower() and re.search(rf"(?<!\w){re.escape(first.lower())}(?!\w)", text):
        return f"{first.lower()} {rest}".strip()
    return uncapitalised(label)


def in_region(column: str) -> str:
    """A region within a sentence: "in the EU"."""
    return f"in {'the ' if _THE.match(column) else ''}{column}"


def in_full(question: str, label: Label, title: str, least: int) -> str:
    """With the title before it where row and column have fewer terms than `least`, and none of
    the title's."""
    own, about = set(terms(f"{label.row} {label.column}")), set(terms(title))
    if len(own) >= least or own & about or not about:
        return question
    return f"{title}: {question}"
