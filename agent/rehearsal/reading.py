"""Reads the Markdown of conversations."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date

from agent.action import CallStatus, Value
from agent.identity import Identity, IdentityLevel
from agent.rehearsal.script import Beat, Expectation, Given, Must, Script
from kb.errors import Permanent

_STATUSES = {
    "is not found": CallStatus.NOT_FOUND,
    "finds nothing": CallStatus.NOT_FOUND,
    "is refused": CallStatus.REFUSED,
    "is not allowed": CallStatus.NOT_ALLOWED,
    "is over the limit": CallStatus.OVER_LIMIT,
    "fails": CallStatus.FAILED,
    "gives no answer": CallStatus.UNKNOWN,
}
_HEADING = re.compile(r"##\s+(?P<title>.+)")
_WHO = re.compile(
    r"customer(?:\s+(?P<id>[\w.-]+))? is (?P<level>anonymous|claimed|verified)"
    r"(?: as (?P<as>[\w.-]+))?(?: with (?P<claims>.+?))?\.?"
)
_TODAY = re.compile(r"today is (?P<day>\d{4}-\d{2}-\d{2})\.?")
_RETURNS = re.compile(
    r"`(?P<action>\w+)`(?: with (?P<arguments>.+?))? "
    rf"(?:returns (?P<output>.+)|(?P<status>{'|'.join(_STATUSES)})(?: because (?P<why>.+?))?\.?)"
)
_EXPECTED = (
    (Must.ASK, re.compile(r"Agent asks for: *(?P<about>.+)")),
    (Must.NOT_CALL, re.compile(r"Agent must not call: *`?(?P<about>\w+)`?\.?")),
    (Must.CALL, re.compile(r"Agent calls: *`?(?P<about>\w+)`?(?: with (?P<arguments>.+))?")),
    (Must.NOT_SAY, re.compile(r"Agent must not say: *(?P<phrases>.+)")),
    (Must.SAY, re.compile(r"Agent says: *(?P<phrases>.+)")),
    (
        Must.HAND_OVER,
        re.compile(r"Handed over(?: to:? *(?P<about>[^ ].*?))?(?: because:? *(?P<why>.+?))?\.?"),
    ),
    (Must.END, re.compile(r"Ends\.?")),
)
_CUSTOMER = re.compile(r"Customer: *(?P<message>.+)", re.DOTALL)
_SEVERAL = re.compile(r",? and (?=\w+ ?=)|, *(?=\w+ ?=)")
_FORMS = (
    "Customer: …; Agent asks for: …; Agent says: …; Agent calls: `action` with name = value; "
    "Agent must not say: …; Agent must not call: `action`; "
    "Handed over to: team because reason; Ends"
)


class Unreadable(Permanent):
    """A line of a file of conversations that nothing can be made of."""


@dataclass
class _Draft:
    script: Script
    beats: list[Beat] = field(default_factory=list)

    def made(self) -> Script:
        return replace(self.script, beats=tuple(self.beats))


def read(text: str, path: str = "") -> list[Script]:
    """The conversations in a file, in order. Lines that are neither headings of the second
    level, nor begin with `Given` or `-`, are for people. Raises `Unreadable` with the line."""
    drafts: list[_Draft] = []
    for line, content in _logical(text):
        heading = _HEADING.fullmatch(content)
        item = re.sub(r"^[-*]\s+", "", content)
        if heading:
            drafts.append(_Draft(Script(heading["title"].strip(), line)))
        elif not drafts or (item == content and not item.startswith("Given ")):
            continue
        elif item.startswith("Given "):
            drafts[-1].script = _given(drafts[-1].script, line, item[6:].strip(), path)
        else:
            _beat(drafts[-1], line, item, path)
    return [draft.made() for draft in drafts]


def answer(action: str, text: str) -> Given:
    """What a call comes to, as somebody typed it: JSON, or one of the other words that may follow
    an action in a file (`is not found`, `fails`, …). Raises `Unreadable`."""
    text = text.strip()
    if text.startswith(("{", "[")):
        return Given(0, action, CallStatus.DONE, _output(text, 0, action))
    for words, status in _STATUSES.items():
        if text.rstrip(".").lower() in (words, words.removeprefix("is ")):
            return Given(0, action, status)
    raise Unreadable(f"write what it returns as JSON, or one of: {', '.join(_STATUSES)}")


def _logical(text: str) -> list[tuple[int, str]]:
    """Lines with those that are indented under them joined to them, and fences left out."""
    found: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.rstrip()
        if not line or line.lstrip().startswith("```"):
            continue
        if line[0] in " \t{}]" and found:
            before, content = found[-1]
            found[-1] = before, f"{content} {line.strip()}"
        else:
            found.append((number, line.strip()))
    return found


def _given(script: Script, line: int, text: str, path: str) -> Script:
    who = _WHO.fullmatch(text.removeprefix("the "))
    if who:
        return replace(script, identity=_identity(who))
    today = _TODAY.fullmatch(text)
    if today:
        return replace(script, today=date.fromisoformat(today["day"]))
    returns = _RETURNS.fullmatch(text)
    if returns is None:
        raise Unreadable(
            f"{path}:{line}: “Given {text}” is not understood; write for example: "
            "Given customer c-1001 is verified; Given today is 2026-11-20; "
            "Given `find_order` returns {…}, is not found, is refused, fails"
        )
    status = _STATUSES[returns["status"]] if returns["status"] else CallStatus.DONE
    given = Given(
        line,
        returns["action"],
        status,
        _output(returns["output"], line, path) if returns["output"] else {},
        _arguments(returns["arguments"]),
    )
    return replace(script, given=(*script.given, given))


def _identity(who: re.Match[str]) -> Identity:
    level = IdentityLevel[who["level"].upper()]
    claims = _arguments(who["claims"])
    known = who["as"] or who["id"] or "customer"
    verified = level is IdentityLevel.VERIFIED
    return Identity(level, known if verified else None, claims, "conversation" if verified else "")


def _output(text: str, line: int, path: str) -> dict[str, Value]:
    try:
        found = json.loads(text.rstrip(". "))
    except ValueError as error:
        raise Unreadable(f"{path}:{line}: what it returns is not JSON: {error}") from None
    return found if isinstance(found, dict) else {"items": found}


def _beat(draft: _Draft, line: int, text: str, path: str) -> None:
    customer = _CUSTOMER.fullmatch(text)
    if customer:
        draft.beats.append(Beat(line, customer["message"].strip()))
        return
    expectation = _expectation(line, text)
    if expectation is None:
        raise Unreadable(f"{path}:{line}: “{text}” is not understood; there are: {_FORMS}")
    if not draft.beats:
        raise Unreadable(f"{path}:{line}: nobody has spoken yet; begin with “- Customer: …”")
    last = draft.beats[-1]
    draft.beats[-1] = replace(last, expected=(*last.expected, expectation))


def _expectation(line: int, text: str) -> Expectation | None:
    for must, pattern in _EXPECTED:
        match = pattern.fullmatch(text)
        if match:
            parts = match.groupdict()
            return Expectation(
                line,
                must,
                _phrases(parts.get("phrases") or ""),
                (parts.get("about") or "").strip().rstrip("."),
                _arguments(parts.get("arguments")),
                (parts.get("why") or "").strip(),
            )
    return None


def _phrases(text: str) -> tuple[str, ...]:
    """Those in quotes, else those between commas."""
    quoted = re.findall(r"[\"“]([^\"”]+)[\"”]", text)
    found = quoted or re.split(r", ", text)
    return tuple(part.strip() for part in found if part.strip())


def _arguments(text: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _SEVERAL.split(text or ""):
        name, mark, value = part.partition("=")
        if mark:
            found[name.strip()] = value.strip().strip('`"“”').rstrip(".")
    return found
