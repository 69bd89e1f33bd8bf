"""How fast passages are embedded and indexed, as a share of the bare model's rate."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from sentence_transformers import SentenceTransformer

from kb.build import Workspace
from kb.encoder import SentenceEncoder
from kb.indexing import build_index
from kb.types import Passage
from tests.bench.centers import Center, passages_of, workspace
from tests.bench.measure import show, timed

_PASSAGES = 128
_ROUNDS = 3


def measure(centers: Sequence[Center], home: Path) -> None:
    """Both on the same passages in turns, the best of three rounds each, since other work on the
    machine only ever slows one down. Ours includes writing to the index."""
    work = workspace(home)
    bare = _bare_model(work)
    show(
        "Embedding (passages a second; the bare model encodes with its defaults)",
        ("help center", "passages", "Wellkept", "bare model", "share"),
        (_row(work, bare, center, home) for center in centers),
    )


def _bare_model(work: Workspace) -> SentenceTransformer:
    """The model that the encoder loaded, asked without us."""
    encoder = work.encoder
    assert isinstance(encoder, SentenceEncoder)
    encoder.encode_query("warm")
    return encoder._loaded()


def _row(
    work: Workspace, bare: SentenceTransformer, center: Center, home: Path
) -> tuple[object, ...]:
    passages = passages_of(work, center, _PASSAGES)
    texts = [passage.embedded_text for passage in passages]
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        theirs.append(timed(lambda: bare.encode(texts, show_progress_bar=False))[0])
        ours.append(timed(lambda: _index(work, passages, home))[0])
    rates = len(texts) / min(ours), len(texts) / min(theirs)
    return (
        center.name,
        len(texts),
        f"{rates[0]:.1f}",
        f"{rates[1]:.1f}",
        f"{rates[0] / rates[1]:.0%}",
    )


_number = count()


def _index(work: Workspace, passages: Sequence[Passage], home: Path) -> None:
    backend = work.embedded(home / "embedding")
    target = backend.create(f"run-{next(_number)}", work.encoder.dimension)
    build_index(passages, work.encoder, target, [])
    target.close()
