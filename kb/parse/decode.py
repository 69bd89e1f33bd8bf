"""Bytes to text: UTF-8, UTF-16 by its mark, else the western encoding of Windows."""

import codecs

from kb.errors import Permanent

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRINTABLE_SHARE = 0.9
"""Of the characters beyond ASCII in text that was read as cp1252: letters and punctuation."""


def decode(data: bytes) -> str:
    """The text, with `\\n` for every line end and without a byte order mark.

    Raises `Permanent` for what is empty, binary, or in no encoding that can be told.
    """
    if not data.strip():
        raise Permanent("the file is empty")
    text = _decode(data).removeprefix("\ufeff")
    if "\x00" in text:
        raise Permanent("not a text file: it holds binary data")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = error.start
    text = data.decode("cp1252", errors="replace")
    if "\x00" in text or _control_share(text) > 0.01 or not _reads_as_text(text):
        raise Permanent(f"not readable text: byte {where} is not valid UTF-8; save it as UTF-8")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Permanent(f"not valid {encoding} (byte {error.start}); save it as UTF-8") from None


def _control_share(text: str) -> float:
    return sum(ord(char) < 32 and char not in "\t\n\r\f" for char in text) / len(text)


def _reads_as_text(text: str) -> bool:
    """Western text holds few characters beyond ASCII, and those are letters and quotes."""
    beyond = [char for char in text if ord(char) > 127]
    good = sum(char.isalpha() or char in "‘’“”–—…•€£©®™°§«»·¿¡\xa0½¼¾±×" for char in beyond)
    return (
        "\ufffd" not in text
        and len(beyond) < len(text) / 3
        and good >= _PRINTABLE_SHARE * len(beyond)
    )
