"""Who a customer turns out to be, after an action that checks it."""

from collections.abc import Mapping

from agent.action import ActionSpec, CallStatus, Values
from agent.execution.attempt import Outcome
from agent.identity import Identity, IdentityLevel

CLAIMS = ("email", "name", "plan", "locale")
"""What may be known of a customer beside the id."""
BY = "one-time code"


def identity_in(spec: ActionSpec, output: Values) -> Identity | None:
    """Who the output of an action that verifies says that the customer is; None for any other
    action, and when it names nobody."""
    customer = output.get("customer_id")
    if not spec.verifies or isinstance(customer, bool) or not isinstance(customer, str | int):
        return None
    if customer == "":
        return None
    return Identity(IdentityLevel.VERIFIED, str(customer), claims_in(output), BY)


def claims_in(values: Mapping[str, object]) -> dict[str, str]:
    """Those that are texts and not empty."""
    found = {name: values.get(name) for name in CLAIMS}
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def proven(spec: ActionSpec, outcome: Outcome, identity: Identity) -> Outcome:
    """The outcome, refused where it verifies nobody, or somebody else than is known already: a
    conversation has one customer."""
    if not spec.verifies or outcome.status is not CallStatus.DONE:
        return outcome
    found = identity_in(spec, outcome.output)
    if found is None:
        return Outcome(CallStatus.REFUSED, reason="the code verifies nobody")
    if identity.verified and identity.customer_id != found.customer_id:
        return Outcome(CallStatus.REFUSED, reason="the code is another customer's")
    return outcome
