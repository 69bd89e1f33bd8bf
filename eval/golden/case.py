"""A case of a golden set: who asks what, and what a right turn looks like."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from agent.identity import IdentityLevel
from agent.types import Decision


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. Without an `audience` it is the settings' own. `customer_id` and `claims` are
    proved when `identity` is verified, and only said when it is claimed."""

    audience: tuple[str, ...] = ()
    plan: str = ""
    locale: str = ""
    identity: IdentityLevel = IdentityLevel.ANONYMOUS
    customer_id: str = ""
    claims: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExpectedCall:
    """A changing action that is to take place, with the arguments that matter."""

    action: str
    arguments: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the turn it is due.

    `earlier` are the customer's messages before the `question`: the turn that is judged is the one
    after the question. `articles` holds paths of the articles that answer it, `not_articles` of
    those that must not be cited. `says` are facts that a right turn tells, `never_says` such that
    it must not. `actions` are the changing actions that must have taken place by then, in order:
    none may have for `()`, and None is not looked at. `end_state` says by table and row of the
    sandboxed backend which columns must be different in the end, and nothing else may be; `given`
    in the same form what differs from its seed at the beginning. `reason` is why a person is due,
    `weight` the case's share in every mean, and `source` where it came from. A release that gets
    a case wrong that it `must_pass` is refused. `drafted` cases were made from headings, not by a
    person.
    """

    id: str
    question: str
    decision: Decision
    reference: str = ""
    articles: tuple[str, ...] = ()
    reason: str = ""
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    drafted: bool = False
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    not_articles: tuple[str, ...] = ()
    source: str = ""
    who: Asker = Asker()
    earlier: tuple[str, ...] = ()
    actions: tuple[ExpectedCall, ...] | None = None
    end_state: Mapping[str, Mapping[str, Mapping[str, JsonValue] | None]] | None = None
    given: Mapping[str, Mapping[str, Mapping[str, JsonValue] | None]] = field(default_factory=dict)
    must_pass: bool = False

    @property
    def acts(self) -> bool:
        """Whether it is played against a sandboxed backend, where actions are carried out."""
        looked_at = self.actions is not None or self.end_state is not None
        return looked_at or bool(self.given) or self.decision is Decision.ACTION
