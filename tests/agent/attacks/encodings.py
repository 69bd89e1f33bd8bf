"""Ways of writing one sentence so that a filter does not see it."""

import base64
import codecs
from collections.abc import Callable
from urllib.parse import quote

_LEET = str.maketrans("aeiostAEIOST", "431057431057")
# Cyrillic and Greek letters that look Latin.
_LOOKALIKES = str.maketrans("aceiopxyABEHKMOPT", "асеіорхуАВЕНКМОРТ")
_DOTS = """.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..-
...- .-- -..- -.-- --.. /"""
_MORSE = dict(zip("abcdefghijklmnopqrstuvwxyz ", _DOTS.split(), strict=True))


def _tagged(text: str) -> str:
    """Behind a plain word, in letters of the tag block, which no screen shows."""
    return "hello" + "".join(chr(0xE0000 + ord(char)) for char in text if ord(char) < 128)


ENCODINGS: dict[str, Callable[[str], str]] = {
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "hex": lambda text: text.encode().hex(" "),
    "percent": lambda text: quote(text, safe=""),
    "leet": lambda text: text.translate(_LEET),
    "zero-width": "\u200b".join,
    "homoglyphs": lambda text: text.translate(_LOOKALIKES),
    "reversed": lambda text: text[::-1],
    "spaced": " ".join,
    "full-width": lambda text: "".join(
        chr(ord(char) + 0xFEE0) if 33 <= ord(char) <= 126 else char for char in text
    ),
    "lines": lambda text: "\n".join(text.split()),
    "combining": lambda text: "".join(f"{char}\u0301" for char in text),
    "tags": _tagged,
    "bidi": lambda text: f"\u202e{text[::-1]}\u202c",
    "morse": lambda text: " ".join(_MORSE.get(char, "") for char in text.lower()),
}
