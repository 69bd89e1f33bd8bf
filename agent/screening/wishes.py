"""Whether a customer asks for a person, in any words."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

_WHO = (
    r"(?:human(?: being)?s?|people|persons?|somebody|someone|operators?|agents?|representatives?|reps?"
    r"|advis[eo]rs?|managers?|supervisors?|staff(?: members?)?|employees?|support (?:agent|person|rep|team)"
    r"|team members?|customer (?:service|support|care)|support|specialists?|consultants?)"
)
_REAL = r"(?:actual |real |live |human |living |another |different |proper )*"
_WISHES = tuple(
    re.compile(pattern)
    for pattern in (
        # "talk to a human", "speak with someone from support", "chat to a real person"
        r"\b(?:talk|speak|chat|spoke|talking|speaking|chatting)(?: directly)? (?:to|with) "
        rf"(?:an? |the |your |some |any |one of your )?{_REAL}{_WHO}\b(?! (?:id|name|seat|api|bot)s?\b)",
        # "connect me to an agent", "put me through", "hand this over to a person"
        r"\b(?:connect|forward|pass|hand|put|route|redirect|switch) (?:me|this|us|it)\b"
        rf"(?: \w+){{0,2}} (?:to|with) (?:an? |the |your |some )?{_REAL}{_WHO}\b",
        r"\bput me through\b|\btransfer me\b",
        r"\bescalate (?:this|it|my (?:case|issue|ticket|problem|complaint))\b",
        # "agent please", "human!", "representative"
        r"^\W*(?:an? )?(?:real |live |actual )?(?:human|person|agent|operator|representative|rep|advisor"
        r"|manager|supervisor|customer (?:service|support))(?:\W+(?:please|pls|now|asap))*\W*$",
        r"\b(?:human|live agent|real person|actual person|representative)[\s,]+(?:please|pls|now)\b",
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
        r"\bnot (?:with |to )?(?:an? |this )?(?:ro|chat)?bot\b|\bdon'?t want (?:to \w+ (?:to|with) )?(?:an? |this )?(?:ro|chat)?bots?\b|\binstead of (?:an? |this )?(?:chat|ro)?bot\b",
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
    r"|\b(?:my|our|visitors?|customers?|users?|clients?|they) (?:to|can|could|should)? ?(?:talk|speak|chat)\b"
    r"|\bto (?:my|our) (?:team|account|workspace|site|organi[sz]ation)\b"
)


def wants_person(text: str) -> bool:
    """Whether the message asks to be put through to a person. A question about how support can
    be reached, or about people and agents inside the product, is not a wish."""
    text = " ".join(text.lower().replace("’", "'").split())
    if not any(wish.search(text) for wish in _WISHES):
        return False
    if _INSIDE_PRODUCT.search(text):
        return False
    return not _ABOUT.search(text) or bool(_PLAIN_WISH.search(text))
