"""A person goes through proposed cases in the terminal, one by one."""

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eval.drafting.proposal import Draft
from eval.formats.plain import plain
from eval.golden.case import Case
from eval.golden.file import parse_line, to_json
from eval.golden.remark import Remark

_NARROWEST, _WIDEST = 24, 100
_LONGEST_QUOTE = 600
_LISTS = ("articles", "not_articles", "says", "never_says", "tags", "conversation")
KEYS = "[a]ccept  [e]dit  [f]ield  [r]eject  [s]kip  [q]uit"


class Choice(StrEnum):
    """What is to become of a proposal."""

    ACCEPT = "accept"
    REJECT = "reject"
    SKIP = "skip"
    QUIT = "quit"


@dataclass(frozen=True)
class Terminal:
    """How a person is talked to. `ask` shows a prompt and returns what is typed, and raises
    `EOFError` at the end; `edit` opens an editor on a text and returns the new one, None where
    it was left as it was or there is no editor."""

    say: Callable[[str], None]
    ask: Callable[[str], str]
    edit: Callable[[str], str | None]
    width: int

    def lines(self, text: str, indent: str = "") -> None:
        """Says a text, wrapped to the width, without what a terminal would act on."""
        width = max(_NARROWEST, min(self.width, _WIDEST))
        for line in plain(text).splitlines() or [""]:
            self.say(
                textwrap.fill(
                    line,
                    width,
                    initial_indent=indent,
                    subsequent_indent=indent,
                    break_on_hyphens=False,
                )
            )


@dataclass(frozen=True)
class Decided:
    """What a person decided, on the case as they left it."""

    choice: Choice
    case: Case
    reason: str = ""


def decide(
    terminal: Terminal, draft: Draft, remarks: Callable[[Case], Sequence[Remark]]
) -> Decided:
    """Shows a proposal and asks until it is decided on. The end of input quits."""
    case = draft.case
    show(terminal, draft, case, remarks(case))
    try:
        while True:
            match terminal.ask(f"{KEYS} > ").strip().lower()[:1]:
                case "a":
                    return Decided(Choice.ACCEPT, case)
                case "r":
                    reason = terminal.ask("Why? > ").strip()
                    if reason:
                        return Decided(Choice.REJECT, case, reason)
                    terminal.lines("A reason is required; it is kept with the proposal.")
                case "s":
                    return Decided(Choice.SKIP, case)
                case "q":
                    return Decided(Choice.QUIT, case)
                case "e" | "f" as key:
                    changed = _edited(terminal, case) if key == "e" else _field(terminal, case)
                    if changed is not None:
                        case = changed
                        show(terminal, draft, case, remarks(case))
                case _:
                    terminal.lines("Type a, e, f, r, s or q.")
    except EOFError:
        return Decided(Choice.QUIT, case)


def show(terminal: Terminal, draft: Draft, case: Case, remarks: Sequence[Remark]) -> None:
    """The case, why it is proposed, what speaks for it and what is wrong with it."""
    proposal = draft.proposal
    terminal.say("")
    terminal.lines(f"{draft.id}  ({proposal.origin.value}, {proposal.kind})")
    for label, text in _told(case):
        terminal.lines(f"{label}: {text}", "  " if label != "question" else "")
    terminal.lines(f"why: {proposal.why}", "  ")
    for quote in proposal.evidence:
        where = " > ".join(part for part in (quote.path, quote.heading) if part)
        terminal.lines(f"{where or 'said'}: “{_short(quote.text)}”", "    ")
    for remark in remarks:
        gravity = "ERROR" if remark.error else "note"
        terminal.lines(f"{gravity}: {remark.message} [{remark.rule}]", "  ")


def _told(case: Case) -> Iterator[tuple[str, str]]:
    for message in case.earlier:
        yield "before", message
    yield "question", case.question
    reason = f" ({case.reason})" if case.reason else ""
    yield "expected", f"{case.decision.value}{reason}"
    for name, value in to_json(case).items():
        if name in ("id", "question", "conversation", "decision", "reason"):
            continue
        yield name, value if isinstance(value, str) else _listed(value)


def _listed(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    return textwrap.shorten(text, _LONGEST_QUOTE, placeholder=" …")


def _edited(terminal: Terminal, case: Case) -> Case | None:
    """The case as it comes back from an editor; asked again where it can't be read."""
    text: str | None = json.dumps(to_json(case), ensure_ascii=False, indent=2)
    while True:
        text = terminal.edit(text or "")
        if text is None:
            terminal.lines("Nothing was changed; f changes one field without an editor.")
            return None
        try:
            return parse_line(text)
        except ValueError as error:
            terminal.lines(f"That is no case: {error}")
            if terminal.ask("Enter opens the editor again, q leaves it > ").strip():
                return None


def _field(terminal: Terminal, case: Case) -> Case | None:
    told = to_json(case)
    name = terminal.ask(
        "Which field (question, decision, reference, articles, says, …)? > "
    ).strip()
    if not name:
        return None
    shown = json.dumps(told.get(name), ensure_ascii=False) if name in told else "nothing"
    terminal.lines(f"{name} is {shown}. Lists take ; between items; an empty line takes it away.")
    written = terminal.ask("New value > ").strip()
    changed = {key: value for key, value in told.items() if key != name}
    if written:
        changed[name] = _value(name, written)
    try:
        return parse_line(json.dumps(changed))
    except ValueError as error:
        terminal.lines(f"That is no case: {error}")
        return None


def _value(name: str, written: str) -> Any:
    if written[0] in "[{" or name in ("weight", "must_pass"):
        try:
            return json.loads(written)
        except ValueError:
            return written
    if name in _LISTS:
        return [part.strip() for part in written.split(";") if part.strip()]
    return written
