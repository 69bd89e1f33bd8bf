"""Backends of every adapter, and passages to put into them."""

import os
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

import numpy as np
from pydantic import SecretStr

from kb.index.edge import EdgeBackend
from kb.ports import IndexBackend, Matrix, Vector
from kb.settings import QdrantSettings, SearchSettings
from kb.types import Passage

DIMENSION = 16


def embedded(folder: Path, search: SearchSettings | None = None) -> IndexBackend:
    return EdgeBackend(folder, search)


def served(url: str, search: SearchSettings | None = None) -> IndexBackend:
    """On a server, under a prefix of its own; its key is the environment's."""
    from kb.index.server import ServerBackend

    key = os.environ.get("WELLKEPT_QDRANT_API_KEY")
    prefix = f"test-{uuid4().hex[:8]}"
    return ServerBackend(
        QdrantSettings(url=url, api_key=SecretStr(key) if key else None, prefix=prefix), search
    )


def passage(path: str, text: str, title: str = "", **fields: object) -> Passage:
    made = Passage(
        id=str(uuid5(NAMESPACE_URL, path + text)),
        article_id=f"help:{path}",
        path=path,
        title=title,
        heading_path=("Setup", "Details"),
        start=3,
        end=3 + len(text),
        text=text,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # names are a test's own


def direction(text: str) -> Vector:
    """A unit vector that depends on the text alone."""
    seed = int.from_bytes(sha256(text.encode()).digest()[:8])
    vector = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def directions(passages: Sequence[Passage]) -> Matrix:
    return np.stack([direction(item.text) for item in passages])


INVOICE = passage("billing/invoices.md", "Download an invoice as PDF from the billing page.")
REFUND = passage("billing/refunds.md", "Refunds reach your card within five days.")
TOKEN = passage("api/tokens.md", "Create a token, and keep the token secret.", url="https://x/y")
ALL = [INVOICE, REFUND, TOKEN]


def filled(backend: IndexBackend, passages: Sequence[Passage] = ALL, release: str = "r1") -> str:
    index = backend.create(release, DIMENSION)
    index.upsert(passages, directions(passages))
    index.flush()
    index.close()
    return release
