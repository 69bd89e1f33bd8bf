"""Values read as what they mean: exact numbers and moments in time."""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from agent.action import Value

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")
_AROUND = re.compile(r"^(?:[A-Z]{3}|[$€£¥₹])\s*|\s*(?:[A-Z]{3}|[$€£¥₹%])$")


def number(value: Value) -> Decimal | None:
    """A number, or a text that is one, with or without a currency around it; else None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        found = Decimal(str(value))
    elif isinstance(value, str):
        try:
            found = Decimal(_AROUND.sub("", value.strip()).replace(",", ""))
        except InvalidOperation:
            return None
    else:
        return None
    return found if found.is_finite() else None


def moment(value: Value) -> datetime | None:
    """An ISO 8601 date (its beginning, in UTC) or date and time, aware; else None."""
    if not isinstance(value, str) or not _DATE.fullmatch(value.strip()):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def has_time(value: str) -> bool:
    """Whether a text that is a moment names a time of day beside the date."""
    return len(value.strip()) > len("2026-01-01")
