"""How fast the server starts and answers, over HTTP."""

import asyncio
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import httpx
import psutil  # type: ignore[import-untyped]  # it ships no types

from tests.bench.centers import Center, workspace
from tests.bench.measure import latencies_ms, p50_p95, show, wellkept
from tests.bench.releasing import home_of
from tests.bench.searching import questions

_QUESTIONS = 200
_AT_ONCE, _TURNS = 50, 4
_LONGEST_START_S = 120.0
_ADDRESS = re.compile(r"http://\S+?:\d+")


def measure(center: Center, work: Path) -> None:
    """On a released center: from the start of the process to the first answer, then answers one
    after the other, each to a question that was not asked before, then many conversations at
    once."""
    space = workspace(home_of(center, work))
    articles = space.articles.of_release(space.release().id)
    asked = questions(space, articles, _QUESTIONS)
    with _serving(center, work) as (process, url, started):
        with httpx.Client(base_url=url, timeout=60) as client:
            cold_s = _first_answer(client, started)
            times = latencies_ms(lambda text: _ask(client, text), asked)
        began = perf_counter()
        crowd = asyncio.run(_crowd(url, asked))
        crowd_s = perf_counter() - began
        memory_mb = psutil.Process(process.pid).memory_info().rss / 2**20
    show(
        f"Server on {center.name}",
        ("", "value"),
        [
            ("start to first answer, s", f"{cold_s:.1f}"),
            (f"answer p50 / p95 ms, {len(times)} questions", p50_p95(times)),
            (f"turn p50 / p95 ms, {_AT_ONCE} conversations at once", p50_p95(crowd)),
            ("of these, turns a second", f"{len(crowd) / crowd_s:.0f}"),
            ("resident memory, MB", f"{memory_mb:.0f}"),
        ],
    )


@contextmanager
def _serving(center: Center, work: Path) -> Iterator[tuple["subprocess.Popen[str]", str, float]]:
    home = home_of(center, work)
    started = perf_counter()
    process = subprocess.Popen(
        wellkept("serve", "--port", "0", "--home", str(home)),
        cwd=work / center.name,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process, _address(process), started
    finally:
        process.terminate()
        process.wait(timeout=30)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if found := _ADDRESS.search(line):
            return found[0]
    raise RuntimeError(f"the server did not start: {''.join(said)[-2000:]}")


def _first_answer(client: httpx.Client, started: float) -> float:
    while perf_counter() - started < _LONGEST_START_S:
        try:
            _ask(client, "How do I change my password?")
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return perf_counter() - started
    raise RuntimeError("the server gave no answer in time")


async def _crowd(url: str, asked: Sequence[str]) -> list[float]:
    """Milliseconds of each turn of many conversations held at once, each waiting for its answer
    before it goes on."""
    async with httpx.AsyncClient(base_url=url, timeout=120) as client:
        held = [_hold(client, asked[start::_AT_ONCE][:_TURNS]) for start in range(_AT_ONCE)]
        return [ms for times in await asyncio.gather(*held) for ms in times]


async def _hold(client: httpx.AsyncClient, asked: Sequence[str]) -> list[float]:
    conversation: dict[str, str] = {}
    times = []
    for text in asked:
        started = perf_counter()
        reply = await client.post("/v1/chat", json={"message": text} | conversation)
        times.append((perf_counter() - started) * 1000)
        turn = reply.raise_for_status().json()
        # One that was handed over would stay silent; the customer begins anew.
        over = turn["decision"] == "handoff"
        conversation = {} if over else {"conversation_id": turn["conversation_id"]}
    return times


def _ask(client: httpx.Client, text: str) -> None:
    client.post("/v1/chat", json={"message": text}).raise_for_status()
