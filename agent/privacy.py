"""Personal data stays out of logs."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SECRET = re.compile(
    r"(?i)\b(password|passcode|pin|cvv|cvc|token|api[ _-]?key|secret)(\s*(?:is|:|=)\s*)(\S+)"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_DIGITS = re.compile(r"(?<![\w.])\+?\d(?:[ ().-]{0,2}\d){6,18}(?![\w.]*\d)")


def redact(text: str) -> str:
    """The text with e-mail addresses, card, account and phone numbers and passwords replaced by
    what they are, in brackets."""
    text = _SECRET.sub(r"\1\2[secret]", text)
    text = _EMAIL.sub("[email]", text)
    text = _IBAN.sub("[account number]", text)
    return _DIGITS.sub(_name, text)


def mask(text: str) -> str:
    """The text with passwords and codes gone and of card and account numbers the last four digits
    left: what a person may need, such as order and phone numbers, stays."""
    text = _SECRET.sub(r"\1\2[secret]", text)
    text = _IBAN.sub(lambda match: f"[account number …{match[0][-4:].strip()}]", text)
    return _DIGITS.sub(_last_four, text)


def _last_four(match: re.Match[str]) -> str:
    digits = [int(char) for char in match[0] if char.isdigit()]
    if 13 <= len(digits) <= 19 and _luhn(digits):
        return f"[card number …{''.join(map(str, digits[-4:]))}]"
    return match[0]


def _name(match: re.Match[str]) -> str:
    digits = [int(char) for char in match[0] if char.isdigit()]
    if 13 <= len(digits) <= 19 and _luhn(digits):
        return "[card number]"
    return "[number]"


def _luhn(digits: list[int]) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1, annex B)."""
    doubled = [d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0
