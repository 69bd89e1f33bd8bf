"""Payments that the customer contests."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

from agent.screening.wording import mended

_CHARGE = r"(?:charges?|payments?|transactions?|purchases?|debits?|withdrawals?|orders?|subscriptions?|bill|deductions?)"
_MONEY = r"(?:[$€£¥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$€£¥]|usd|eur|gbp|dollars?|euros?|pounds?|bucks))"
_TWICE = r"(?:twice|double|two times|three times|thrice|again|multiple times|several times|2x|3x|\d times|a second time)"
_DISPUTE = re.compile(
    "|".join(
        (
            r"\b(?:fil(?:e|ed|ing)|start(?:ed|ing)?|rais(?:e|ed|ing)|open(?:ed|ing)?|initiat(?:e|ed|ing)|do(?:ing)?|request(?:ed|ing)?|issu(?:e|ed|ing)|mak(?:e|ing)|put(?:ting)? in|ask(?:ed|ing)? (?:my bank )?for|get(?:ting)?|go(?:ing)? for|submit(?:ted|ting)?)\b(?: \w+){0,3} charge ?backs?\b",
            r"\b(?:i'?ll|i will|i'?m going to|gonna|i have to|i want to|we will|i'?m) (?:just )?charge ?back\b",
            rf"\b(?:disput(?:e|ed|ing)|contest(?:ed|ing)?|revers(?:e|ed|ing)|revok(?:e|ed|ing)) (?:this|the|that|your|these|those|all|a|an|my last|it)(?: \w+){{0,2}}(?: {_CHARGE}(?! of\b)| with (?:my|our|the) (?:bank|card|credit card|paypal))\b",
            r"\b(?:disput(?:e|ed|ing)|contest(?:ed|ing)?|report(?:ed|ing)?) (?:\w+ ){0,3}(?:with|to) (?:my|our) (?:bank|card (?:issuer|company|provider)|credit card(?: company)?|paypal)\b",
            r"\b(?:opened|filed|raised|started|open|file|raise|start|opening|filing) an? (?:\w+ )?dispute (?:with|at|through|via|against) (?:my|our|the|paypal|visa|mastercard|amex|stripe|klarna|you)\b",
            rf"\b(?:unauthori[sz]ed|fraudulent|unrecogni[sz]ed|unexplained|suspicious|unknown|mysterious|bogus|erroneous|duplicate|double|extra|random|illegal|incorrect|wrong) (?:\w+ )?{_CHARGE}\b.{{0,40}}\b(?:my|me|us|our|i)\b",
            rf"\b(?:see|saw|found|notic(?:e|ed|ing)|there'?s|there is|there are|got|have|had|discovered|spotted|i'?m seeing|were|was)(?: \w+){{0,2}} (?:an? |two |three |some |these |several |2 |3 )*(?:unauthori[sz]ed|fraudulent|unrecogni[sz]ed|unexplained|suspicious|unknown|mysterious|bogus|duplicate|double|extra|identical)(?: \w+)? {_CHARGE}\b",
            rf"\b(?:i|we|nobody(?: here)?) (?:have |had |'ve )?(?:did not|didn'?t|never|not|haven'?t|hadn'?t)(?: \w+)? (?:authori[sz]ed?|approved?|consent(?:ed)?(?: to)?|agreed?(?: to)?|allow(?:ed)?|give[n]? permission for|permit(?:ted)?)(?: \w+){{0,4}} {_CHARGE}\b",
            rf"\b(?:i|we) (?:did not|didn'?t|never) (?:make|made|order(?:ed)?|place|buy|bought|purchased?|request(?:ed)?|sign(?:ed)? up for|subscribe(?:d)? to|start(?:ed)?) (?:this|that|these|those|any of (?:this|these)|any such) (?:\w+ )?{_CHARGE}\b",
            rf"\b(?:don'?t|do not|didn'?t|can'?t|cannot|not) recogni[sz]e (?:\w+ ){{0,3}}{_CHARGE}\b|\b{_CHARGE}(?: \w+){{0,6}} (?:i|we) (?:don'?t|do not|didn'?t|did not|never|can'?t) (?:recogni[sz]e|authori[sz]ed?|approved?|agreed?|ma[kd]e|remember|order(?:ed)?)\b",
            rf"\b(?:was|were|been|got|being|have|has|had|'ve|keep|keeps|getting|i'?m|you|they|just) (?:\w+ )?(?:charg(?:ed|ing)|bill(?:ed|ing)|debit(?:ed|ing)|deducted)\b(?: \w+){{0,5}} {_TWICE}\b(?! (?:a|per|every|each) (?:week|month|year|day)\b)",
            rf"\b(?:charged|billed|debited|deducted|taken|took)(?: from)? (?:me|us|my (?:\w+ )?(?:card|account|bank|paypal))\b(?: \w+){{0,5}} {_TWICE}\b|\bpaid twice\b(?= (?:for|on|by|because|and|in|due)|\W*$)|\b(?:i|we|was|were|been|got|have|has|me|being) (?:\w+ )?(?:double|over)[ -]?(?:charged|billed)\b|\byou(?:'ve| have)? (?:\w+ )?(?:double|over)[ -]?(?:charged|billed)\b|\b(?:charged|billed) (?:me |us )?double\b",
            rf"\b(?:charg(?:ed|ing)|bill(?:ed|ing)|debit(?:ed|ing)|took|taken|taking|deducted)(?: (?:me|us|my (?:\w+ )?(?:card|account)))?(?: {_MONEY})?(?: \w+){{0,4}} (?:even though|although|despite|after|without)(?: \w+){{0,4}} (?:cancel\w*|permission|consent|authori[sz]\w+|asking|approval|trial|closed|deleted|stopped|my knowledge)\b",
            r"\b(?:still|keep|keeps|continue|continues)(?: \w+)? (?:charg(?:ing|e|ed)|bill(?:ing|ed)|tak(?:e|ing) money|debit(?:ing)?)\b.{0,40}\b(?:me|my|us|our)\b|\bstill (?:being|getting) (?:charged|billed)\b(?! (?:at|the) )",
            rf"\b(?:charged|billed|debited|took|taken|deducted)(?: me| us| my card| from my (?:card|account))?(?: {_MONEY}| money)? (?:for )?(?:something|nothing|a (?:plan|subscription|product|service|thing)|things|services?|items?) (?:that )?i (?:didn'?t|did not|never|don'?t|haven'?t|do not)\b",
            rf"\b(?:took|taken|stole|stolen|withdrew|withdrawn|deducted|grabbed|takes)\b(?: \w+){{0,3}} (?:money|{_MONEY}|funds|cash)(?: \w+){{0,3}} (?:my|our) (?:\w+ )?(?:account|card|bank|paypal|wallet)\b|\b(?:stole|stolen|stealing|steal|robbed)(?: \w+){{0,2}} (?:my|our) money\b",
            r"\b(?:my|our) (?!report\b)(?:\w+ )?(?:card|credit card|debit card|bank account|paypal)(?: details| number| info)? (?:was|has been|were|have been|got|is being|is|had been) (?:\w+ )?(?:stolen|used (?:without|by|fraud\w*|for)|cloned|hacked|compromised|charged by)\b|\bstolen (?:credit |debit )?card\b.{0,30}\b(?:used|charge|pay|bought|order)",
            r"\b(?:someone|somebody|a stranger|fraudsters?|scammers?|hackers?|a thief|thieves|an unknown person)(?: else)? (?:has |is |was |have |are |had )?(?:been )?(?:used|using|uses|stole|stolen|charged|got hold of|took) (?:my|our) (?:\w+ )?(?:card|credit card|debit card|bank|paypal|payment|money)\b",
            rf"\b(?:fraud|scam|theft|scammed|defrauded|ripped off)\b.{{0,60}}\b(?:my (?:\w+ )?(?:card|bank|money|account)|charged?|{_CHARGE}|refund|money back)\b|\b(?:charged?|{_CHARGE}|my money)\b.{{0,60}}\b(?:is|was|are|this is|that'?s|it'?s|looks like) (?:\w+ )?(?:fraud(?:ulent)?|a scam|theft|robbery)\b",
            rf"\b(?:took|taken|withdrew|withdrawn|collected|deducted)\b(?: \w+){{0,3}} (?:money|payment|amount|fee|{_MONEY}).{{0,30}}\b{_TWICE}\b",
            r"\bwhy (?:did|have|are) you (?:\w+ )?(?:take|taking|taken|charge|charging|charged|bill|billing|billed|debit\w*|withdraw\w*|deduct\w*)\b.{0,40}\b(?:from my|my|me|again|twice)\b",
            r"\b(?:never|didn'?t|did not|haven'?t)(?: \w+){0,3} (?:bought|buy|ordered?|purchased?|subscribed?|signed up)\b.{0,60}\b(?:charged|billed|debited|took|taken)\b",
            r"\b(?:i|we)(?:'ve| have| had)? (?:already )?cancel?led\b.{0,60}\b(?:charged|charging|billed|billing|debited|took|taken)\b|\b(?:charged|billed|charging|billing)\b.{0,40}\b(?:i|we)(?:'ve| have| had)? (?:\w+ )?cancel?led\b",
            r"\bwhy (?:was|were|am|did|have|has|is|are) (?:i|we|my card|you)\b(?: been| being| just| keep| still)* ?(?:charg(?:ed?|ing)|bill(?:ed|ing)?|debit(?:ed|ing)?)\b(?: me| us| my card)?.{0,30}\b(?:twice|double|again|after i cancel\w*|extra|two times)\b",
        )
    )
)
# Questions about what would happen, and merchants who speak of their own customers.
_HYPOTHETICAL = re.compile(
    r"\b(?:will|would|won'?t|could|can|might|does|do|should|if|when|shall) (?:i|we|my card|it|they|users?|customers?|someone|you|anyone|people|that)\b(?: \w+){0,3} (?:be |get |being )?(?:charged?|billed?|debit(?:ed)?|double[ -]charged)\b"
    r"|^(?:(?:hi|hello|hey)\b[\s,!.]*)?(?:how|where|what|which|who|when) (?:do|does|can|could|should|is|are|to|would|will|happens|if)\b"
)
_MERCHANT = re.compile(
    r"\b(?:(?:my|our|a|the|your|some|one|his|her) (?:customers?|clients?|buyers?|shoppers?|guests?|visitors?|users?|subscribers?|members?)|customers|clients|buyers|shoppers|cardholders?|merchants?)\b"
)


def contests_payment(text: str) -> bool:
    """Whether the customer contests a payment of their own: a chargeback, a charge that was not
    authorised, one that came twice or went on, or fraud. A question about what would be charged,
    or about their own customers' disputes, does not."""
    text = mended(text)
    found = _DISPUTE.search(text)
    if not found or _MERCHANT.search(text):
        return False
    return not _HYPOTHETICAL.search(text[: found.end()])
