"""Versions that articles name, and of which product."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.staleness.lifecycle import ALIASES, ENDS

NUMBER = r"\d{1,4}(?:\.\d{1,3}|\.x)*"
PRE = r"[\s.-]?(?:alpha|beta|rc|pre)[\s.-]?\d*"
VERSION = re.compile(
    rf"(?<![\w.,$€£/@:-])v?(?P<number>{NUMBER})(?P<pre>(?:{PRE})?)(?P<plus>\+?)"
    r"(?![\w@/%]|[.,:]\d|\s?(?:%|°|times\b|[kmgt]i?b\b|[kmg]hz\b|[kcm]m\b|inch|sec|min|hours?"
    r"|days?|weeks?|months?|years?|points?|stars?|or\s+\d))",
    re.IGNORECASE,
)
SYSTEMS = ("ios", "ipados", "android", "macos", "watchos")
PLATFORMS = sorted([*ENDS, *ALIASES, *SYSTEMS], key=len, reverse=True)
PLATFORM = re.compile(
    rf"(?<![\w-])({'|'.join(map(re.escape, PLATFORMS))})\s*(?:\(\s*)?(?:version\s+|v)?"
    r"(?:\d+(?:\.\d+)?\s*/\s*)?$",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?:^|[\s(*_`\"'“])(?P<name>[A-Z][\w+#]*(?:\.js)?|iOS|macOS)(?:['’]s)?[*_`]*\s+"
    r"(?:app\s+|client\s+|desktop\s+)?(?:version|release|versions|releases)?\s*$"
)
SPOKEN = re.compile(
    r"\b(?P<name>app|firmware|software|plugin|plug-in|extension|client|driver|sdk|desktop)\s+"
    r"(?:version|release)?\s*$",
    re.IGNORECASE,
)
LISTED = re.compile(r"\s*(?:to|and|or|,|/|–|-|through)\s*(?:v|version\s+)?", re.IGNORECASE)
UNMISTAKABLE = re.compile(r"v\d+(?:\.\d+)+\+?|\d+\.\d+\.\d+\+?", re.IGNORECASE)
URL = re.compile(r"https?://\S+")
BARE = re.compile(r"\b(?:version|release|versions)\s+(?:(?:number\s+)?is\s+)?$", re.IGNORECASE)
OF_PRODUCT = re.compile(
    r"^(?:[\w-]*\s+){0,2}(?:build|version|release)[\])]?(?:\([^)]*\))?\s+of\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w+#]*|app|firmware|plugin)\b"
)
# Standards and licences, of which every version stands beside the others, and words that only
# stand before a number.
NOT_PRODUCTS = frozenset(
    re.findall(
        r"\S+",
        "bluetooth http https tls ssl oauth usb wi-fi wifi ipv4 ipv6 html css wcag iso rfc saml api"
        " apis openapi pci gpl lgpl agpl apache mit bsd cc sa commons section step chapter table"
        " figure fig part page level phase tier plan version release versions releases in on from"
        " since the of for with to and or at by is are was requires require needs use if as until"
        " before after up about over under between january february march april may june july"
        " august september october november december jan feb mar apr jun jul aug sep sept oct nov"
        " dec spring summer autumn fall winter q1 q2 q3 q4 note example default",
    )
)


@dataclass(frozen=True, slots=True)
class Version:
    """A version in a text. `product` is lower case, empty where the text names none; `platform`
    says that it is a well-known platform or system, whose versions need no dot. `bound` is true
    for "2.1+"."""

    start: int
    end: int
    text: str
    product: str
    digits: str
    pre: str
    bound: bool
    platform: bool

    @property
    def number(self) -> tuple[int, ...]:
        """What versions are ordered by."""
        return numbers(self.digits)


def is_calendar(number: tuple[int, ...]) -> bool:
    """Whether a version reads as a year and month, as in 25.09."""
    return len(number) > 1 and 15 <= number[0] <= 45 and 1 <= number[1] <= 12


def numbers(digits: str) -> tuple[int, ...]:
    """The parts of a version, as numbers."""
    return tuple(int(part) for part in digits.split(".") if part.isdigit())


def versions(text: str) -> Iterator[Version]:
    """Every version in order. A number without a dot is one only after a platform's name."""
    last: Version | None = None
    for match in VERSION.finditer(URL.sub(_blank, text)):
        before, after = text[: match.start()], text[match.end() :]
        platform = PLATFORM.search(before)
        number = match["number"].casefold().removesuffix(".x")
        dotted = "." in match["number"]
        if not platform and not dotted:
            continue
        product = platform[1] if platform else _product(before, after)
        if product is None and last and LISTED.fullmatch(text[last.end : match.start()]):
            product = last.product
        if product is None and (match["pre"] or UNMISTAKABLE.fullmatch(match.group())):
            product = ""
        if product is None:
            continue
        last = Version(
            start=match.start(),
            end=match.end(),
            text=match.group().rstrip("+"),
            product=product.casefold(),
            digits=number,
            pre=match["pre"].strip(" .-").casefold(),
            bound=bool(match["plus"]),
            platform=bool(platform),
        )
        yield last


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _product(before: str, after: str) -> str | None:
    """The product's name, empty for "version 2.1" alone, None for a number that is no version."""
    trailing = OF_PRODUCT.match(after.lstrip(" ])*_`-"))
    if trailing:
        return trailing["name"]
    for pattern in (NAMED, SPOKEN):
        match = pattern.search(before)
        if match and match["name"].casefold() not in NOT_PRODUCTS:
            return match["name"]
    return "" if BARE.search(before) else None
