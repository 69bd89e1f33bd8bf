"""What of a golden set does not fit the help center's settings: its actions, its backends, and who
may read what."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from agent.answers.languages import base
from agent.types import Decision
from eval.golden.case import Case
from eval.golden.remark import Remark
from eval.simulation.differences import is_new
from eval.simulation.sandbox import State
from kb.types import Article


@dataclass(frozen=True)
class Surroundings:
    """What cases are played in. `audience` is the settings' own; `actions` says of each by name
    whether it changes something; `state` is how the sandboxed backends begin, None without any
    or where nobody looked. `simulated`: there are such backends."""

    audience: Collection[str]
    actions: Mapping[str, bool]
    simulated: bool
    state: State | None = None


def unfitting(
    cases: Sequence[Case], articles: Sequence[Article], there: Surroundings
) -> Iterator[Remark]:
    """Cases that act where nothing can be acted on (`no-backend`), actions, tables and rows that
    there are none of (`no-action`, `no-row`), audiences and languages that no article is for
    (`no-audience`, `no-locale`), and answers that whoever asks may not see (`hidden`)."""
    by_path = {article.path: article for article in articles}
    readers = {*there.audience, *(name for it in articles for name in it.audience)}
    locales = {base(article.locale) for article in articles}
    for case in cases:
        yield from _acting(case, there)
        yield from _reading(case, by_path, there.audience, readers)
        if case.who.locale and base(case.who.locale) not in locales:
            message = f"no article is in {case.who.locale}"
            yield Remark(case.id, "no-locale", message)


def _acting(case: Case, there: Surroundings) -> Iterator[Remark]:
    if case.acts and not there.simulated:
        message = "it acts, and [simulation] path names no backends to act on"
        yield Remark(case.id, "no-backend", message, error=True)
    for call in case.actions or ():
        changes = there.actions.get(call.action)
        if changes is None:
            message = f"there is no action {call.action}{_nearest(call.action, there.actions)}"
            yield Remark(case.id, "no-action", message, error=True)
        elif not changes:
            message = f"{call.action} changes nothing: only what changes something is looked at"
            yield Remark(case.id, "no-action", message, error=True)
    if there.state is not None:
        yield from _rows(case, there.state)


def _rows(case: Case, state: State) -> Iterator[Remark]:
    given = {(table, row) for table, rows in case.given.items() for row in rows}
    for table in {**case.given, **(case.end_state or {})}:
        if table not in state:
            message = f"the backends have no table {table}{_nearest(table, state)}"
            yield Remark(case.id, "no-row", message, error=True)
    for table, rows in (case.end_state or {}).items():
        for row in rows if table in state else ():
            if not is_new(row) and row not in state[table] and (table, row) not in given:
                message = f"{table} has no row {row}{_nearest(row, state[table])}"
                yield Remark(case.id, "no-row", message, error=True)


def _reading(
    case: Case, articles: Mapping[str, Article], usual: Collection[str], known: Collection[str]
) -> Iterator[Remark]:
    for name in case.who.audience:
        if name not in known:
            message = f"no article is for {name}{_nearest(name, known)}"
            yield Remark(case.id, "no-audience", message)
    readers = set(case.who.audience or usual)
    named = [articles[path] for path in case.articles if path in articles]
    hidden = [it for it in named if it.audience and not readers & set(it.audience)]
    if named and hidden == named and case.decision is Decision.ANSWER:
        whom = ", ".join(sorted({name for it in hidden for name in it.audience}))
        message = f"its articles are for {whom}, and whoever asks is not (`who`)"
        yield Remark(case.id, "hidden", message, error=True, path=hidden[0].path)


def _nearest(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
