"""Which judge it is: what another model, endpoint, prompt or temperature says is another's."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

# Where ragas keeps what its metrics ask a judge, and how the replies are to look.
_PROMPTS = ("metrics/collections/*/util.py", "prompt/metrics/*.py")


@dataclass(frozen=True, slots=True)
class JudgePin:
    """A judge whose verdicts are the same judge's. `endpoint` is its address without secrets,
    `prompts` the digest of what metrics ask, ragas' version in it."""

    model: str
    endpoint: str
    prompts: str
    temperature: float

    @property
    def key(self) -> str:
        """Sixteen hex digits, others for every other pin."""
        return sha256(repr(sorted(self.to_json().items())).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "JudgePin":
        """Raises `ValueError` when the values are not a pin's."""
        return _ADAPTER.validate_python(dict(values))

    def differences(self, other: "JudgePin") -> str:
        """What is other, in words: `model small-1, not big-2`; empty for the same pin."""
        mine, theirs = self.to_json(), other.to_json()
        return "; ".join(
            f"{name} {mine[name]}, not {theirs[name]}"
            for name in mine
            if mine[name] != theirs[name]
        )


@lru_cache(maxsize=1)
def prompts_digest() -> str:
    """Twelve hex digits of ragas' version and of every file that words a prompt of its metrics."""
    digest = sha256(version("ragas").encode())
    for path in _files():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _files() -> Iterator[Path]:
    spec = find_spec("ragas")
    root = Path((spec.submodule_search_locations or [""])[0]) if spec else Path()
    for pattern in _PROMPTS:
        yield from sorted(root.glob(pattern))


_ADAPTER: TypeAdapter[JudgePin] = TypeAdapter(JudgePin)
