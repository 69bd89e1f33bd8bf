"""Customers in a situation that needs a person's care."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

from agent.screening.wording import mended

_RELATIVE = (
    r"(?:husband|wife|partner|spouse|fianc[eé]e?|boyfriend|girlfriend|mother|mom|mum|mummy|father|dad|daddy|parents?|son|daughter|child|kid|baby|brother|sister|sibling"
    r"|grand(?:mother|father|ma|pa|son|daughter|parents?|child)|grandad|granddad|gran|nan|nana|uncle|aunt|auntie|cousin|nephew|niece|best friend|friend|colleague|business partner"
    r"|(?:mother|father|sister|brother|son|daughter)[ -]in[ -]law)"
)
_EX = r"(?:ex(?:[ -](?:husband|wife|partner|boyfriend|girlfriend))?|husband|wife|partner|boyfriend|girlfriend|father|dad|stepdad|stepfather|stalker|abuser)"
_WHO = rf"(?:i|we|he|she|my {_RELATIVE}|our {_RELATIVE})"
_IS = r"(?:'m|'s|'ve|'re| am| is| are| was| were| have| has| had| got| been| just| recently| currently| still| now| both)*"
_BEREAVED = (
    rf"\b(?:my|our|his|her) (?:late |dear |beloved |elderly |poor )?{_RELATIVE}\b(?:,? \w+){{0,5}}? (?:died|passed|pass(?:ed)? away|is dead|was killed|isn'?t alive|is no longer (?:alive|with us))\b(?! (?:the|a|me|it|on to|his|her|their|my)\b)",
    rf"\b(?:my|our) late {_RELATIVE}\b|\b(?:death|funeral|loss|passing) of (?:my|our) {_RELATIVE}\b|\b(?:lost|buried|burying) (?:my|our) {_RELATIVE}\b(?!'s)(?! (?:account|password|login|phone|card|key|code|invite)s?)",
    rf"\b(?:my|our) {_RELATIVE}(?:'s|s'?) (?:death|funeral|passing|estate)\b|\bdeath in the family\b(?! (?:tree|group|plan|account))|\bpassed away\b(?! (?:too|so|the|my|some|much))|\bbereave(?:d|ment)\b|\bi(?:'m| am| was)?(?: \w+)? (?:an? )?widow(?:ed|er)?\b|\b(?:still|i'm|i am|we're|we are) grieving\b",
    r"\b(?:i'?m|i am|as|we'?re) (?:the |an )?executor(?:s)?\b|\bestate of (?:my|the late)\b",
)
_MINOR = (
    r"\bi(?:'m| am) (?:only |just )?(?:[6-9]|1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)(?: and a half)? ?(?:years?[ -]old|yrs?[ -]old|y/?o\b|years? of age)",
    r"\bi(?:'m| am) (?:only|just) (?:[6-9]|1[0-7])(?=\W*$|[.,!;]| and| so| but)|\bi(?:'m| am) (?:[8-9]|1[0-7])(?:[.,!;]? (?:and|so|but)(?: \w+){0,3} (?:i|my|me)\b)",
    r"\bi(?:'m| am) (?:still )?(?:a minor|underage|under (?:18|eighteen|age))\b|\bi am a (?:child|kid)\b",
    r"\bmy (?:little |young |underage )?(?:son|daughter|child|kid|grandson|granddaughter|nephew|niece|boy|girl|toddler|teenager|teen|(?:\w+ )?(?:\d+|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)[ -]year[ -]old(?: \w+)?)\b(?: \w+){0,3} (?:bought|purchased|spent|ordered|subscribed|used my (?:card|credit card|phone|account)|signed up|made (?:a |some |these )?purchases?|charged)\b",
)
_ILL = (
    rf"\b{_WHO}{_IS} (?:\w+ ){{0,3}}(?:diagnosed with|battling|fighting|suffering from|dying of|treated for|being treated|having treatment for|living with|recovering from)\b(?! (?:the |a |an )?(?:bug|issue|problem|outage|update|migration|error))",
    rf"\b{_WHO}{_IS} (?:\w+ )?(?:cancer|leuk(?:a)?emia|dementia|alzheimer'?s|parkinson'?s|a brain tumou?r|a tumou?r|a (?:massive |minor |bad |recent )?stroke|a (?:massive |minor |bad |recent )?heart attack|a miscarriage|a nervous breakdown|a mental breakdown|severe (?:depression|anxiety)|bipolar disorder|ptsd|epilepsy|a (?:\w+ )?disability|chemo(?:therapy)?|long covid|terminally ill|seriously ill|critically ill|gravely ill|very ill|really ill|too ill|seriously sick|very sick|bedridden|housebound|hospitali[sz]ed|paraly[sz]ed|in a coma|in intensive care|in (?:the )?icu)\b(?! (?:research|center|centre|clinic|charity|app|organisation|organization|width|colou?r))",
    r"\b(?:i'?m|i am|i was|i'?ve been|we'?re|he'?s|she'?s|he is|she is|is|was|been|rushed|taken|admitted|brought|back)(?: \w+)? (?:in|into|to) (?:the |a )?hospital\b(?! (?:group|network|team|account|setting|admin|plan|it)\b)",
    r"\b(?:having|had|after|undergo\w*|recovering from|scheduled for|facing|due for) (?:\w+ ){0,2}(?:surgery|chemo(?:therapy)?|radiotherapy|dialysis)\b|\bterminal (?:illness|cancer|diagnosis)\b",
    r"\bmy (?:\w+ )?(?:depression|illness|disability|dementia|cancer|anxiety disorder|mental health|mental illness|chemo(?:therapy)?|panic attacks?)\b|\b(?:i have|i'?m having|having|get) panic attacks\b",
    rf"\b{_WHO}{_IS} (?:dying|in (?:a |the )?hospice|in palliative care|on life support)\b(?! to )|\bi(?:'m| am) (?:7\d|8\d|9\d)(?: years? old)?(?=\W*$|[.,!;]| and| so| but)|\bi(?:'m| am) (?:7\d|8\d|9\d) years? old\b|\bi(?:'m| am) a refugee\b",
    r"\bi'?m (?:blind|deaf|disabled and|registered disabled|severely disabled|partially sighted|a wheelchair user|visually impaired|an? (?:old age )?pensioner)\b|\bi am (?:blind|deaf|disabled and|registered disabled|partially sighted|visually impaired|a wheelchair user)\b",
)
_POOR = (
    r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|struggl(?:e|ing) to|not able to|no longer) (?:even )?afford (?:to (?:eat|live|heat|feed|pay (?:my|the|our|for food))|food|(?:my |our |the )?(?:rent|mortgage|heating|groceries|bills?|medication|medicine|electricity))\b|\bstruggl(?:e|ing) (?:to pay (?:my|our|the) (?:bills?|rent|mortgage)|financially|to make ends meet)\b",
    r"\b(?:i|we|he|she|husband|wife|partner|mother|mum|mom|father|dad)(?:'ve|'m| have| has| had| am| is| just| recently|'s)* (?:lost|losing) (?:my|his|her|our) jobs?\b(?! (?:post|listing|title|ad|alert|application|data|history|queue|run|id|search|board)s?)|\bi(?:'ve| have)?(?: just| recently)? (?:was|got|been|am)(?: just| recently)? (?:laid off|made redundant|fired|sacked)\b|\bi(?:'m| am)(?: currently| now)? (?:unemployed|out of work|on benefits|on welfare|on disability|jobless|homeless)\b",
    r"\bi(?:'m| am)(?: \w+)? (?:bankrupt|broke|penniless|destitute|in (?:a lot of |so much |serious |huge )?debt)\b|\bi(?:'m| am)? (?:filing|filed|file) for bankruptcy\b|\b(?:financial|money) (?:hardship|difficult(?:y|ies)|troubles?|crisis|problems)\b|\b(?:bailiffs?|debt collectors?)\b.{0,30}\b(?:me|my|us|door|at)\b",
    r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|won'?t be able to|not able to|struggling to) (?:even )?(?:pay|make|cover) (?:my |our |the )?(?:rent|mortgage|heating|electricity|food|groceries|medication)\b",
    r"\b(?:being|getting|got|been|be|facing) evict(?:ed|ion)\b|\bbehind (?:on|with) (?:my|our|the) (?:rent|bills|mortgage|payments)\b|\bfood ?banks?\b|\b(?:no|not enough) money (?:left )?(?:for|to (?:buy|pay)) (?:food|rent|eat|bills|groceries|my|the)\b|\bfeed my (?:kids|children|family|baby)\b|\bgoing hungry\b|\b(?:los(?:e|ing)|lost) (?:my|our) (?:home|house|flat|apartment)\b(?! (?:page|screen|key|assistant|hub|button|setting|automation|network|number|wifi|alarm)s?)",
)
_ABUSED = (
    rf"\bdomestic (?:violence|abuse)\b|\brestraining order\b|\bwomen'?s (?:refuge|shelter)\b|\b(?:abusive|violent|controlling|dangerous) {_EX}\b|\babusive (?:relationship|marriage|home)\b",
    rf"\bmy {_EX}(?: \w+){{0,3}} (?:hits?|beats?|beat|threatens?|threatened|abuses?|abused|stalks?|stalking|hurts?|tracks?|tracking|spying|spies|follows|following|harass(?:es|ing)|controls?|watching|monitoring|attacked)\b",
    rf"\bmy {_EX} (?:is|was|has been|gets|got|became|can be) (?:\w+ )?(?:abusive|violent|aggressive towards me|dangerous|stalking me|controlling)\b",
    r"\b(?:i'?m|i am) being (?:stalked|abused|followed|harassed|blackmailed|trafficked)\b|\b(?:being|am|been) stalked\b|\b(?:afraid|scared|terrified|frightened) of (?:my|him|her)\b|\b(?:he|she) (?:will|'ll|can|could|might|must not|mustn'?t|can'?t)(?: \w+)? (?:find (?:me|us|out where)|track (?:me|us))\b|\b(?:fled|fleeing|escap(?:e|ed|ing)|hiding) from (?:my|him|her|an? abus)",
)
_OVERWHELMED = (
    r"\b(?:i|we)(?: \w+)?(?:'m| am| are)?(?: just| really| simply)? (?:can'?t|cannot|can not|struggling to|unable to|not able to|not) cop(?:e|ing)\b(?! with (?:the |this |all the |so many |these )*(?:volume|load|traffic|number|amount|tickets|demand|e-?mails|requests|messages|data))",
    r"\bi (?:just |really |honestly )*(?:can'?t|cannot) (?:go on|take (?:it|this|much more)(?: any ?more)?(?= \W|\W*$|[.,!])|do this any ?more|handle (?:this|it|life) any ?more|carry on like this)\b",
    r"\bi(?:'m| am)(?: \w+)? (?:in tears|crying|sobbing|falling apart|having a breakdown|at breaking point|at the end of my rope|not okay|so alone|desperate)\b(?! to (?:try|use|get|upgrade|see|find)| for (?:a|the|this|an))|\bi don'?t know (?:what to do|how to go on) any ?more\b|\beverything is too much\b|\bmy life is (?:falling apart|over)\b",
)
_DISTRESS = {
    "bereavement": re.compile("|".join(_BEREAVED)),
    "minor": re.compile("|".join(_MINOR)),
    "illness": re.compile("|".join(_ILL)),
    "hardship": re.compile("|".join(_POOR)),
    "abuse": re.compile("|".join(_ABUSED)),
    "overwhelmed": re.compile("|".join(_OVERWHELMED)),
}


def distress(text: str) -> str | None:
    """What situation the customer tells of: bereavement, minor, illness, hardship, abuse or
    overwhelmed; None when it is none of them."""
    text = mended(text)
    return next((kind for kind, pattern in _DISTRESS.items() if pattern.search(text)), None)
