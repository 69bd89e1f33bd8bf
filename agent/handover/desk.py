"""The desk: takes conversations over, says what happens next, and keeps quiet afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from agent import replies
from agent.handover.case import HandoverRequest, open_case
from agent.handover.email import address, looks_like_one
from agent.handover.hours import Hours
from agent.handover.routing import team_of
from agent.handover.rules import Rulebook
from agent.screening.danger import Danger, danger
from agent.types import Decision, Handoff, HandoffReason, Turn
from kb.settings import HandoverSettings


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The case and what the customer is told. No case: the operator has switched the rule off,
    the conversation goes on, and the text says honestly that this ends here."""

    handoff: Handoff | None
    text: str


@dataclass(frozen=True, slots=True)
class Reception:
    """What becomes of a message while a person has the conversation: mostly silence. `handoff`
    is the case when something in it changes; `reason` is for operators."""

    decision: Decision
    text: str
    reason: str
    handoff: Handoff | None = None


class Desk:
    """Hands over as the settings say. Raises `ConfigError` for settings that can't be read."""

    def __init__(
        self,
        settings: HandoverSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.rules = Rulebook(settings)
        self._settings = settings
        self._hours = Hours(settings)
        self._now = now

    def hand_over(self, request: HandoverRequest) -> HandedOver:
        """The case with its team, and the reply: why, what happens next, and when."""
        if not self.rules.is_on(request.trigger.rule):
            return HandedOver(None, self._staying(request.trigger.reason))
        now = self._now()
        named = request.trigger.team or request.team
        if not named and request.procedure:
            named = self._settings.routes.get(request.trigger.rule, request.procedure.team)
        name = request.procedure.name if request.procedure else ""
        team = team_of(self._settings, request.trigger.rule, name, request.evidence, named)
        case = open_case(request, team, now)
        email = _known_email(request)
        wanted = not self._hours.is_open(now) and not email and not _in_crisis(request)
        expected = self._expected(now, request)
        text = self._told(request, now, email, wanted=wanted)
        lines = (*case.transcript, ("agent", text))
        case = replace(case, transcript=lines, expected=expected, email=email, asks_email=wanted)
        return HandedOver(case, text)

    def receive(self, handoff: Handoff, text: str, turns: Sequence[Turn]) -> Reception:
        """What becomes of a message that comes while a person has the conversation."""
        found = danger(text)
        if found and not any(_speaks_of_emergency(turn.text) for turn in turns):
            line = replies.SELF_HARM if found is Danger.SELF_HARM else replies.EMERGENCY
            return Reception(
                Decision.HANDOFF, line, f"danger ({found}) after the handover", handoff
            )
        if handoff.asks_email:
            given = address(text)
            if given and given != handoff.email:
                said = replies.EMAIL_TAKEN.format(email=given)
                taken = replace(handoff, email=given)
                return Reception(Decision.HANDOFF, said, "the address for the answer", taken)
            if not handoff.email and looks_like_one(text) and _is_first_after(handoff, turns):
                said = replies.EMAIL_UNCLEAR
                return Reception(Decision.HANDOFF, said, "no address to be read", handoff)
        return Reception(Decision.SILENT, "", "a person has this conversation")

    def _staying(self, reason: HandoffReason) -> str:
        text = replies.STAY.get(reason, replies.STAY_OTHERWISE)
        offers = self.rules.is_on(str(HandoffReason.ASKED_FOR_PERSON))
        return f"{text} {replies.STAY_OFFER}" if offers else text

    def _told(self, request: HandoverRequest, now: datetime, email: str, *, wanted: bool) -> str:
        opening = request.trigger.reply or replies.HANDOFF[request.trigger.reason]
        parts = [request.said, request.message, opening, self._next(request, now, email)]
        if wanted:
            parts.append(replies.ASK_EMAIL)
        return " ".join(part.strip() for part in parts if part.strip())

    def _next(self, request: HandoverRequest, now: datetime, email: str) -> str:
        """What happens next, and when."""
        way = replies.REPLY_EMAIL if request.channel == "email" else replies.REPLY_HERE
        if self._hours.is_open(now):
            when = self._settings.reply_within or replies.SOON
            return replies.NEXT.format(reply=f"{way} {when}")
        if email and request.channel != "email":
            way = f"{way} or write to {email}"
        closed = self._closed(now, request)
        return f"{closed} {replies.NEXT.format(reply=f'{way} then')}"

    def _closed(self, now: datetime, request: HandoverRequest) -> str:
        opens = self._hours.opens(now)
        if opens is None:
            return replies.CLOSED_FOR_LONG
        zone = request.customer.get("timezone", "")
        return replies.CLOSED.format(when=self._hours.said(opens, now, zone))

    def _expected(self, now: datetime, request: HandoverRequest) -> str:
        """When an answer was promised, for the case and the API."""
        if self._hours.is_open(now):
            return self._settings.reply_within or replies.SOON
        opens = self._hours.opens(now)
        zone = request.customer.get("timezone", "")
        return f"from {self._hours.said(opens, now, zone)}" if opens else replies.SOON


def _known_email(request: HandoverRequest) -> str:
    """Where an answer can be sent: as the identity says, as the customer said, or as the host
    application says."""
    claimed = request.identity.claims.get("email", "")
    for found in (claimed, request.email, request.customer.get("email", "")):
        if given := address(found):
            return given
    return ""


def _in_crisis(request: HandoverRequest) -> bool:
    return request.trigger.reply == replies.SELF_HARM


def _speaks_of_emergency(text: str) -> bool:
    return replies.EMERGENCY in text or replies.SELF_HARM in text


def _is_first_after(handoff: Handoff, turns: Sequence[Turn]) -> bool:
    return bool(turns) and turns[-1].handoff is not None and turns[-1].handoff.id == handoff.id
