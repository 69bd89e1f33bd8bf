"""An article as bytes: compressed JSON, so that a version outlives changes of the code.

A field that a later version adds takes its default, one that it drops is ignored.
"""

import zlib
from functools import cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from kb.errors import Permanent
from kb.types import Article

# Level 1 packs a help center's articles to a tenth as well as the higher ones, and far faster.
_LEVEL = 1


def pack(article: Article) -> bytes:
    """Raises `Permanent` for text that UTF-8 can't hold."""
    try:
        return zlib.compress(_adapter().dump_json(article), _LEVEL)
    except PydanticSerializationError as error:
        raise Permanent(f"{article.path}: its text is not valid Unicode ({error})") from None


def unpack(payload: bytes) -> Article:
    """The article that was packed. Raises `Permanent` for bytes that hold none."""
    try:
        return _adapter().validate_json(zlib.decompress(payload))
    except (zlib.error, ValidationError):
        raise Permanent(
            "a stored article can't be read any more; remove the home folder and release again"
        ) from None


@cache
def _adapter() -> TypeAdapter[Article]:
    return TypeAdapter(Article)
