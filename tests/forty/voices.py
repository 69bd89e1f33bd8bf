"""Changes for the worse to language models: what the writer is told, and how the judge judges."""

from collections.abc import Callable
from typing import Any, TypeAlias

from tests.eval import judge_script
from tests.forty.change import Change, Way
from tests.forty.world import World
from tests.forty.writer import EMBELLISH, REFUSE
from tests.openai_server import Reply, Request

Script: TypeAlias = Callable[[Request], Reply]
_PROMPT = "agent/models/prompts/write.md"


def _told(told: str, line: str) -> Way:
    def make(world: World) -> None:
        world.plant(_PROMPT, also=f"{line}\n")

    return Way(told, make)


def _nothing(_world: World) -> None:
    """The world is as it was; the judge is not."""


PROMPT_INVENTS = Change(
    "11",
    "a prompt that invents",
    (_told("the writer is to add details of its own", EMBELLISH),),
    refused=True,
    base="model",
)
PROMPT_REFUSES = Change(
    "12",
    "a prompt that refuses",
    (_told("the writer is to find no answer when in doubt", REFUSE),),
    refused=True,
    base="model",
)
JUDGE_AGREES = Change(
    "16",
    "a judge that always agrees",
    (Way("behind the same name", _nothing, says=("faithfulness",)),),
    refused=True,
    base="judge",
    cases=False,
)
JUDGE_FAILS = Change(
    "17",
    "a judge that always fails",
    (
        Way("its server is out of order", _nothing, says=("faithfulness",)),
        Way("it says that it can't judge", _nothing, says=("faithfulness",)),
        Way("it says nothing", _nothing, says=("faithfulness",)),
        Way("it never agrees", _nothing, says=("faithfulness",)),
    ),
    refused=True,
    base="judge",
    cases=False,
)
# What the judge of a way is, by the change's number, in the order of its ways.
JUDGES: dict[str, tuple[Any, ...]] = {
    "16": (judge_script.agreeable,),
    "17": (
        judge_script.failing,
        judge_script.refusing,
        judge_script.silent,
        judge_script.strict,
    ),
}
