"""Danger to life and health, and threats: these go to a person at once."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from enum import StrEnum

from agent.screening.wording import mended


class Danger(StrEnum):
    """What somebody is in danger of."""

    SELF_HARM = "self-harm"
    HAZARD = "hazard"


_WANT = r"(?:want(?:ed|ing)?(?: to)?|wanna|going to|gonna|thinking (?:about|of)|about to|feel like|will|'ll|might|could|should|plan(?:ning)? (?:to|on)|trying to|tried to|tempted to|urge to)"
_SELF_HARM = re.compile(
    "|".join(
        (
            r"\b(?:kill(?:ing)?|hang(?:ing)?|shoot(?:ing)?|harm(?:ing)?|drown(?:ing)?) (?:myself|my self)\b(?! laughing)",
            rf"\b{_WANT} (?:just |really |to )*(?:hurt|cut)(?:ting)? (?:myself|my self)\b",
            r"\b(?:been|started|keep|am|i'm) (?:hurting|cutting) (?:myself|my self)\b",
            r"\b(?:i|he|she|friend|son|daughter|husband|wife|partner|brother|sister|mother|father|mum|mom|dad|they)(?:'s|'m|'ve| is| am| feels?| feeling| been| has| have| are| was| might be| may be| sounds?| seems?)* (?:\w+ ){0,2}suicidal\b",
            r"\b(?:kill(?:ed|ing)?|hang(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cutting) (?:herself|himself|themsel(?:ves|f))\b(?! laughing| (?:on|with|while|when|by|opening)\b)",
            r"\b(?:commit(?:ting)?|attempt(?:ed|ing)?|thoughts? (?:of|about)|think(?:ing)? (?:of|about)|thought (?:of|about)|considering) (?:\w+ )?suicide\b",
            r"\bself[ -]harm(?:ing|ed)\b|\bi (?:want to |might |will |am going to |have |'ve )*(?:do |done )?self[ -]harm\b",
            r"\b(?:end(?:ing)?|take|taking) my (?:own )?life\b|\bend(?:ing)? it all\b",
            r"\bi (?:\w+ ){0,3}(?:want|wanna|going|wish|ready|prefer)(?: to)? (?:just |simply )?die\b|\bwish i (?:was|were) dead\b",
            r"\b(?:no reason|(?:don'?t|do not|can'?t|cannot) (?:see|have|find) (?:a|any|the) (?:reason|point|sense|purpose)|don'?t want|do not want|no point|nothing left|no will|tired of) (?:to |in |for |of )?(?:live|living|be alive|being alive|exist|go on living)\b(?! for$)",
            r"\bdon'?t want to (?:be here|wake up) any ?more\b|\b(?:world|everyone|everybody|family|they)(?:'d| would)?(?: \w+){0,2} (?:be )?better off without me\b|\bi'?d be better off dead\b",
            r"\bkms\b|\blife (?:is|isn'?t|is not|is no longer)(?: \w+)? worth living\b",
            r"\b(?:took|taken|take|swallowed) (?:too many|an? (?:whole )?(?:bottle|pack|box|handful) of|all (?:of )?(?:my|the)|an overdose of) (?:\w+ )?(?:pills|tablets|medication|painkillers|meds)\b",
        )
    )
)
# Rules and tools of a product that speak of it, such as what may be posted.
_MODERATION = re.compile(
    r"\b(?:posts?|content|comments?|forum|moderat\w*|polic(?:y|ies)|guidelines?|filter\w*|keywords?|prevention|awareness|training|course)\b"
)
_SOMEBODY = (
    r"(?:i|we|he|she|they|someone|somebody|baby|infant|toddler|child|children|kid|kids|son|daughter|nephew|niece|boy|girl"
    r"|grand(?:son|daughter|child|ma|pa|mother|father)|husband|wife|partner|mother|father|mum|mom|dad|brother|sister|friend|colleague"
    r"|neighbou?r|dog|cat|puppy|kitten|pet|year[ -]old)"
)
_BODY = r"(?:hands?|fingers?|thumbs?|arms?|legs?|face|eyes?|skin|feet|foot|toes?|wrist|palms?|back|neck|mouth|head|lips?|knee)"
_THING = r"(?:battery|batteries|charger|device|sensor|unit|plug|socket|hub|adapter|adaptor|cable|lamp|bulb|phone|laptop|tablet|power ?(?:bank|supply|strip|cord)|heater|oven|stove|kettle|toaster|machine|product|camera|speaker|thermostat|scooter|bike|case|box|outlet|motor|vacuum|printer|router|watch|it)"
_HAZARD = re.compile(
    "|".join(
        (
            r"\b(?:caught|catch|catching|catches|burst(?:ing)? into) (?:fire|flames)\b|\b(?:started|starting|causing|caused|start) an? (?:\w+ )?fire\b",
            r"\bset (?:my|our|the|his|her|itself)(?: \w+){0,3} on fire\b",
            rf"\b{_THING}(?:'s| is| was| are| were| has been| started| keeps| began| just)+ (?:\w+ ){{0,2}}(?:on fire|in flames|smoking|smoldering|smouldering|sparking|melting|burning(?! (?:through|cash|cpu|a hole|my (?:data|battery|credits|money|quota|budget)|credits|data))|exploding)\b",
            rf"\b{_THING}\b.{{0,25}}\b(?:is|are|was|has|have|looks|started|gets)\b.{{0,20}}\b(?:swollen|swelling|swelled|bulging|puffed up|leaking acid)\b",
            rf"\b{_THING}(?: \w+)? (?:has |have |had |just |almost |nearly |suddenly )*(?:exploded|blew up|melted|sparked)\b",
            r"^\W*fire ?!|\b(?:house|flat|apartment|kitchen|garage|room|roof|shed|desk|sofa|bed|carpet|car)(?: \w+)? (?:burn(?:ed|t) down|is on fire|was on fire|is burning)\b|\bfire (?:broke out|in (?:my|our|the) (?:house|home|kitchen|flat|apartment|garage|room))\b",
            r"\b(?:an?|the|small|loud|big|huge|mini) explosion\b(?! (?:of|in (?:traffic|spam|sales|costs?|e-?mails|tickets|usage|popularity|users)|effects?|animation|diagram|view|emoji))",
            r"\b(?:acid|fluid|liquid|chemicals?|gel)\b.{0,20}\b(?:leak\w*|coming|oozing|dripping|spill\w*)\b.{0,25}\bbatter|\b(?:food|carbon monoxide|lead) poisoning\b|\b(?:rash|blisters?|burns|burn marks?|chemical burns?)\b.{0,20}\b(?:on|all over) (?:my|his|her|our|their)\b|\bgot (?:a )?(?:bad |chemical |severe |second[- ]degree |third[- ]degree )+burns?\b",
            r"\bsmoke (?:is |was |came |comes |coming |started |pouring |poured |rising |billowing )+(?:\w+ )?(?:out|from|up)\b|\bsmoke (?:from|out of) (?:the|my|our|its?|inside)\b",
            r"\b(?:there(?:'s| is| was| are| were)|i(?:'m| am)? (?:see|saw|can see|smell|can smell|seeing|smelled|smelt|noticed)|emits?|emitted|emitting|giving off|gave off) (?:some |a lot of |white |black |gr[ea]y |thick |actual |a |of )*(?:smoke|flames?|fire|sparks|fumes)\b(?! (?:alarm|detector|sensor|test|signal|warning|icon)s?)",
            r"\bsmell(?:s|ed|t|ing)? (?:of |like |something |some |strongly |strange |of something )*(?:burn(?:t|ing|ed)|smoke|gas\b|like gas)|\bburn(?:ing|t)(?: plastic| rubber| electrical)? (?:smell|odou?r)\b|\bgas leak\b|\bsmell of (?:gas|burning|smoke)\b",
            r"\b(?:carbon monoxide|co) (?:alarm|detector|sensor|monitor)\b.{0,25}\b(?:going off|went off|sounding|alarming)\b",
            r"\b(?:battery|batteries)\b.{0,30}\b(?:swell(?:ing|ed|s)?|swollen|bulg(?:ed|ing|es)|leaking (?:acid|fluid|liquid)|leaked|puff(?:ed|y)|hiss(?:ing|ed))|\b(?:swollen|bulging|leaking|exploding) batter(?:y|ies)\b",
            r"\belectrocuted\b|\b(?:got|get|gave|gives|gotten|received|had|felt)(?: me| him| her| us)? (?:an? )?(?:\w+ )?electric(?:al)? shocks?\b|\b(?:got|was|been|were) (?:shocked|zapped) (?:by|from|when|while|touching)\b|\b(?:it|that|which) (?:shocked|zapped) (?:me|us|him|her|my)\b|\b(?:cable|plug|socket|charger|device|lamp|unit|switch|outlet|wire) (?:has |just )?(?:shocked|zapped) (?:me|us|him|her|my)\b",
            rf"\b(?:burn(?:ed|t|ing|s)?|cut|injured|hurt|scalded|crushed|broke|sliced|slashed)(?: \w+)? (?:my|his|her|our|their)(?: \w+){{0,2}} {_BODY}\b",
            r"\b(?:i|we|he|she|they|my \w+)(?:'ve| have| has)? (?:got|was|were|been|getting) (?:badly |severely )?(?:burned|burnt|scalded|cut|shocked|injured|hurt) (?:by|from|on|at|when|while|because)\b(?! (?:your|the) (?:pric\w+|repl\w+|words?|support|company|service|fees?|change|subscription))",
            r"\b(?:burn(?:ed|t)|cut|injured|hurt|scalded) (?:myself|himself|herself|themselves|themself|ourselves)\b(?: badly)? (?:on|with|while|when|using|opening|because|by|from|after)\b",
            rf"\b{_SOMEBODY}(?:'s|'m| is| am| are| was| were| got| has been| have been| been)+ (?:\w+ ){{0,2}}(?:injured|bleeding|choking|unconscious|poisoned|not breathing|electrocuted)\b(?! by your (?:words|reply|pric))",
            rf"\b{_SOMEBODY}\b(?: \w+){{0,4}} (?:ate|ingested|choked on|choking on)\b.{{0,40}}\b(?:batter(?:y|ies)|magnets?|button cell|coin cell|screws?|pieces?|part|plastic|capsule|pods?|detergent|cleaner|chemical|pills?|tablets?)\b",
            rf"\b{_SOMEBODY}\b(?: \w+){{0,4}} swallow(?:ed|s|ing)\b(?! (?:my|his|her|the|our|your|that|this) (?:pride|words?|costs?|price|fee|increase|excuse))",
            rf"\b{_SOMEBODY}\b(?: \w+){{0,4}} put\b.{{0,40}}\bin (?:his|her|their|its) mouth\b",
            rf"\b{_SOMEBODY}\b(?: \w+){{0,3}} (?:drank|inhaled|overdosed)\b(?! the kool)",
            r"\b(?:can'?t|cannot|can not|unable to|trouble|difficulty|hard to|struggling to) breath(?:e|ing)\b|\bnot breathing\b|\ballergic reaction\b|\banaphyla\w+",
            r"(?:^\W*|\b(?:i|we|please|just|had to|have to|need to|someone|she|he)(?:'ve|'m| have| am| are| has)? )(?:called|call|calling|need|needs|send) (?:an |the )?(?:ambulance|paramedics|fire (?:brigade|department|service))\b",
            r"\b(?:i'?m|we'?re|i am|we are|my \w+ is|she'?s|he'?s) (?:\w+ )?in (?:immediate |real |serious )?danger\b|\bmedical emergency\b",
            r"\b(?:he|she|they|my \w+|someone|somebody)(?:'s|'ll| is| will| are)? (?:going to |gonna |threatening to |threatened to )*(?:kill|hurt|stab|shoot) me\b",
        )
    )
)
_THREAT = re.compile(
    "|".join(
        (
            r"\b(?:i|we|someone|somebody|i'?ll|we'?ll|i'?m|they)(?: will| am| are|'m|'ll)?(?:'d)?(?: going to| gonna| swear i'?ll| want to| like to| could| would| should| ought to| love to)?(?: \w+)? (?:kill|shoot|stab|murder|strangle|beat(?: the \w+ out of| up)?|attack|hurt|slap|punch) (?:you|him|her|them|your \w+|all of you|everyone|whoever|someone|somebody|people|(?:every ?|any ?|some|each )?(?:one )?of you)\b(?! (?:an?|my|the|over|some|another|to|at|up to|process|processes|task|tasks|job|jobs|session|sessions|tab|tabs|server|connection|app|instance|instances)\b)",
            r"\b(?:kill|murder|stab|strangle) (?:you|all of you|your (?:family|staff|employees|team|kids|children|boss))\b",
            r"\b(?:you|they|he|she|your (?:team|boss|staff))(?: all)? (?:deserve|should|need)(?: to)? (?:die|be shot|get shot|burn in hell|be killed)\b|\bhope (?:you|your \w+)(?: all)? (?:get (?:hit|hurt|cancer|killed|shot)|die|rot|burn|choke|suffer)\b|\byou(?:'re| are)(?: all)? (?:dead(?: meat| men| man)?|going to die|gonna die)\b(?! (?:wrong|right|on))|\byou(?: all)?(?: will|'ll|'d| had)? (?:better )?(?:watch (?:out|yourself)|be afraid|never be safe|not be safe)\b",
            r"\b(?:burn(?:ing)?(?: down)?|blow(?:ing)? up|bomb(?:ing)?|smash(?:ing)?(?: up)?|torch(?:ing)?|shoot(?:ing)? up|set fire to) (?:your|the)(?: \w+)? (?:office|offices|building|house|company|headquarters|hq|shop|store|warehouse|place)s?\b(?: down)?",
            r"\b(?:expect|you'?ll (?:get|find)|there will be) an? (?:brick|bullet|bomb|knife)\b|\b(?:rip|tear|chop|cut|break|smash|wring|bash|kick) (?:your|their) (?:head|throat|heart|face|teeth|legs?|neck|bones|nose|jaw|arms?|fingers|skull)\b|\bput a bullet\b|\b(?:tear|rip) you (?:apart|to pieces)\b",
            r"\bbeat you (?:all )?up\b|\byour (?:family|kids|children|wife|husband|staff|team) (?:will|is going to|are going to) (?:suffer|die|pay|bleed|get hurt)\b|\bmake sure (?:that )?you(?: all)? (?:get hurt|suffer|regret|die|bleed)\b",
            r"\b(?:bring(?:ing)?|buy(?:ing)?|grab(?:bing)?|get(?:ting)?|come with|coming with|have|got) (?:a |my )(?:gun|knife|rifle|pistol|axe|machete)\b.{0,40}\b(?:your|you|office|shop|store|over there|over to)\b",
            r"\bbomb threat\b|\b(?:planted|put|there'?s|there is) a bomb\b",
            r"\b(?:i|we) know where (?:you|your \w+)(?: all)? (?:live|lives|work|works|sleep|is|are)\b|\bwatch your back\b|\b(?:you'?ll|you will|you are going to|you're going to|gonna) (?:all )?(?:regret (?:this|it|ignoring|that)|be sorry)\b|\bmake you (?:all )?(?:pay for|regret|suffer)\b|\bor else\W*$",
            r"\b(?:i'?ll|i will|i'?m going to|going to|gonna|i'?m|we'?ll|we will) (?:find you(?!\w| an?\b| the\b| some\b)|find out where you live|com(?:e|ing) (?:for|after) you|hunt you|track you down|break your|smash your|punch you|destroy (?:you|your (?:life|company|servers?))|hack (?:you|your)|ddos|dox|ruin your (?:life|family))\b",
            r"\b(?:come|coming|going|drive|driving|turn(?:ing)? up|show(?:ing)? up)(?: over| down| round)? (?:to|at) (?:find )?your (?:office|offices|house|home|hq|headquarters|building|desk)\b.{0,40}\b(?:regret|sort (?:you|this) out|smash|break|burn|gun|knife|bat|teach|make you|hurt|find out|sorry)\b",
        )
    )
)


def danger(text: str) -> Danger | None:
    """What somebody is in danger of by this message: harm to themselves first."""
    text = mended(text)
    if _SELF_HARM.search(text) and not (_MODERATION.search(text) and " my " not in f" {text} "):
        return Danger.SELF_HARM
    return Danger.HAZARD if _HAZARD.search(text) else None


def threatens(text: str) -> bool:
    """Whether the message threatens somebody with harm."""
    return bool(_THREAT.search(mended(text)))
