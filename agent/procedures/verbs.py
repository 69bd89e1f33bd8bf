"""Clauses in the many words that operators find for them."""

import re
from collections.abc import Callable

from agent.procedures.clauses import (
    AskFor,
    AskWhether,
    CheckThat,
    Clause,
    GoOn,
    GoTo,
    PassOn,
    Say,
    Stop,
    WaitFor,
)
from agent.procedures.direct import is_offer, please, question, speech
from agent.procedures.passing import pass_on
from agent.procedures.people import THEY as _THEY
from agent.procedures.people import WHO as _WHO
from agent.procedures.shield import CODE, QUOTE, Shield
from agent.procedures.using import check, check_bare, do, look_up

_LEAD = re.compile(
    r"^(?:(?:please|then|next|now|first|finally|afterwards?|after that|once that is done|also|and|"
    r"so|lastly|in that case|the agent should|the agent must|you should|you must|always|simply|"
    r"just|politely|kindly)\b,?\s+)+",
    re.I,
)
Reader = Callable[[re.Match[str], Shield], Clause | None]


def read_clause(text: str, shield: Shield) -> Clause | None:
    """What `text` tells to do, or None when it is in no known wording."""
    said = _LEAD.sub("", text.strip().rstrip(".;,!").strip())
    for pattern, reader in _WORDINGS:
        found = pattern.match(said)
        if found and (clause := reader(found, shield)) is not None:
            return clause
    return None


def begins(text: str) -> bool:
    """Whether `text` clearly begins a clause of its own: what stands before it is another."""
    said = _LEAD.sub("", text.strip())
    if _BEGINS.match(said):
        return True
    if re.search(f"{QUOTE}|{CODE}", said):
        return False
    return isinstance(read_clause(said, Shield("")), Stop | GoOn | GoTo)


def _ask_for(found: re.Match[str], shield: Shield) -> Clause | None:
    said = found.groupdict()
    text = said.get("text") or ""
    what = re.sub(
        r"^(?:what|which)\s+(?P<what>.+?)\s+(?:is|are|it is)$",
        r"\g<what>",
        said["what"],
        flags=re.I,
    )
    return AskFor(what, (shield.quoted(text) or "") if text else "")


def _ask_quoted(found: re.Match[str], shield: Shield) -> Clause | None:
    message = shield.quoted(found["text"]) or ""
    if found.groupdict().get("what"):
        return AskFor(found["what"], message)
    return AskWhether(message, is_offer(message))


def _ask_whether(found: re.Match[str], shield: Shield) -> Clause | None:
    if message := shield.quoted(found["what"]):
        return AskWhether(message, is_offer(shield.bare(found["what"])))
    said = shield.bare(found["what"])
    return AskWhether(question(said), is_offer(said))


def _ask_to(found: re.Match[str], shield: Shield) -> Clause | None:
    return WaitFor(please(shield.bare(found["what"])))


def _confirm(found: re.Match[str], shield: Shield) -> Clause | None:
    rest = found["rest"]
    message = shield.quoted(rest)
    if message is None:
        said = re.sub(r"^\s*(?:that|whether|if)\s+", "", shield.bare(rest))
        message = f"{speech(said)} Is that right?" if said.strip() else ""
    return AskWhether(message, consent=True) if message else None


def _offer(found: re.Match[str], shield: Shield) -> Clause | None:
    rest = found["rest"]
    message = (
        shield.quoted(rest) or f"Would you like {speech(shield.bare(rest), end='?', capital=False)}"
    )
    return AskWhether(message, consent=True)


def _say(found: re.Match[str], shield: Shield) -> Clause | None:
    rest = re.sub(r"^[a-z]+ly\b", "", found["rest"].strip(" :,")).strip(" :,")
    message = shield.quoted(rest)
    if message is not None:
        # What stands beside the quotation would be lost.
        return Say(message) if re.fullmatch(_FRAMED, rest, re.I) else None
    said = re.sub(r"^that\s+", "", shield.bare(rest), flags=re.I)
    if re.match(r"to\s+", said):
        return Say(please(said[3:]))
    if not said or re.match(r"(?:about|how|why|what|where|when|of)\b", said, re.I):
        return None
    return Say(speech(said), said)


_FRAMED = (
    rf"(?:(?:something\s+)?(?:like|that|this|the\s+following|as\s+follows|why|so|in\s+words|"
    rf"what\s+[a-z ]+|about\s+[a-z' ]+|the\s+[a-z' ]+)?\s*[:,]?\s*)?{QUOTE}\W*"
)


def _sorry(found: re.Match[str], shield: Shield) -> Clause | None:
    what = shield.bare(found["what"] or "that")
    return Say(speech(f"I'm sorry {'for' if found['what'] else 'about'} {what}"))


def _quoted_alone(found: re.Match[str], shield: Shield) -> Clause | None:
    message = shield.quoted(found["text"]) or ""
    return Say(message)


def _wait(found: re.Match[str], shield: Shield) -> Clause | None:
    return WaitFor(shield.quoted(found[0]) or "")


def _go_to(found: re.Match[str], _shield: Shield) -> Clause | None:
    return GoTo(found["number"])


def _ask_again(_found: re.Match[str], _shield: Shield) -> Clause | None:
    return GoTo("ask")


def _start_over(_found: re.Match[str], _shield: Shield) -> Clause | None:
    return GoTo("first")


def _again(_found: re.Match[str], _shield: Shield) -> Clause | None:
    return GoTo("again")


def _stop(_found: re.Match[str], _shield: Shield) -> Clause | None:
    return Stop()


def _go_on(_found: re.Match[str], _shield: Shield) -> Clause | None:
    return GoOn()


def _wording(pattern: str, reader: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(pattern, re.I), reader


_REST = r"(?P<rest>.*)$"
_STEP = r"(?:step|point|number|no\.?|#)\s*(?P<number>\d+(?:\.\d+)*)"
_WORDINGS = (
    _wording(
        rf"(?:go|jump|skip|move|return|proceed|continue|resume|repeat|start)\s*(?:again|over|back|ahead|on|straight|directly|forward)?\s*(?:to|at|from|with)?\s+{_STEP}\b(?:\s*(?:,|again|above|below|instead|directly|of\s+this\b.*|to\s+.+|and\s+(?:ask|try|start|check|repeat|continue|go)\b.*|\(.*\)))*$",
        _go_to,
    ),
    _wording(
        r"(?:start\s+(?:over|again|from\s+the\s+(?:beginning|start|top))|begin\s+again|go\s+(?:back\s+)?to\s+the\s+(?:start|beginning|top))\b.*$",
        _start_over,
    ),
    _wording(
        rf"ask\s+(?:for\s+(?:it|them)\s+|{_WHO}\s+)?(?:once\s+(?:more|again)|again)$|try\s+again$",
        _ask_again,
    ),
    _wording(
        r"(?:look|check|repeat|do)\s+(?:it\s+|that\s+|this\s+step\s+)?again$|repeat\s+this\s+step$",
        _again,
    ),
    _wording(
        r"(?:go\s+on|continue|carry\s+on|proceed|move\s+on|keep\s+going|do\s+nothing|nothing(?:\s+to\s+do)?|skip\s+(?:this|ahead)|go\s+(?:to|on\s+to)\s+the\s+next\s+step)(?:\s+(?:with|to)\s+the\s+(?:next\s+)?(?:step|rest|procedure|process))?(?:\s+as\s+(?:normal|usual))?$",
        _go_on,
    ),
    _wording(
        r"(?:stop|end|finish|quit|exit|(?:that\s+is\s+(?:all|it|the\s+end))|(?:you\s+are|we\s+are|it\s+is)?\s*done|close|conclude|complete)(?:\s+(?:here|there|now|it|(?:the\s+|this\s+)?(?:procedure|process|conversation|chat|flow|case)))?(?:\s+(?:here|there|now))?$",
        _stop,
    ),
    _wording(
        rf"(?:hand(?:\s+(?:it|this|that|them|{_WHO}|(?:the|this)\s+\w+))?\s+(?:over|off)|handover|handoff|escalate|transfer|pass|forward|refer|route|connect|assign|send(?=\s+(?:it|this|that|(?:the|this)\s+(?:case|conversation|chat|request|matter|issue|ticket|call))\s+(?:on\s+)?to\b))\b(?P<rest>(?:\s+(?:it|this|that|{_WHO}|(?:the|this)\s+(?:case|conversation|chat|request|matter|issue|ticket|call))(?:\s+(?:on|over|through|along))?|\s+(?:on|over|through))?(?:\s+(?:to|with)\s.*|\s+because\b.*|\s*:.*|\s*{QUOTE}.*)?)$",
        pass_on,
    ),
    _wording(
        r"(?:(?:get|involve|bring\s+in|call)\s+)(?P<rest>(?:a\s+)?(?:human|person|colleague|agent)\b.*)$",
        lambda _found, _shield: PassOn(),
    ),
    _wording(
        rf"(?:get|obtain|ask\s+for)\s+(?:their\s+|the\s+|{_WHO}'s\s+)?(?:explicit\s+)?"
        rf"(?:consent|confirmation|approval|agreement)\s*[:,]?\s*(?P<rest>{QUOTE})$",
        _confirm,
    ),
    _wording(r"(?:create|make|start)\s+an?\s+hand-?over\b(?P<rest>.*)$", pass_on),
    _wording(
        rf"(?:confirm|double-check|verify|check|agree|make\s+sure|get\s+(?:the\s+)?(?:confirmation|consent|approval|agreement|ok|go-ahead))\s+(?:with|from|by\s+asking)\s+{_WHO}\b\s*[:,]?\s*{_REST}",
        _confirm,
    ),
    _wording(
        rf"(?:ask\s+{_WHO}\s+(?:to\s+confirm|for\s+(?:confirmation|consent|approval|their\s+(?:ok|agreement|consent|approval)))|(?:have|let)\s+{_WHO}\s+confirm|ask\s+for\s+(?:confirmation|consent|approval)|get\s+{_WHO}'s\s+(?:consent|confirmation|approval|agreement|ok)|confirm)\s*[:,]?\s*(?P<rest>.*{QUOTE}.*)$",
        _confirm,
    ),
    _wording(rf"ask\s+{_WHO}\s+to\s+confirm\s+(?P<rest>(?:that|whether|if)\s.+)$", _confirm),
    _wording(
        rf"(?:confirm|verify|check|make\s+sure)\s+(?P<rest>(?:that|whether|if)\s+{_THEY}\s+(?:really\s+|still\s+)?(?:wants?|wish(?:es)?|would|agrees?|accepts?|consents?|(?:is|are)\s+(?:sure|happy|ok|okay|fine|willing))\b.*)$",
        _confirm,
    ),
    _wording(
        rf"(?:ask|find\s+out|check\s+with\s+{_WHO}|enquire|inquire|see)\s*(?:{_WHO}\s+)?(?:whether|if)\s+(?P<what>(?!.*(?:with|using|via)\s+{CODE}).+)$",
        _ask_whether,
    ),
    _wording(
        rf"(?:offer|propose|suggest)\s+(?:to\s+)?(?:{_WHO}\s*)?[:,]?\s*(?P<rest>\S.*)$", _offer
    ),
    _wording(
        rf"(?:ask|request)\s*(?:{_WHO}\s*)?[:,]?\s*(?P<text>{QUOTE})(?:\s*(?:,|to\s+get|to\s+find\s+out|to\s+learn|for|and\s+(?:note|store|keep|save|remember)(?:\s+(?:it|the\s+answer))?(?:\s+as)?|as|\()\s*(?P<what>.+?)\)?)?$",
        _ask_quoted,
    ),
    _wording(
        rf"(?:ask|request|find\s+out|obtain|collect|gather|get|take|establish|learn|note)\s+(?:from\s+)?(?:{_WHO}\s+)?(?:(?:for|about|to\s+(?:give|tell|provide|enter|state|name|say|choose|pick|select|supply|specify)\s+(?:us\s+|you\s+|me\s+)?)\s*)?(?P<what>(?:(?!\b(?:to|whether|if)\b)[^{QUOTE[1:-1]}{CODE[1:-1]}])+?)(?:\s+from\s+{_WHO})?(?:\s*[:,]\s*(?:by\s+(?:asking|saying)\s*)?(?P<text>{QUOTE}))?$",
        _ask_for,
    ),
    _wording(
        rf"ask\s+(?:{_WHO}\s+)?(?:for|about)\s+(?:the\s+|their\s+)?(?P<what>{CODE}(?:(?:\s*,\s*|\s+and\s+){CODE})*)(?:\s*[:,]\s*(?P<text>{QUOTE}))?$",
        _ask_for,
    ),
    _wording(
        rf"(?:ask|tell|invite|instruct|request|have|get|let)\s+{_WHO}\s+to\s+(?P<what>.+?)(?:,?\s+(?:and|then)\s+wait\b.*)?$",
        _ask_to,
    ),
    _wording(
        rf"(?:have|get|make)\s+{_WHO}\s+(?P<what>(?!confirm\b|'s)[a-z]+\s+.+?)(?:,?\s+(?:and|then)\s+wait\b.*)?$",
        _ask_to,
    ),
    _wording(rf"apologi[sz]e(?:\s+to\s+{_WHO})?(?:\s+for\s+(?P<what>[^{QUOTE[1:-1]}]+))?$", _sorry),
    _wording(rf"thank\s+{_WHO}$", lambda _found, _shield: Say("Thank you.")),
    _wording(rf"wait\b.*$|pause\b.*$|give\s+{_WHO}\s+(?:time|a\s+moment)\b.*$", _wait),
    _wording(
        rf"(?:tell|inform|let|advise|notify|remind|assure|thank|update|warn|give|show|send)\s+{_WHO}(?:\s+know)?\b\s*{_REST}",
        _say,
    ),
    _wording(
        rf"(?:say|reply|answer|respond|display|show|explain|write|message|apologi[sz]e|mention|send|greet|announce|state|acknowledge)\b(?:\s+(?:to\s+)?{_WHO})?(?:\s+(?:with|by\s+saying|and\s+say))?\s*{_REST}",
        _say,
    ),
    _wording(
        r"(?:check|make\s+sure|ensure|verify|confirm|validate|continue\s+only|only\s+continue|proceed\s+only|only\s+proceed|go\s+on\s+only|only\s+go\s+on)\s+(?P<that>that|if|whether)\s+"
        + _REST,
        check,
    ),
    _wording(
        r"(?:make\s+sure|ensure)\s+(?P<that>)" + _REST,
        lambda found, _shield: CheckThat(found["rest"]),
    ),
    _wording(r"(?:check|verify|validate|confirm)\s+" + _REST, check_bare),
    _wording(
        rf"(?:look\s*(?:up|for|into|at)|lookup|find|fetch|retrieve|load|pull\s*up|pull|read|search(?:\s+for)?|get|query|see|list|track|locate|open|view)\s+{_REST}",
        look_up,
    ),
    _wording(rf"(?P<rest>{CODE}.*)$", do),
    _wording(rf"(?P<text>{QUOTE})$", _quoted_alone),
    _wording(r"[a-z]+(?:\s+[a-z]+)?\s+(?P<rest>.*)$", do),
)
_BEGINS = re.compile(
    rf"(?:go\s+(?:back\s+)?to\s+(?:step|the\s+(?:start|beginning))|return\s+to\s+step|(?:continue|proceed|skip|jump|start|repeat)\s+(?:again\s+)?(?:with|to|from|at)\s+step|start\s+(?:over|again)|"
    rf"(?:stop|end|finish|done|continue|proceed|go\s+on)(?:\s+(?:here|there|now|(?:the|this)\s+(?:procedure|process|conversation|chat)|with\s+the\s+next\s+step))?\s*[.;,]*\s*(?:otherwise\b.*|$)|"
    rf"(?:hand|escalate|transfer|pass|forward|refer|route|connect)\s+(?:(?:it|this|that|{_WHO}|(?:the|this)\s+\w+)\s+)?(?:over|off|on|to|through|with|because)\b|hand\s+over|escalate\b|"
    rf"(?:tell|inform|let|advise|notify|remind|assure|thank)\s+{_WHO}|(?:say|reply|answer|explain)\b\s*[:,]?\s*(?:to\s+{_WHO}\s*)?(?:{QUOTE}|that\b)|apologi[sz]e\b|"
    rf"ask\s+(?:{_WHO}|for|whether|if|{QUOTE}|(?:once\s+)?(?:again|more))|try\s+again|request\s+(?:the|their)|wait\s+(?:for|until|till)|confirm\s+(?:with|that|{QUOTE})|offer\s|"
    rf"(?:check|make\s+sure|verify|ensure)\s+(?:that|the|whether|if|with)|"
    rf"(?:look\s*up|find|fetch|retrieve|get|pull\s+up|load)\s+(?:the|their|its|it\b|all|{CODE}|[^.]*{CODE})|"
    rf"(?:do|run|call|use|issue|execute|perform|carry\s+out|trigger|apply|cancel|send|create|update|change|make|book|delete|invoke|submit|start|refund|reset|unlock|block|freeze|close|open|set|pause|resume|extend|charge|record|register|schedule|reschedule)\s+[^{QUOTE[1:-1]}]*?{CODE}|{CODE})",
    re.I,
)
