"""Words that turn, bound, time or restrict what a sentence says."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|unable|impossible|\w+n't|no longer|unless)\b(?! (?:only|just|matter|doubt)\b)"
)
MUST = re.compile(
    r"\b(?:must|have to|has to|need to|needs to|needed|required?|requires|mandatory|obligatory|compulsory|necessary|shall)\b"
)
EXCEPTS = re.compile(r"\b(?:unless|except|other than|apart from|excluding)\b")
NEED_NOT = re.compile(
    r"\b(?:need not|needn't|(?:don't|do not|doesn't|does not|won't|will not|never) (?:have|need)(?: to)?|not (?:required|necessary|needed|mandatory|obligatory)"
    r"|no need|needs? no|no (?:[\w-]+ ){1,3}(?:is |are )?(?:required|necessary|needed)|optional(?:ly)?|unnecessary|without (?:needing|having))\b"
)
CAN = re.compile(
    r"\b(?:can|could|may|able to|allowed|permitted|possible|allows?|lets?|permits?|optional(?:ly)?|available)\b"
)
SHOULD = re.compile(r"\b(?:should|recommend\w*|advis\w+|suggest\w*|best to|ideally|prefer\w*)\b")
FREE_WILL = re.compile(r"\b(?:can|may|could|optional(?:ly)?|if you (?:like|want|wish)|up to you)\b")
HEDGE = re.compile(
    r"\b(?:might|may|could|usually|typically|generally|sometimes|often|normally|mostly|likely|probably|in most cases|occasionally|can (?:take|vary|differ|last|cause)"
    r"|about|approximately|around|roughly|up to|some)\b"
)
HEDGED = re.compile(
    r"\b(?:might|usually|typically|generally|sometimes|often|normally|mostly|(?:un)?likely|probably|in most cases|occasionally|can (?:take|vary|differ|last|cause))\b"
    r"|\b(?:it|they|this|that|which|\w+s|payments?|deliver(?:y|ies)|changes?|refunds?) may\b(?! (?:not )?be \w+ed\b)"
)
CAUSE = re.compile(
    r"\b(?:because|since (?:it|they|the|you|we|this)|due to|owing to|thanks to|therefore|thus|hence|as a result|consequently|so that|which is why|that's why|leads? to|causes?|caused by|results? in|in order to)\b"
)
ANY_CAUSE = re.compile(
    r"\b(?:because|since|due|owing|thanks|therefore|thus|hence|result|consequently|so|why|leads?|caus\w+|reasons?|to|as|for)\b"
)
# Words that restrict, and how else that can be said.
ONLY = re.compile(
    r"\b(?:only|solely|exclusively|nobody (?:else|but)|no one (?:else|but)|none but|nothing but)\b(?! (?:takes?|costs?|a few|one click|once you)\b)"
)
RESTRICTS = re.compile(
    r"\b(?:only|just|solely|exclusively|limited to|restricted to|reserved for|must|need(?:s)? to|ha(?:s|ve) to|required?|requires|unless|except|other than|nobody|no one|none|not|cannot|can't|isn't|aren't|without)\b"
)
# A clause under which the rest holds; what one wants ("if you want to …") sets no condition.
CONDITION = re.compile(
    r"\b(?:(?<!even )(?<!as )if(?! you (?:would like|want|wish|prefer|need)\b)|unless|except(?: for| when| if| that)?|provided(?: that)?|as long as|in case|only when|whenever|when(?! you(?:'re| are) (?:done|ready|finished))|while|until|before|after(?! that\b)|once(?! (?:an? |every |per |a)\b)|other than|apart from|excluding|within)\b"
    r"|\b(?:that|who) (?=(?:has|have|is|are|was|were|you|can|can't|cannot|do|don't|we|they)\b)"
)
CONDITION_ENDS = re.compile(
    r"[,;:.()–]| (?:and|but) (?:then |we|you|they|it|the|can|must|is|are|will)\b"
)
CONDITIONAL = re.compile(
    r"\b(?:if|unless|except|provided|as long as|in case|when|whenever|while|until|before|after|once|only|must|need|needs|have to|has to|require[sd]?|other than|apart from|excluding|within|for|on|with|without|during|by|at|in|must be)\b"
)
SUPPOSED = re.compile(r"\b(?:if|unless|when|whenever|in case|provided|as long as|whether|once)\b")
# Words that claim more than others: each must be in the source, or one that says the same.
STRONG = (
    frozenset({"all", "every", "each", "any", "everyone", "everybody", "anyone", "anybody", "everything", "anything", "whichever", "regardless", "both"}),
    frozenset({"always", "never", "forever", "lifetime", "permanently", "permanent", "constantly", "indefinitely"}),
    frozenset({"immediately", "instantly", "instant", "immediate", "straightaway", "right away", "at once"}),
    frozenset({"automatically", "automatic", "auto"}),
    frozenset({"unlimited", "unlimitedly", "infinite", "no limit"}),
    frozenset({"guarantee", "guaranteed", "guarantees", "promise", "promised", "certainly", "definitely"}),
    frozenset({"free", "complimentary", "no charge", "no cost", "no extra cost", "no additional cost"}),
    frozenset({"only", "solely", "exclusively", "just"}),
    frozenset({"first", "primary"}),
    frozenset({"last", "final"}),
    frozenset({"minimum", "least"}),
    frozenset({"maximum", "most"}),
    frozenset({"worldwide", "globally", "everywhere", "anywhere", "international", "internationally"}),
)  # fmt: skip
# Adjectives that narrow the noun after them.
NARROWING = frozenset(
    [
        "yearly",
        "annual",
        "monthly",
        "weekly",
        "daily",
        "new",
        "existing",
        "first",
        "digital",
        "physical",
        "paid",
        "free",
        "trial",
        "business",
        "working",
        "international",
        "domestic",
        "opened",
        "unopened",
        "used",
        "unused",
        "damaged",
        "faulty",
        "verified",
        "unverified",
        "active",
        "inactive",
        "archived",
        "shared",
        "private",
        "public",
        "some",
        "most",
        "certain",
        "selected",
        "eligible",
        "ineligible",
        "first-time",
        "unpaid",
        "overdue",
        "personal",
        "corporate",
        "pending",
        "completed",
        "shipped",
        "unshipped",
        "premium",
        "basic",
        "standard",
        "express",
        "internal",
        "external",
        "original",
        "temporary",
        "permanent",
        "manual",
        "automatic",
        "prepaid",
        "discounted",
        "full",
        "partial",
        "old",
        "local",
        "remote",
        "guest",
        "admin",
        "mobile",
        "desktop",
        "individual",
        "recurring",
        "one-time",
        "refundable",
        "refurbished",
        "custom",
        "customised",
        "customized",
        "written",
    ]
)
# What has happened to one customer's things; an article says how things are in general.
DONE = re.compile(
    r"\b(?:ha(?:s|ve)|'ve|'s|was|were|had) (?:now |already |just |successfully |also |been )*\w+(?:ed|en|nt|id|de|ade|one|ut)\b"
)
OURSELVES = re.compile(r"\b(?:i|i'm|i've|i'll|i'd|my|mine|myself)\b")
WE_DID = re.compile(
    r"\b(?:we've|we have|we'll|we will|we're|we are) (?:now |already |just |also |been )*\w+"
)
OPPOSITES = (
    ("add", "remove"), ("before", "after"), ("earlier", "later"), ("monthly", "yearly"), ("month", "year"),
    ("import", "export"), ("upload", "download"), ("increase", "decrease"), ("above", "below"),
    ("left", "right"), ("top", "bottom"), ("incoming", "outgoing"), ("start", "end"), ("lock", "unlock"),
    ("install", "uninstall"), ("subscribe", "unsubscribe"), ("upgrade", "downgrade"), ("debit", "credit"),
    ("enable", "disable"), ("activate", "deactivate"), ("more", "less"), ("more", "fewer"), ("first", "last"), ("open", "close"),
    ("sender", "recipient"), ("buyer", "seller"), ("minimum", "maximum"), ("least", "most"), ("with", "without"),
    ("weekday", "weekend"), ("morning", "evening"), ("online", "offline"), ("free", "paid"), ("include", "exclude"),
    ("public", "private"), ("show", "hide"), ("visible", "hidden"), ("connect", "disconnect"), ("pair", "unpair"),
    ("mute", "unmute"), ("block", "unblock"), ("attach", "detach"), ("join", "leave"), ("create", "delete"),
    ("keep", "delete"), ("allow", "prevent"), ("longer", "shorter"), ("larger", "smaller"), ("higher", "lower"),
    ("faster", "slower"), ("old", "new"), ("incl", "excl"), ("inside", "outside"), ("next", "previous"), ("next", "current"),
    ("pause", "resume"), ("pause", "cancel"), ("archive", "delete"), ("refund", "charge"),
    ("opened", "unopened"), ("used", "unused"), ("paid", "unpaid"), ("read", "write"), ("manual", "automatic"),
    ("manually", "automatically"), ("switchedon", "switchedoff"), ("temporary", "permanent"), ("temporarily", "permanently"), ("buy", "sell"),
)  # fmt: skip
# Prepositions whose objects change places when a sentence is turned round.
TURNED = {"from": "to", "to": "from", "into": "from", "before": "after", "after": "before"}
DIRECTED = re.compile(
    r"\b(from|to|into|before|after)\s+(?:(?:the|an?|your|our|their|its|all|any|you|we|they|it|every)\s+)*([a-z][\w'-]*)"
)
# What is done with, for, on or to something: the thing.
OBJECT = re.compile(
    r"\b(?:for|from|by|with|without|on|in|at|under|via|through|using|to(?= (?:the|all|an?|your|our|every|each|any)\b))"
    r"\s+(?:(?:the|an?|your|our|their|its|all|any|every|each|this|that|both)\s+)*([a-z][\w'-]*)"
)
MODAL = re.compile(
    r"\b(?:can(?:not|'t)?|could|may|must|will|should|do not|don't|need to|have to)\b"
)
VERBS = re.compile(
    r"\b(?:can(?:not|'t)?|could|may|must|will|won't|should|do|does|don't|doesn't|is|are|isn't|aren't|was|were|has|have|needs?|lets?)\b"
)
PASSIVE = re.compile(r"\b(?:be|been|being|is|are|was|were) \w+(?:ed|en|nt|de)\b.* by\b")
# Where something holds: on the Pro plan, within Germany.
SCOPE = re.compile(
    r"\b(?:[Oo]n|[Ii]n|[Ff]or|[Ww]ith|[Ww]ithin) (?:the |all |our )?([A-Z][\w-]*(?: [A-Z][\w-]*)*)(?! ?[>→›])"
)
LIMITED_TO = re.compile(
    r"\b(?:above|over|below|under|more than|less than|older than|younger than|larger than|smaller than)\s+\D{0,3}(\d[\d.,]*)"
)
WITHOUT = re.compile(r"\bwithout\b")
DENIED_VERB = re.compile(r"\b(?:not|no|never|none|nobody|nothing|cannot|\w+n't)\b")
# What is said of a thing: "is unlocked", "are kept".
PREDICATE = re.compile(
    r"\b(?:is|are|be|been|was|were|gets?|isn't|aren't) (?:not |\w+ly |now |then )*([a-z]+)"
)
# Somebody else does it: the reader is to ask for it.
DELEGATED = re.compile(
    r"\b(?:ask|contact|write to)(?:ing)? (?:the |your |our |an? )?([a-z][\w'-]*)"
)
# How long it holds.
LASTS = re.compile(r"\bfor (?:the first |at most |up to |another |about |around )?$")
