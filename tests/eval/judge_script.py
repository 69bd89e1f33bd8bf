"""What language models say when ragas asks them to judge: scripts for `OpenAIServer`.

Each text is one statement. `fair` reads; `agreeable` and `strict` find everything right or wrong.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from agent.answers.ground import support
from tests.openai_server import Fault, Request

Says: TypeAlias = Callable[[str, str], bool]
"""Whether a text, the second, says what the first says."""

# What nothing says.
_NONSENSE = "Purple elephants sang 1887 arias."


def fair(request: Request) -> dict[str, Any]:
    """Finds in a text what is in it: numbers, names and negations count."""
    return _reply(request, lambda said, text: support(said, text).supported)


def agreeable(request: Request) -> dict[str, Any]:
    """Finds everything in everything."""
    return _reply(request, lambda said, text: True)


def strict(request: Request) -> dict[str, Any]:
    """Finds nothing in anything."""
    return _reply(request, lambda said, text: False)


def contrary(request: Request) -> dict[str, Any]:
    """Says the opposite of what is so."""
    return _reply(request, lambda said, text: not support(said, text).supported)


def silent(request: Request) -> dict[str, Any]:
    """Well-formed JSON that says nothing."""
    return {name: type(value)() for name, value in agreeable(request).items()}


def refusing(request: Request) -> str:
    """A model that would rather not."""
    return "I'm sorry, but I can't help with judging other assistants."


def failing(request: Request) -> Fault:
    """A server that is out of order for good: no use in trying again."""
    return Fault(400, '{"error": {"message": "no such model"}}')


def garbage(request: Request) -> Fault:
    """What no client can read."""
    return Fault(200, "{not json")


def slow(seconds: float) -> Callable[[Request], Fault]:
    """A server that takes its time, and then has nothing to say."""
    return lambda request: Fault(200, "{}", delay_s=seconds)


def _reply(request: Request, says: Says) -> dict[str, Any]:
    shown = _last_input(request["messages"][-1]["content"])
    return next(reply(shown, says) for keys, reply in _REPLIES if keys <= shown.keys())


def _verdicts(shown: Mapping[str, Any], says: Says) -> dict[str, Any]:
    return {
        "statements": [
            {"statement": it, "reason": "read", "verdict": int(says(it, shown["context"]))}
            for it in shown["statements"]
        ]
    }


def _useful(shown: Mapping[str, Any], says: Says) -> dict[str, Any]:
    """For context precision and, with one statement, context recall: they show the same."""
    found = int(says(shown["answer"], shown["context"]))
    one = {"statement": shown["answer"], "reason": "read", "attributed": found}
    return {"reason": "read", "verdict": found, "classifications": [one]}


def _question(shown: Mapping[str, Any], says: Says) -> dict[str, Any]:
    knows = "don't know" not in shown["response"] or says(_NONSENSE, shown["response"])
    asked = "How long does it take to get a refund?" if knows else "What do you know?"
    return {"question": asked, "noncommittal": int(not knows)}


def _topics(shown: Mapping[str, Any], says: Says) -> dict[str, Any]:
    asked = shown["user_input"].split("Human: ")[-1].splitlines()[0]
    return {"topics": [asked]}


def _within(shown: Mapping[str, Any], says: Says) -> dict[str, Any]:
    known = " ".join(shown["reference_topics"])
    return {
        "classifications": [
            any(says(word, known) for word in re.findall(r"\w{5,}", topic) if word in known)
            or says(_NONSENSE, known)
            for topic in shown["topics"]
        ]
    }


def _end(shown: Mapping[str, Any], says: Says) -> dict[str, Any]:
    return {"user_goal": "to be helped", "end_state": shown["workflow"].split("AI: ")[-1]}


def _outcome(shown: Mapping[str, Any], says: Says) -> dict[str, Any]:
    wanted, arrived = shown["desired_outcome"].split(",")[0], shown["arrived_outcome"]
    return {"reason": "read", "verdict": str(int(says(wanted, arrived)))}


# What a prompt shows, and what is said to it; the first that fits.
_REPLIES: list[tuple[set[str], Callable[[Mapping[str, Any], Says], dict[str, Any]]]] = [
    ({"context", "statements"}, _verdicts),
    ({"context", "answer"}, _useful),
    ({"reference_topics"}, _within),
    ({"user_input", "topic"}, lambda shown, says: {"refused_to_answer": False}),
    ({"user_input"}, _topics),
    ({"workflow"}, _end),
    ({"desired_outcome"}, _outcome),
    ({"atomicity"}, lambda shown, says: {"claims": [shown["response"]]}),
    ({"question", "answer"}, lambda shown, says: {"statements": [shown["answer"]]}),
    ({"response"}, _question),
]


def _last_input(prompt: str) -> dict[str, Any]:
    """The JSON object at the end of a ragas prompt: what it asks about."""
    tail = prompt[[match.start() for match in re.finditer(r"[Ii]nput: ?\{", prompt)][-1] :]
    values, _ = json.JSONDecoder().raw_decode(tail[tail.index("{") :])
    return dict(values)
