"""What is wrong with actions, in the operator's words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from agent.action import ActionSpec, Effect, Parameter, ValueType
from agent.execution.bound import BINDABLE, KEY
from agent.execution.file import ActionTable, Tables, nearest
from agent.identity import IdentityLevel
from agent.procedure import Fault, Gravity
from kb.configuration import secret

_AMOUNTS = (ValueType.NUMBER, ValueType.INTEGER, ValueType.MONEY)
_Told: TypeAlias = tuple[str, str, str, Gravity]
"""Name of the rule, what is wrong, what to write instead."""


@dataclass(frozen=True)
class _Case:
    """An action as it is written, as it is, and among the others."""

    table: ActionTable
    spec: ActionSpec
    others: Mapping[str, ActionSpec]


def faults_in(tables: Tables, specs: Mapping[str, ActionSpec]) -> list[Fault]:
    """Of every action that could be opened, and of the backends' tokens."""
    found = [
        tables.fault(f"action.{name}", rule, f"`{name}` {message}", suggestion=hint, gravity=grave)
        for name, spec in specs.items()
        for check in _RULES
        for rule, message, hint, grave in check(_Case(tables.actions[name], spec, specs))
    ]
    found += _dangling(tables)
    return [*found, *_tokens(tables)]


def _consent(case: _Case) -> Iterator[_Told]:
    if case.spec.effect in (Effect.MONEY, Effect.DELETE) and not case.spec.confirm:
        what = "moves money" if case.spec.effect is Effect.MONEY else "deletes"
        yield _error(
            "no-confirmation", f"{what} without asking the customer", "write confirm = true"
        )


def _lookup(case: _Case) -> Iterator[_Told]:
    if case.spec.writes and not case.spec.lookup:
        message = "changes something and has no lookup: a call that breaks off goes to a person"
        yield _warning("no-lookup", message, "name a reading action that takes the idempotency key")
    found = case.others.get(case.spec.lookup)
    if found is None:
        return
    if found.writes:
        yield _error("lookup-writes", f"is looked up by `{found.name}`, which is no reading action")
    if not any(item.bound == KEY for item in found.inputs):
        message = f"is looked up by `{found.name}`, which does not take the idempotency key"
        yield _error("lookup-without-key", message, f'write bind = {{ … = "{KEY}" }} there')


def _state(case: _Case) -> Iterator[_Told]:
    found = case.others.get(case.spec.before)
    if found is not None and found.writes:
        yield _error("before-writes", f"has `{found.name}` as before, which is no reading action")


def _limits(case: _Case) -> Iterator[_Told]:
    limits, inputs = case.spec.limits, _inputs(case.spec)
    if limits.amount_input and limits.amount_input not in inputs:
        message = f"limits the input '{limits.amount_input}', which it does not have"
        yield _error("unknown-input", message, nearest(limits.amount_input, inputs))
    elif limits.amount_input and inputs[limits.amount_input].type not in _AMOUNTS:
        yield _error("no-amount", f"limits the input '{limits.amount_input}', which is no amount")
    if bool(limits.amount_input) != (limits.most is not None):
        yield _error("half-a-limit", "limits an amount: amount_input and most belong together")
    if limits.per_customer_per_day is not None and case.spec.identity < IdentityLevel.VERIFIED:
        message = "is limited per customer, and does not need to know who the customer is"
        yield _error("limit-of-nobody", message, 'write identity = "verified"')


def _bind(case: _Case) -> Iterator[_Told]:
    inputs = _inputs(case.spec)
    for name, bound in case.table.bind.items():
        if name not in inputs:
            yield _error(
                "unknown-input", f"binds '{name}', which it does not have", nearest(name, inputs)
            )
        if bound not in BINDABLE:
            yield _error("unknown-bind", f"binds '{name}' to '{bound}'", nearest(bound, BINDABLE))
        elif bound != KEY and case.spec.identity < IdentityLevel.VERIFIED:
            message = f"binds '{name}' to who the customer is, and does not need to know that"
            yield _error("bind-of-nobody", message, 'write identity = "verified"')


def _verifying(case: _Case) -> Iterator[_Told]:
    if case.spec.verifies and "customer_id" not in {item.name for item in case.spec.outputs}:
        yield _error(
            "verifies-nobody", "verifies who the customer is without an output customer_id"
        )


def _money(case: _Case) -> Iterator[_Told]:
    amounts = [item.name for item in case.spec.inputs if item.type is ValueType.MONEY]
    if case.spec.effect is Effect.MONEY and amounts and case.spec.limits.most is None:
        yield _warning("no-limit", f"moves any amount ('{amounts[0]}')", "write limits with most")


def _dangling(tables: Tables) -> Iterator[Fault]:
    """Names of other actions that are none."""
    for name, table in tables.actions.items():
        for key, other in (
            ("undo", table.undo),
            ("lookup", table.lookup),
            ("before", table.before),
        ):
            if other and other not in tables.actions:
                message = f"`{name}` names `{other}` as its {key}, which is no action"
                hint = nearest(other, tables.actions)
                yield tables.fault(f"action.{name}", "unknown-action", message, suggestion=hint)


def _tokens(tables: Tables) -> Iterator[Fault]:
    for name, table in tables.backends.items():
        if table.token_env and not secret(table.token_env):
            message = f"[backend.{name}] needs a token, and {table.token_env} is not set"
            hint = f"set {table.token_env} in the environment"
            yield tables.fault(
                f"backend.{name}", "no-token", message, suggestion=hint, gravity=Gravity.WARNING
            )


def _inputs(spec: ActionSpec) -> dict[str, Parameter]:
    return {item.name: item for item in spec.inputs}


def _error(rule: str, message: str, hint: str = "") -> _Told:
    return rule, message, hint, Gravity.ERROR


def _warning(rule: str, message: str, hint: str = "") -> _Told:
    return rule, message, hint, Gravity.WARNING


_RULES: tuple[Callable[[_Case], Iterator[_Told]], ...] = (
    _consent,
    _lookup,
    _state,
    _limits,
    _bind,
    _verifying,
    _money,
)
