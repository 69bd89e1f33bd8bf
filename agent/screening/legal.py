"""Lawyers, courts, regulators and requests under data protection law."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

from agent.screening.wording import mended

_LAWYER = r"(?:lawyers?|attorneys?|solicitors?|barristers?|legal (?:team|counsel|department|representatives?|advis[eo]rs?))"
_BODY = (
    r"(?:ombudsman|regulators?|trading standards|consumer (?:protection|rights|affairs|council|watchdog|agency)|watchdog|bbb|better business bureau"
    r"|ftc|fca|ico|cfpb|fcc|accc|bafin|cnil|verbraucherzentrale|attorney general|data protection (?:authority|commission(?:er)?|agency)"
    r"|information commissioner|authorities|advertising standards|citizens advice|supervisory authority|police)"
)
_LAW = r"(?:gdpr|uk gdpr|ccpa|cpra|dsgvo|lgpd|data protection (?:act|law|regulation)s?|privacy (?:act|law)s?|art(?:icle|\.)? ?1[5-7])"
_LEGAL = re.compile(
    "|".join(
        (
            rf"\b(?:my|our|an?) {_LAWYER}(?: \w+)? (?:will|'ll|is going to|is|are|has|have|says?|said|advised?|told|thinks?|would|wants?|already)\b(?! (?:a|an|one|on|in|not able|unable|using|logged|added|invited|locked)\b)",
            rf"\b(?:hear(?:ing)? from|contact(?:ed|ing)?|consult(?:ed|ing)?|speak(?:ing)? (?:to|with)|spoken? (?:to|with)|talk(?:ed|ing)? (?:to|with)|instruct(?:ed|ing)?|call(?:ed|ing)?|get(?:ting)?|hir(?:e|ed|ing)|involv(?:e|ed|ing)|see(?:ing)?|engag(?:e|ed|ing)|bring(?:ing)? in|ask(?:ed|ing)?|pass(?:ed|ing)? (?:this|it|everything) to|hand(?:ed|ing)? (?:this|it|everything) (?:over )?to|forward(?:ed|ing)? (?:this|it|everything) to|take (?:this|it) to|taking (?:this|it) to) (?:an? |my |our |the )?{_LAWYER}\b",
            rf"\b{_LAWYER} (?:letter|up)\b|\b(?:letter|call|mail|e-?mail|word|notice|message) from (?:my|our|an?) {_LAWYER}\b",
            r"\bmy (?:lawyer|attorney|solicitor|barrister)s?\b(?! (?:needs?|uses?|can'?t|cannot|is (?:on|in|one|not able|using)|account|user|wants? (?:to|access)|logs?|gets?|doesn'?t))",
            r"\b(?:this|that|what you(?:'re| are) doing) is (?:\w+ )?(?:illegal|against the law|unlawful|a crime|criminal)\b",
            r"\b(?:under|by) (?:the )?(?:consumer (?:rights|law|protection)|uk|eu|german|australian|local|state|federal)[\w ]{0,20}(?:law|act|regulations?|rights)\b.{0,60}\b(?:i'?m entitled|i am entitled|i have (?:a|the) right|you (?:must|have to|are obliged)|my rights?)\b",
            r"\b(?:sue|suing|sued) (?:you|your|the (?:company|lot)|this company|them|everyone)\b|\b(?:i'?ll|i will|we'?ll|we will|going to|gonna|i can|could) sue\b",
            r"\b(?:take|taking|taken|consider(?:ing)?|start(?:ing)?|begin(?:ning)?|threaten(?:ing)?|pursu(?:e|ing)|face|seek(?:ing)?|initiat(?:e|ing)|forced? to|resort to|prepare|preparing) (?:\w+ )?legal (?:action|proceedings|steps|measures|advice|remed(?:y|ies))\b|\blegal action (?:will|is|against)\b",
            r"\b(?:take|taking|drag|see|seeing|meet) (?:you|each other|one another) (?:all )?(?:to|in|through) (?:the )?(?:small claims )?courts?\b|\b(?:go|going|take (?:this|it)|taking (?:this|it)) to (?:the )?(?:small claims )?(?:court|tribunal)\b",
            r"\b(?:bring|take|put)(?:ing)? (?:this|it|you|the (?:case|matter)) (?:before|to|in front of) (?:the |a |an )?(?:\w+ )?(?:tribunal|court|judge|arbitrat\w+)\b",
            r"\bsmall claims\b|\b(?:fil(?:e|ing|ed)|bring(?:ing)?|start(?:ing)?|join(?:ing)?|preparing) (?:an? )?(?:law ?suit|class action|court case|court claim|legal claim)\b|\bclass action\b.{0,20}\b(?:you|your)\b",
            r"\b(?:press|pressing|file|filing) (?:\w+ )?charges\b(?! (?:on|to|for) (?:my|the) (?:card|account))|\bcease and desist\b|\bletter before (?:action|claim)\b|\bbreach of contract\b|\b(?:i|we) have a (?:subpoena|court order|warrant)\b|\b(?:served|serving) you with\b",
            rf"\b(?:report(?:ed|ing)?|complain(?:ed|ing|t)?|refer(?:red|ring)?|escalat(?:e|ed|ing)|tak(?:e|ing)|go(?:ing)?|contact(?:ed|ing)?|writ(?:e|ing|ten)|inform(?:ed|ing)?|notify(?:ing)?|fil(?:e|ed|ing)|call(?:ed|ing)?|submit(?:ted|ting)?|hear(?:ing)? from|involv(?:e|ing)|rais(?:e|ed|ing))\b.{{0,45}}\b(?:the |to )?{_BODY}\b",
            r"\b(?:i|we) (?:hereby |formally |would like to |want to |wish to |am |'m |are )*(?:request(?:ing)?|submit(?:ting)?|mak(?:e|ing)|exercis(?:e|ing)|invok(?:e|ing)|demand(?:ing)?|fil(?:e|ing)|send(?:ing)?)\b.{0,60}\b(?:right (?:to|of) (?:erasure|be forgotten|access|data portability|rectification|object)|(?:data )?subject access request|data subject request|dsar)\b",
            r"\b(?:this is|here is|consider this|treat this as|please (?:treat|accept) this as|formal|attached is) (?:an? |my |our )?(?:formal |official )?(?:(?:data )?subject access request|data subject request|dsar|gdpr request|(?:data )?erasure request|notice of (?:legal|intended) )",
            rf"\b(?:request|demand|require|insist|ask|please|want|must|obliged|violat\w+|breach\w*|infring\w+|exercis\w+|rights?|entitled)\b.{{0,90}}\b(?:under|of|with|by|per|to|pursuant to|according to|in line with|your)\b(?: the| my)? {_LAW}\b",
            rf"\b(?:under|pursuant to|according to|in accordance with|as per|per)(?: the)? {_LAW}\b.{{0,60}}\b(?:i|we|you must|please|delete|erase|send|provide|my right)\b",
            r"\b(?:delete|erase|remove|wipe) (?:all |any |every(?:thing)? )?(?:of )?(?:the |my |our )?(?:personal )?(?:data|information|records|details|everything)(?: that)? you (?:hold|have|store|stored|keep|collected|process)\b(?:.{0,20}\b(?:me|us)\b)?",
            r"\b(?:copy|all|disclose|disclosure|list) (?:of )?(?:all |any |every )?(?:of )?(?:the |my )?(?:personal )?(?:data|information|records)(?: that)? you (?:hold|have|store|stored|keep|collected|process)(?:ed)? (?:on|about|of|regarding) (?:me|us)\b",
        )
    )
)
# Questions about the law and the product, and people of these trades who use it.
_ABOUT = re.compile(
    r"^(?:(?:hi|hello|hey)\b[\s,!.]*)?(?:how|where|what|which|who|is|are|do|does|can|could|should|when|why|will)\b"
)
_FIRM = re.compile(
    r"\b(?:of|from|about|between|by) (?:my|our|a) (?:customers?|clients?|users?|visitors?|patients?|students?|subscribers?|contacts?)\b"
    r"|\b(?:customer|client|user|visitor|patient|subscriber|contact)s?(?:'s)? (?:has |have |wants? |asks? |asked |sent |made |submitted |filed |requests? |requested )"
    r"|\b(?:i'?m|we'?re|i am|we are|as) an? (?:law|legal|solicitor|lawyer|attorney|barrister|regulator)\w*\b"
    r"|\b(?:add|invite|share|give|grant|upload|export|user|seat|role|plan|template|folder|tag|label|field|category|contacts?) (?:\w+ ){0,4}(?:lawyer|attorney|solicitor|legal|police|court)"
)


def is_legal(text: str) -> bool:
    """Whether the message brings in lawyers, a court, a regulator, or is a request under data
    protection law. A question about the law, or about how the product keeps it, does not."""
    text = mended(text)
    found = _LEGAL.search(text)
    if not found or _FIRM.search(text):
        return False
    return not _ABOUT.search(text) or bool(
        re.search(r"[.!?] |\b(?:or|before|otherwise) (?:i|we)", text[: found.end()])
    )
