"""Text of customers and articles, made harmless to whatever shows it."""

import unicodedata


def plain(text: str) -> str:
    """Without characters that terminals act on, that XML forbids or that turn the direction of
    writing: each becomes U+FFFD, those that have no width go. Line ends stay."""
    return "".join(char if char.isprintable() or char == "\n" else _other(char) for char in text)


def flat(text: str) -> str:
    """The same on one line."""
    return plain(" ".join(text.split()))


def _other(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in "\t\r":
        return " "
    return "" if category == "Cf" else "\ufffd"
