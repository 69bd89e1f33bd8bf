"""Front matter and its like: what an article says about itself, made uniform."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import yaml
from dateutil import parser as dates

_FENCED = re.compile(r"\A(?:---|\+\+\+)[ \t]*\n(?:[\s\S]*?\n)?(?:---|\.\.\.|\+\+\+)[ \t]*(?:\n|\Z)")

_PAIR = re.compile(r"([A-Za-z_][\w -]*?)\s*:\s+(\S.*?)\s*$")

EVERYBODY = frozenset({"all", "everyone", "everybody", "anyone", "public"})
"""An audience that is no restriction."""

_TITLE = ("title", "name")
_OWNER = ("owner", "author", "maintainer")
_REVIEWED = ("reviewed", "last_reviewed", "reviewed_on", "review_date", "last_review")
_UPDATED = ("updated", "last_updated", "updated_at", "lastmod", "last_update", "modified", "date")
_CREATED = ("created", "created_at", "date_created", "published")
_AUDIENCE = ("audience", "audiences")
_PRODUCT = ("product", "products")
_LOCALE = ("locale", "language", "lang")
_TAGS = ("tags", "keywords")
_URL = ("url", "permalink", "canonical_url")
_DRAFT = ("draft",)
_NAMES = (_TITLE, _OWNER, _REVIEWED, _UPDATED, _CREATED, _AUDIENCE, _PRODUCT, _LOCALE, _TAGS, _URL)
_READ = frozenset({*_DRAFT, *(key for keys in _NAMES for key in keys)})


@dataclass(frozen=True, slots=True)
class Front:
    """What was said; empty or None where nothing was. `extra` holds all other keys as text."""

    title: str = ""
    owner: str = ""
    audience: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    locale: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    draft: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None
    reviewed_on: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


def split(text: str) -> tuple[Front, int]:
    """What the front matter of `text` says, and the offset at which the body begins.

    Front matter that is no valid YAML is read line by line; when that fails too, it says nothing
    and is left in the body, so that no word is lost.
    """
    fenced = _FENCED.match(text)
    if fenced is None:
        return Front(), 0
    import frontmatter

    try:
        values = frontmatter.parse(text[: fenced.end()] + "\n")[0]
    except (yaml.YAMLError, ValueError, TypeError, AttributeError):
        values = _salvage(fenced.group())
    if not isinstance(values, dict) or (not values and fenced.group().strip("-+.\n \t")):
        return Front(), 0
    return read(values), fenced.end()


def _salvage(fenced: str) -> dict[str, str]:
    """Keys and values of front matter that is almost YAML, such as `title: Plans: which one`."""
    lines = [line for line in fenced.split("\n")[1:] if line.strip("-+. \t")]
    pairs = [_PAIR.match(line) for line in lines]
    if not all(pair or line[:1] in " \t#-" for pair, line in zip(pairs, lines, strict=True)):
        return {}
    return {pair[1]: pair[2].strip("\"'") for pair in pairs if pair}


def read(values: Mapping[str, object]) -> Front:
    """`values` by their usual names, in any case, with hyphens or underscores."""
    named = {_key(key): value for key, value in values.items() if value is not None}
    audience = _words(_first(named, _AUDIENCE))
    return Front(
        title=_text(_first(named, _TITLE)),
        owner=_text(_first(named, _OWNER)),
        audience=() if EVERYBODY.intersection(map(str.lower, audience)) else audience,
        product=_words(_first(named, _PRODUCT)),
        locale=_text(_first(named, _LOCALE)),
        tags=_words(_first(named, _TAGS)),
        url=_text(_first(named, _URL)),
        draft=_first(named, _DRAFT) is True or _text(_first(named, _DRAFT)).lower() == "true",
        created_at=_moment(_first(named, _CREATED)),
        updated_at=_moment(_first(named, _UPDATED)),
        reviewed_on=_day(_first(named, _REVIEWED)),
        extra={key: _text(value) for key, value in named.items() if key not in _READ},
    )


def _key(key: object) -> str:
    return re.sub(r"[\s-]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(key))).lower()


def _first(named: Mapping[str, object], keys: tuple[str, ...]) -> object:
    return next((named[key] for key in keys if key in named), None)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, Mapping):
        return _text(value.get("name") or value.get("title") or ", ".join(map(str, value)))
    return " ".join(str(value).split())


def _words(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list | tuple) else _text(value).split(",")
    return tuple(dict.fromkeys(text for item in items if (text := _text(item))))


def _moment(value: object) -> datetime | None:
    if isinstance(value, Mapping):
        value = value.get("date")
    if isinstance(value, str):
        value = _parse(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), UTC) if isinstance(value, date) else None


def _day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    moment = _moment(value)
    return moment.date() if moment else None


def _parse(value: str) -> datetime | None:
    """A written date; one that lacks its year, month or day is none."""
    try:
        first = dates.parse(value, default=datetime(2000, 1, 1))  # noqa: DTZ001 zone is set by the caller
        second = dates.parse(value, default=datetime(2001, 2, 2))  # noqa: DTZ001 zone is set by the caller
    except (ValueError, OverflowError):
        return None
    return first if first == second else None
