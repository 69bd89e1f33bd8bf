"""A passage as a point's payload, and back."""

from collections.abc import Mapping
from typing import Any

from kb.types import Passage

FILTERED = ("audience", "locale", "product")
"""The fields that searches filter by."""

PAYLOAD = (
    "article_id",
    "path",
    "title",
    "heading_path",
    "start",
    "end",
    "text",
    "audience",
    "product",
    "locale",
    "url",
)
"""Every field, in the order of `Passage`."""


def to_payload(passage: Passage) -> dict[str, Any]:
    return {
        "article_id": passage.article_id,
        "path": passage.path,
        "title": passage.title,
        "heading_path": list(passage.heading_path),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "audience": list(passage.audience),
        "product": list(passage.product),
        "locale": passage.locale,
        "url": passage.url,
    }


def to_passage(point_id: str, payload: Mapping[str, Any]) -> Passage:
    return Passage(
        id=point_id,
        article_id=payload["article_id"],
        path=payload["path"],
        title=payload["title"],
        heading_path=tuple(payload["heading_path"]),
        start=payload["start"],
        end=payload["end"],
        text=payload["text"],
        audience=tuple(payload["audience"]),
        product=tuple(payload["product"]),
        locale=payload["locale"],
        url=payload["url"],
    )
