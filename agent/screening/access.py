"""Whether a request needs somebody who can look into the customer's account."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

_OBJECT = r"(?:order|package|parcel|delivery|shipment|refund|payment|ticket|return|claim|case|invoice|booking)"
_ACT = (
    r"(?:cancel|close|delete|deactivate|reactivate|unlock|unblock|reset|restore|upgrade|downgrade|change|update"
    r"|extend|pause|resume|merge|remove|transfer|verify|approve|increase|raise|waive|correct|fix|refund|check|look up"
    r"|look at|look into|send|resend|reship|replace|swap|move|switch|add|apply|stop)"
)
# These need an account, however they are asked: they name one case, or money already taken.
_ONE_CASE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_OBJECT}(?: (?:number|no\.?|id|nr\.?|reference|with))*\s*[:#]?\s*#?\s*[a-z]{{0,4}}-?\d[\d-]{{3,}}\b",
        r"(?<!\S)#[a-z]{0,3}-?\d{4,}\b",
        r"\b(?:account|reference|transaction|tracking|customer)(?: (?:number|no\.?|id))+\s*(?:is)?\s*[:#]?\s*[a-z]{0,4}-?\d{4,}\b",
        rf"\bwhere(?:'s| is| are) (?:my|our) (?:\w+ )?{_OBJECT}\b",
        rf"\bwhat(?:'s| is) (?:the (?:status|state) of (?:my|our)|happening with (?:my|our)|going on with (?:my|our)) (?:\w+ )?{_OBJECT}\b",
        r"\b(?:my|our) (?:order|package|parcel|delivery|shipment|refund)\b.{0,40}\b(?:hasn'?t|has not|haven'?t|never|still not|not yet|isn'?t here|didn'?t|is (?:late|missing|lost))\b(?! (?:show|load|sync|open))",
        rf"\b(?:has|have|was|were|is|are|did|when will|will) (?:my|our) (?:\w+ ){{0,2}}?(?:{_OBJECT}|application|request|complaint|exchange|replacement|repair)\b.{{0,30}}?\b(?:be |been |get |gotten )?(?:approved|processed|shipped|dispatched|sent out|received|accepted|cancell?ed|refunded|resolved|delivered|reviewed|denied|rejected|go through|gone through|arrived?|come|decided)\b",
        r"\bwhy (?:was|were|am|did|have|has|is|are) (?:i|we|you|my card|my account)\b(?: been| being| just| keep)* ?(?:charged?|bill(?:ed)?|debited?|overcharged|suspended|banned|blocked)\b",
        r"\b(?:i|we|my card|my account)(?:'ve|'m| was| were| have| has| got| am)?(?: been| being| still| just)* (?:double[- ]charged|overcharged|charged (?:twice|double|again|two times|three times|wrong|\W?\d)|billed (?:twice|again))",
        r"\b(?:charged|billed|debited) (?:me |us |my card )(?:\w+ )?(?:twice|two times|double|again|wrongly|incorrectly|for)\b",
        r"\byou (?:charged|billed|took|debited|overcharged|owe)\b",
        r"\b(?:unauthori[sz]ed|unknown|unrecogni[sz]ed|fraudulent|duplicate) (?:charge|payment|transaction)s? (?:on|from|to) my\b",
        r"\b(?:what|when|which|how much)(?:'s| is| are| does| do)? (?:my|our) (?:current |next |last |remaining |outstanding |account )*(?:balance|bill|credits left|renewal date|password|due date|invoice total|order total)\b",
        r"\bhow (?:much|many)\b.{0,40}\bdo (?:i|we) (?:still )?(?:owe|have left|have remaining)\b",
        r"\bhow (?:much|many)\b.{0,30}\b(?:is|are|do (?:i|we) have) (?:left|remaining)\b.{0,25}\b(?:my|our)\b",
        r"\b(?:which|what) (?:plan|tier|subscription) (?:am i|are we|i am|i'm|we are|is my account|is our account) on\b",
    )
)
# These ask us to act; a question about how to do it is for the articles.
_DELEGATED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:please|pls|can you|could you|will you|would you|want you to|need you to|like you to|you need to|you must)"
        rf" (?:please |pls |just |kindly |go ahead and |quickly )*{_ACT} (?:\w+ ){{0,3}}?(?:my|our|me)\b",
        rf"\b{_ACT}\b.{{1,80}}\bfor me\b",
        rf"\b{_ACT}\b.{{1,60}}\b(?:my|our)\b.{{0,60}}\b(?:please|pls|asap|immediately|right now)\W*$",
        rf"\b{_ACT} (?:the |my |our )?.{{0,40}}\bon (?:my|our|an?|this) (?:current |last |latest )?order\b(?!\w)",
        r"\b(?:refund|reimburse|compensate) (?:me|us|my|our)\b|\bgive (?:me|us) (?:my|our|a)\b.{0,20}\b(?:money|refund)\b",
        r"\b(?:i|we)(?:'d| would)? (?:want|need|demand|like|request|am requesting)(?: to (?:get|have|request))? (?:an? |my |our )?(?:full |partial |immediate )?(?:refund|money back|reimbursement)\b",
        r"\b(?:unlock|unblock|unsuspend|reinstate|unban) (?:my|our) account\b",
        r"\b(?:my|our) (?:\w+ )?account (?:is|was|has been|got|is being|just got|seems to be) (?:\w+ )?(?:suspended|locked|blocked|banned|deactivated|frozen|restricted|hacked|terminated)\b",
    )
)
_HOW = re.compile(
    r"\b(?:how (?:do|can|could|would|should|to|does|long|soon)|where (?:do|can|could|should|would)|what (?:happens|if|do i|should i|are the|is the process|is your)"
    r"|can i|could i|may i|am i able|is it possible|is there a way|do i|what'?s the (?:process|way|best)|steps to|instructions|way to"
    r"|(?:tell|show|teach) me|explain|(?:help|assist) me (?:understand|find)|when (?:do|can|does|will))\b"
)
_HELP_ME = re.compile(
    r"\b(?:can|could|will|would) you (?:please )?(?:help|assist|guide|walk|explain|tell|show|teach|point|give)\b"
)


def needs_account(text: str) -> bool:
    """Whether the message names one case of the customer's own, or asks us to act in the
    account. "How do I cancel my subscription?" does neither."""
    text = " ".join(text.lower().replace("’", "'").split())
    if any(case.search(text) for case in _ONE_CASE):
        return True
    if _HOW.search(text) or _HELP_ME.search(text):
        return False
    return any(act.search(text) for act in _DELEGATED)
