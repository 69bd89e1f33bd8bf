"""What a metric is: one file in `eval/metrics` that ends in `plugin = Metric(...)`.

Its file name is its name, and the key of its floor in `[gate]`, if it has one. `build` gives a
metric of ragas' own kind (`ragas.metrics.collections.BaseMetric`), which runs in ragas alone
too; the parameters of its `ascore` say which columns of a case it is shown.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import Control
from eval.scoring.evaluation import CaseResult


class RagasResult(Protocol):
    """ragas' `MetricResult`."""

    @property
    def value(self) -> Any: ...

    @property
    def reason(self) -> str | None: ...


class RagasMetric(Protocol):
    """ragas' `BaseMetric`, as far as it is used here."""

    name: str
    allowed_values: Any

    @property
    def ascore(self) -> Callable[..., Awaitable[RagasResult]]:
        """Awaited with columns by name."""
        ...


@dataclass(frozen=True)
class Models:
    """What metrics may ask: ragas embeddings over the release's own encoder, and a ragas
    language model, None where no endpoint is configured. `topics` are what the help center is
    about."""

    embeddings: Any
    judge: Any = None
    topics: Sequence[str] = ()


@dataclass(frozen=True)
class Metric:
    """A plug-in. `due` says by the case alone whether a right turn would have a score; `applies`
    says by the turn whether this one has. `judged` metrics need a language model. `controls` are
    cases of known outcome: a metric that scores one of them out of its range measures nothing.
    One with a `unit` (ms, tokens) is no share: it is told apart from scores, and has no floor."""

    summary: str
    due: Callable[[Case], bool]
    applies: Callable[[Case, Turn], bool]
    build: Callable[[Models], RagasMetric]
    judged: bool = False
    controls: Sequence[Control] = ()
    unit: str = ""


@dataclass(frozen=True)
class OpenMetric:
    """A metric that is ready to score."""

    name: str
    plugin: Metric
    scorer: RagasMetric


def columns(result: CaseResult, turn: Turn) -> Mapping[str, Any]:
    """Everything that a metric may be shown of a case and its last `turn`: ragas' column names, and
    Wellkept's own. Contexts are the quotes that are cited; context ids are the paths that search
    returned, best first. `conversation` is the whole of it as (who, text), `turns` are all of its
    turns, `calls` the attempts of them, `end_state_differences` how the backend is other than it
    should be, None where nobody looked."""
    case = result.case
    return {
        "user_input": case.question,
        "response": turn.text,
        "reference": case.reference,
        "retrieved_contexts": list(dict.fromkeys(citation.quote for citation in turn.citations)),
        "retrieved_context_ids": list(dict.fromkeys(turn.retrieved)),
        "reference_context_ids": list(case.articles),
        "citations": list(turn.citations),
        "required_facts": list(case.says),
        "forbidden_facts": list(case.never_says),
        "forbidden_context_ids": list(case.not_articles),
        "decision": turn.decision.value,
        "expected_decision": case.decision.value,
        "struck": list(turn.struck),
        "conversation": list(result.conversation),
        "turns": list(result.turns),
        "reference_topics": list(result.topics),
        "calls": [attempt for item in result.turns for attempt in item.attempts],
        "changed": None if result.changed is None else list(result.changed),
        "expected_calls": None if case.actions is None else list(case.actions),
        "end_state_differences": result.end_state_differences,
        "answer_ms": result.answer_ms,
        "cost": result.cost,
        "tokens": result.tokens,
    }


def is_due_answer(case: Case) -> bool:
    """Whether the case is due an answer."""
    return case.decision is Decision.ANSWER


def is_answer(_case: Case, turn: Turn) -> bool:
    """Whether the turn is an answer."""
    return turn.decision is Decision.ANSWER
