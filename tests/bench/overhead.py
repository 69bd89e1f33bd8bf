"""What the agent adds to the time of a language model that is known to the millisecond."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from agent.agent import Agent
from agent.answers.sentences import Sentences
from agent.build import agent_on
from agent.types import Decision, Message
from eval.golden.file import read
from kb.build import Workspace
from kb.settings import LlmSettings
from tests.bench.centers import SAMPLE, Center, workspace
from tests.bench.measure import p50_p95, percentile, show
from tests.bench.releasing import home_of, release
from tests.openai_server import OpenAIServer, Request, Slowly

# The model: so long until its first word, then so long for each of the next.
FIRST_S, WORD_S = 0.4, 0.02
_SENTENCES = 4
_TURNS = 60


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one turn beside the model's own: its first word, its first whole sentence,
    and its last word, counted from when the request reached it."""

    first_ms: float
    total_ms: float
    word_ms: float
    sentence_ms: float
    whole_ms: float


class Scripted:
    """Quotes the first passage that it is shown, at its own speed."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, request: Request) -> Slowly:
        told = json.loads(request["messages"][1]["content"])
        lines = told["passages"][0]["text"].splitlines()[:_SENTENCES]
        self.words = [f"{word} " for line in lines for word in f"{line} [1]\n".split(" ")]
        return Slowly(self.words, FIRST_S, WORD_S, usage=(500, len(self.words)))

    def own(self) -> tuple[float, float, float]:
        """Seconds to the first word, to the first whole sentence, and to the last word."""
        cutter, at = Sentences(), len(self.words) - 1
        for place, word in enumerate(self.words):
            if list(cutter.feed(word)):
                at = place
                break
        return FIRST_S, FIRST_S + at * WORD_S, FIRST_S + (len(self.words) - 1) * WORD_S


def measure(work: Path) -> None:
    """On the sample help center, one turn after the other, each a conversation of its own."""
    center = Center("sample", SAMPLE)
    if not (home_of(center, work) / "wellkept.db").exists():
        release(center, work, open_gate=True)
    script = Scripted()
    logging.getLogger("wellkept").setLevel(logging.ERROR)
    with OpenAIServer(script) as server:
        agent = _agent(workspace(home_of(center, work)), server.url)
        timings = [found for text in _asked() if (found := _turn(agent, script, text))]
    _show(timings)


def _agent(space: Workspace, url: str) -> Agent:
    llm = LlmSettings(url=url, model="scripted")
    agent = agent_on(Workspace(space.settings.model_copy(update={"llm": llm})))
    agent.warm()
    return agent


def _asked() -> list[str]:
    golden = read(SAMPLE.parent / "golden.jsonl")
    return [case.question for case in golden if case.decision is Decision.ANSWER][:_TURNS]


def _turn(agent: Agent, script: Scripted, text: str) -> Timing | None:
    """None where the model was not asked, or another text took the place of what was said."""
    script.words = []
    first: list[float] = []
    began = perf_counter()
    turn = agent.respond(Message(text), lambda _: first.append(perf_counter() - began))
    total = perf_counter() - began
    if not script.words or not first or turn.decision is not Decision.ANSWER:
        return None
    return Timing(*(1000 * value for value in (first[0], total, *script.own())))


def _show(timings: Sequence[Timing]) -> None:
    first = [item.first_ms - item.sentence_ms for item in timings]
    total = [item.total_ms - item.whole_ms for item in timings]
    ratio = [item.total_ms / item.whole_ms for item in timings]
    early = [item.first_ms / item.sentence_ms for item in timings]
    show(
        f"Overhead above the model's own time, sample, {len(timings)} turns",
        ("", "p50 / p95", "as ratio, p50 / p95"),
        [
            ("model alone: first word, ms", p50_p95([item.word_ms for item in timings]), ""),
            ("model alone: first sentence, ms", p50_p95([i.sentence_ms for i in timings]), ""),
            ("model alone: last word, ms", p50_p95([item.whole_ms for item in timings]), ""),
            ("added until the first sentence is shown, ms", p50_p95(first), _ratios(early)),
            ("added until the turn is there, ms", p50_p95(total), _ratios(ratio)),
        ],
    )


def _ratios(values: Sequence[float]) -> str:
    return f"{percentile(values, 0.5):.3f} / {percentile(values, 0.95):.3f}"
