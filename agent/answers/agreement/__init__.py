"""What keeps a sentence from standing on another: each check names what is wrong, or nothing."""

from collections.abc import Callable

from agent.answers.agreement.amounts import bounds_differ, numbers_differ
from agent.answers.agreement.conditions import (
    condition_lost,
    doer_differs,
    duration_lost,
    party_lost,
    scope_lost,
    turned_round,
)
from agent.answers.agreement.polarity import (
    cause_added,
    deed_claimed,
    denied_otherwise,
    modes_differ,
    too_sure,
)
from agent.answers.agreement.unit import Unit
from agent.answers.agreement.wording import (
    claims_more,
    labels_differ,
    links_differ,
    names_differ,
    narrowed_otherwise,
    objects_differ,
    paths_differ,
    subject_differs,
)
from agent.answers.sense import Sense

__all__ = ["Unit", "disagreement"]

Check = Callable[[Sense, Sense, Unit], str]


def disagreement(part: Sense, whole: Sense, unit: Unit) -> str:
    """Why a part of a sentence does not stand on this unit; empty where nothing speaks against
    it. `whole` is the sentence that the part is of: conditions may stand anywhere in it."""
    return next((why for check in _CHECKS if (why := check(part, whole, unit))), "")


_CHECKS: tuple[Check, ...] = (
    links_differ,
    numbers_differ,
    paths_differ,
    labels_differ,
    names_differ,
    deed_claimed,
    denied_otherwise,
    modes_differ,
    bounds_differ,
    condition_lost,
    scope_lost,
    duration_lost,
    party_lost,
    narrowed_otherwise,
    claims_more,
    too_sure,
    cause_added,
    turned_round,
    objects_differ,
    subject_differs,
    doer_differs,
)
