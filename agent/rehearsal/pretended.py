"""A backend that answers as a conversation says."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from agent.action import ActionSpec, CallRequest, CallResult, CallStatus
from agent.dialogue.conditions import same
from agent.dialogue.quantities import number
from agent.identity import Identity, IdentityLevel
from agent.rehearsal.script import Given

# What an action comes to; None when nobody has said.
Answer = Callable[[CallRequest], Given | None]


class Pretended:
    """The `Actions` of a rehearsal: who asks, what was confirmed and the limit of an amount are
    checked as they are in earnest, and nothing is called. `requests` holds every call."""

    def __init__(self, specs: Mapping[str, ActionSpec], answer: Answer) -> None:
        self._specs = specs
        self._answer = answer
        self._settled: dict[str, CallResult] = {}
        self.requests: list[CallRequest] = []
        self.unanswered: list[str] = []

    def specs(self) -> Mapping[str, ActionSpec]:
        """Every action that is defined, by name."""
        return self._specs

    def call(self, request: CallRequest) -> CallResult:
        """What was said that it comes to; failed when nothing was."""
        spec = self._specs[request.action]
        if spec.writes and request.intent in self._settled:
            return self._settled[request.intent]
        self.requests.append(request)
        result = _forbidden(request, spec) or self._answered(request, spec)
        if spec.writes:
            self._settled[request.intent] = result
        return result

    def _answered(self, request: CallRequest, spec: ActionSpec) -> CallResult:
        given = self._answer(request)
        name = f"call {len(self.requests)}"
        if given is None:
            self.unanswered.append(request.action)
            why = "the conversation does not say what it comes to"
            return CallResult(name, spec.name, CallStatus.FAILED, reason=why)
        done = given.status is CallStatus.DONE
        shown = _shown(given) if spec.verifies and done else None
        return CallResult(
            name, spec.name, given.status, given.output if done else {}, identity=shown
        )


def in_order(given: Sequence[Given]) -> Answer:
    """Answers calls with what is given for their action, in order; what is given for certain
    arguments goes before."""
    used: Counter[int] = Counter()

    def answer(request: CallRequest) -> Given | None:
        fitting = [item for item in given if item.action == request.action and _fits(item, request)]
        fitting = [item for item in fitting if item.arguments] or fitting
        for item in fitting:
            if not used[item.line]:
                used[item.line] += 1
                return item
        return fitting[-1] if fitting else None

    return answer


def _fits(given: Given, request: CallRequest) -> bool:
    return all(
        name in request.arguments and same(request.arguments[name], value)
        for name, value in given.arguments.items()
    )


def _forbidden(request: CallRequest, spec: ActionSpec) -> CallResult | None:
    if request.identity.level < spec.identity or (spec.confirm and not request.confirmation):
        return CallResult("", spec.name, CallStatus.NOT_ALLOWED)
    amount = number(request.arguments.get(spec.limits.amount_input))
    if spec.limits.most is not None and amount is not None and amount > spec.limits.most:
        return CallResult("", spec.name, CallStatus.OVER_LIMIT)
    return None


def _shown(given: Given) -> Identity:
    """Who a verifying action says that the customer is."""
    claims = {name: str(value) for name, value in given.output.items() if isinstance(value, str)}
    known = claims.pop("customer_id", "customer")
    return Identity(IdentityLevel.VERIFIED, known, claims, given.action)
