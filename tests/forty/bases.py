"""The worlds in which changes begin: the sample released, by itself and with models around it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.eval import judge_script
from tests.forty.bringing import Brought, bring
from tests.forty.change import Row
from tests.forty.voices import Script
from tests.forty.world import World, sample
from tests.forty.writer import ScriptedWriter
from tests.openai_server import OpenAIServer, Reply, Request

# How many cases there are where every one is waited for, and where a model writes.
_FEW, _SOME = 12, 50


class _Voice:
    """The script of a server, that can be another one for a while."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def __call__(self, request: Request) -> Reply:
        return self._script(request)

    @contextmanager
    def other(self, script: Script) -> Iterator[None]:
        own, self._script = self._script, script
        try:
            yield
        finally:
            self._script = own


class Bases:
    """Each is made when it is first asked for. Close the stack to stop what serves them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._made: dict[str, tuple[World, Brought]] = {}
        self.judge: _Voice | None = None

    def put(self, name: str, world: World, brought: Brought) -> None:
        """Takes one that was made elsewhere."""
        self._made[name] = (world, brought)

    def get(self, name: str) -> tuple[World, Brought]:
        """A world with a live release, and how that was brought there. Raises `RuntimeError` when
        the gate refused it: nothing could be told from what comes after."""
        if name not in self._made:
            world = self._begin(name)
            brought = bring(world)
            if name == "model" and not brought.passed:
                world = self._begin(name, without=_wrong(brought))
                brought = bring(world)
            if not brought.passed:
                raise RuntimeError(f"the base '{name}' was refused: {_why(brought)}")
            self._made[name] = (world, brought)
        return self._made[name]

    def _begin(self, name: str, without: frozenset[str] = frozenset()) -> World:
        """`without` are cases that are left out."""
        folder = self._folder / f"base-{name}{'-less' if without else ''}"
        if name == "plain":
            return sample(folder)
        plain, brought = self.get("plain")
        world = plain.copy(folder)
        _keep_right(world, brought, _SOME if name == "model" else _FEW, without)
        if name == "model":
            bring(world)  # from now on the live release is judged by these cases
            world.set("llm", url=self._serve_writer(world), model="scripted")
            world.set("evaluation", judge_metrics=[])
        if name == "judge":
            world.set(
                "evaluation",
                judge_url=self._serve_judge(),
                judge_model="scripted",
                judge_metrics=["faithfulness"],
            )
        return world

    def _serve_writer(self, world: World) -> str:
        cases = [json.loads(line) for line in world.read("golden.jsonl").splitlines() if line]
        known = {it["question"]: it.get("reference") or "" for it in cases if it.get("question")}
        return self._stack.enter_context(OpenAIServer(ScriptedWriter(known))).url

    def _serve_judge(self) -> str:
        self.judge = _Voice(judge_script.fair)
        return self._stack.enter_context(OpenAIServer(self.judge)).url


def _wrong(brought: Brought) -> frozenset[str]:
    """The cases that a scripted model is not good enough for."""
    broken = {rule["metric"] for rule in brought.verdict["rules"] if not rule["passed"]}
    failing = brought.verdict["failing"]
    return frozenset(it["case_id"] for it in failing if it["metric"] in broken)


def _keep_right(world: World, brought: Brought, most: int, without: frozenset[str]) -> None:
    """Leaves cases that come out right, from all over the golden set."""
    right = {row["id"] for row in brought.rows if min(_scores(row), default=0.0) >= 0.6}
    lines = [line for line in world.read("golden.jsonl").splitlines() if line.strip()]
    fine = [line for line in lines if json.loads(line)["id"] in right]
    chosen = fine[:: max(1, len(fine) // most)][:most]
    kept = [line for line in chosen if json.loads(line)["id"] not in without]
    world.write("golden.jsonl", "\n".join(kept) + "\n")


def _scores(row: Row) -> list[float]:
    return [
        score
        for name, score in row["scores"].items()
        if score is not None and "precision" not in name
    ]


def _why(brought: Brought) -> str:
    rules = brought.verdict.get("rules", [])
    return brought.error or "; ".join(
        f"{it['metric']}: {it['reason']}" for it in rules if not it["passed"]
    )
