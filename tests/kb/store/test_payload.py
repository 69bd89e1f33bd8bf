"""Articles outlive the version of Wellkept that stored them."""

import json
import zlib

import pytest

from kb.errors import Permanent
from kb.store.payload import pack, unpack
from kb.types import Article

ARTICLE = Article("h:a", "h", "a.md", "A", "text " * 500, (), "1", tags=("new",))


def test_a_payload_is_much_smaller_than_its_article() -> None:
    assert unpack(pack(ARTICLE)) == ARTICLE
    assert len(pack(ARTICLE)) < len(ARTICLE.text) / 5


def test_an_article_of_another_version_can_be_read() -> None:
    stored = json.loads(zlib.decompress(pack(ARTICLE)))
    del stored["tags"]
    stored["dropped_field"] = 1
    read = unpack(zlib.compress(json.dumps(stored).encode()))
    assert (read.id, read.text, read.tags) == (ARTICLE.id, ARTICLE.text, ())


@pytest.mark.parametrize("payload", [b"", b"no zlib", zlib.compress(b'{"id": 1}')])
def test_a_damaged_payload_says_what_to_do(payload: bytes) -> None:
    with pytest.raises(Permanent, match="release again"):
        unpack(payload)
