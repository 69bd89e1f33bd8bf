"""Whether a customer asks for a person, in any words."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

from agent.screening.wording import mended

_WHO = (
    r"(?:human(?: being)?s?|people|persons?|somebody|someone|operators?|agents?|representatives?|reps?"
    r"|advis[eo]rs?|managers?|supervisors?|staff(?: members?)?|employees?|support (?:agent|person|rep|team)"
    r"|team members?|members? of (?:the |your )?(?:staff|team)|customer (?:service|support|care)|support|specialists?|consultants?"
    r"|colleagues?|technicians?|experts?|boss|owner|management)"
)
_REAL = r"(?:actual |real |live |human |living |another |different |proper )*"
_WISHES = tuple(
    re.compile(pattern)
    for pattern in (
        # "talk to a human", "speak with someone from support", "chat to a real person"
        r"\b(?:talk|speak|chat|spoke|talking|speaking|chatting|discuss (?:this|it)|discussing (?:this|it)|be connected|get in touch)(?: directly)? (?:to|with) "
        rf"(?:an? |the |your |some |any |one of your )?{_REAL}{_WHO}\b(?! (?:id|name|seat|api|bot)s?\b)",
        r"\b(?:speak|talk|chat) (?:representative|agent|human|operator|person|manager|supervisor)\b",
        # "a human I can message", "an actual person I could chat with"
        rf"\b(?:an?|any|some|the) {_REAL}(?:human(?: being)?|person|operator|representative|rep|supervisor|colleague)"
        r" (?:that |who |whom )?(?:i|we) (?:can|could|may|might) (?:talk|speak|chat|message|write|turn|reach|contact|call|ask)\b",
        r"\b(?:somebody|someone|anybody|anyone) (?:that |who |whom )?(?:i|we) (?:can|could|may|might) (?:talk|speak|chat|turn)\b",
        rf"^\W*(?:please )?(?:transfer|connect|switch|forward|escalate)(?: me)? (?:to|with) (?:an? |the |your )?{_REAL}{_WHO}\W*(?:please|pls|now)?\W*$",
        r"\b(?:get|give|send|bring) me (?:an? |the |some |real |live |your )*(?:support|human|agent|supervisor|manager)\W*(?:please|pls|now|here)?\W*$",
        # "can I get a human?", "may I have a representative please"
        r"\b(?:get|have|reach|see|find) (?:an? |to an? |some )(?:(?:actual|real|live|human|living|proper) )*(?:human(?: being)?|person|agent|representative|rep|operator|supervisor|advis[eo]r)\W*(?:please|pls|now|here|instead|on the (?:line|phone)|\W)*$",
        # "let a human look at this", "can a person take over", "be contacted by an employee"
        rf"\b(?:let|have|get|ask|want|need|prefer) (?:an? |the |your |one of your )?{_REAL}(?:human(?: being)?|person|colleague|employee|(?:somebody|someone)(?= from)|operator|representative|supervisor|member of staff)"
        r"(?: from (?:your|the) \w+)? (?:please )?(?:to )?(?:look|take over|handle|deal|check|read|see|help|answer|review|decide|respond|sort|fix|process|finish|continue|explain|do (?:this|that|it))\b",
        r"\b(?:can|could|may|will|would) (?:an? |one of your )?(?:(?:actual|real|live|human|living|proper) )*(?:human(?: being)?|person|colleague of yours|member of staff|representative)"
        r"(?: from (?:your|the) \w+)? (?:please )?(?:take over|help me|answer me|(?:look at|handle|deal with|check|answer|review|sort|fix|process|finish|explain|do|decide on) (?:this|that|it|my (?:case|request|problem|issue|order|question|account))(?: out)?)\b",
        rf"\b(?:contacted|called|helped|served|answered|phoned) by (?:an? |the |your |one of your )?{_REAL}{_WHO}\b",
        # "give me one of your colleagues"
        rf"\b(?:give|get|send|fetch|bring) me (?:one|some|any) of your {_WHO}\b",
        # The same wish in other languages.
        r"\b(?:mit|von) (?:einem|einer|echten|einem echten|jemandem|ihrem|eurem|dem)(?: \w+)? ?(?:menschen|mitarbeiter(?:in)?|person|berater(?:in)?|kollegen|support|kundendienst|kundenservice)?\b.{0,20}\b(?:sprechen|reden|chatten|telefonieren|verbinden|verbunden)\b",
        r"\b(?:parler|discuter|échanger|être mis en relation) (?:à|avec) (?:un|une|quelqu'un|votre|le)\b",
        r"\b(?:hablar|chatear|comunicarme|comunicarse) con (?:una?|alguien|un|el|la|su)\b|\b(?:parlare|chattare) con (?:un|una|qualcuno)\b",
        r"\b(?:falar|conversar) com (?:um|uma|alguém)\b|\b(?:met|aan) (?:een|iemand)(?: \w+)? ?(?:mens|medewerker|persoon)?\b.{0,15}\b(?:spreken|praten|chatten)\b",
        # "connect me to an agent", "put me through", "hand this over to a person"
        r"\b(?:connect|forward|pass|hand|put|route|redirect|switch) (?:me|this|us|it)\b"
        rf"(?: \w+){{0,2}} (?:to|with) (?:an? |the |your |some )?{_REAL}{_WHO}\b",
        rf"\b(?:hand|pass|forward|give) (?:this|my|the|our) (?:conversation|chat|case|issue|request|matter|problem|ticket)(?: over)? to (?:an? |the |your |some |one of your )?{_REAL}{_WHO}\b",
        r"\bput me through\b|\btransfer me\b",
        r"^\W*(?:please )?escalate(?: please| now)?\W*$|\bescalate (?:this|it|my (?:case|issue|ticket|problem|complaint))\b",
        # "agent please", "human!", "representative"
        r"^\W*(?:an? )?(?:real |live |actual )?(?:human|person|agent|operator|representative|rep|advisor"
        r"|manager|supervisor|customer (?:service|support))(?:\W+(?:please|pls|now|asap))*\W*$",
        r"\b(?:human|live agent|real person|actual person|representative)[\s,]+(?:please|pls|now)\b",
        r"[,.!;:] *(?:an? |real |live )*(?:human|agent|person|representative|operator|supervisor|manager)\W*(?:please|pls|now)?\W*$",
        r"\b(?:get|find|fetch|bring|give|send|put|pass) me (?:on to |to |through to |on )?(?:someone|somebody|one of your \w+)\b",
        r"\b(?:deal|dealing|communicate|communicating|be in contact|interact) with (?:an? |the )?(?:actual |real |live |proper |fellow )*(?:human(?: being)?|person)\b",
        # "I want a human", "get me a manager", "need an actual person to help"
        r"\b(?:want|need|like|get me|give me|prefer|require|demand|find me|send me)"
        rf"(?: to have| to get| to see)? (?:an? |the |your |some )?{_REAL}"
        r"(?:human(?: being)?|person|agent|operator|representative|rep|supervisor|manager)"
        r"(?: (?:to|who can) (?:help|call|talk|speak|look|deal|handle|answer|contact|assist)\b"
        r"|\W*(?:please|pls|now|instead|asap|here|right now)*\W*$)",
        r"\b(?:human|live|real|actual) (?:help|support|assistance|contact|chat)\b\W*(?:please|pls|now)*\W*$",
        # "have someone call me", "can a person contact me"
        r"\b(?:somebody|someone|a (?:real )?person|a human|an agent|a manager)(?: (?:from|at|on|in) [\w ]{2,30})?"
        r" (?:to |please )*(?:call|phone|ring|contact|e-?mail|get in touch with|get back to|reply to|help) me\b",
        r"\b(?:call|phone|ring) me(?: back| at| on)\b|^\W*(?:please )?call me\W*$",
        # "not a bot", "stop this bot"
        r"\bnot (?:with |to )?(?:an? |this )?(?:(?:ro|chat)?bot|machine|computer|robot|ai)\b|\bdon'?t want (?:to \w+ (?:to|with) )?(?:an? |this )?(?:(?:ro|chat)?bots?|machines?|computers?|robots?|an ai)\b|\binstead of (?:an? |this )?(?:chat|ro)?bot\b",
        r"\b(?:stop|no more|hate|useless|stupid|tired of) (?:this |these |the |your |talking to (?:this |a )?)*(?:chat|ro)?bots?\b",
        r"\bis (?:there )?(?:anybody|anyone|a human|a (?:real )?person|someone)(?: \w+)? (?:there|available|around"
        r"|i (?:can|could) (?:talk|speak|chat))\b",
    )
)
# Questions about contact and about people inside the product; an article may answer them.
_ABOUT = re.compile(
    r"^(?:(?:hi|hello|hey)\b[\s,!.]*)?(?:how (?:do|can|to|does|should|would|long|soon|fast|quickly|much|many)|where (?:do|can|is|are)"
    r"|when (?:do|can|is|are|does|will)|what|which|why|do (?:you|i|my)|are (?:there|you)|does)\b"
)
_PLAIN_WISH = re.compile(
    r"\b(?:talk|speak|chat|connect|transfer|put me|get)\b.*\b(?:human|real person|live person|live agent"
    r"|actual person|a person|an agent|representative|an operator|someone|somebody)\b"
)
_INSIDE_PRODUCT = re.compile(
    r"\b(?:my|our|another|new|each|every|multiple|more) (?:\w+ )?(?:agent|operator|manager|person|people|human|"
    r"representative|supervisor|employee|staff)s?\b|\b(?:agent|bot|chatbot)s? (?:bot|id|role|seat|permission|dashboard|setting)"
    r"|\b(?:my|our|visitors?|customers?|users?|clients?|they) (?:(?:to|can|could|should|want|wants|need|needs|wish|like|ask|asks) ){0,3}(?:talk|speak|chat)\b"
    r"|\bto (?:my|our) (?:team|account|workspace|site|organi[sz]ation)\b"
)


def wants_person(text: str) -> bool:
    """Whether the message asks to be put through to a person. A question about how support can
    be reached, or about people and agents inside the product, is not a wish."""
    text = mended(text)
    if not any(wish.search(text) for wish in _WISHES):
        return False
    if _INSIDE_PRODUCT.search(text):
        return False
    return not _ABOUT.search(text) or bool(_PLAIN_WISH.search(text))
