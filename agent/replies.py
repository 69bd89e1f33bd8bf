"""What the agent says in its own words. Everything else it says is quoted."""

from agent.screening.smalltalk import SmallTalk
from agent.types import HandoffReason

EMERGENCY = (
    "If anybody is hurt, has swallowed something or is in danger, please call your local emergency "
    "number now (112 in Europe, 911 in North America). Keep away from anything that is hot, "
    "smoking or leaking."
)
SELF_HARM = (
    "I'm really sorry that you are going through this, and I'm glad that you said it. You don't "
    "have to face it alone. If you might act on it, please call your local emergency number now "
    "(112 in Europe, 911 in North America), or a crisis line: 988 in the USA and Canada, 116 123 "
    "in the UK and Ireland; findahelpline.com lists others. I'm also bringing in a person right "
    "away."
)

# Followed by what happens next and when, which the desk knows.
HANDOFF = {
    HandoffReason.ASKED_FOR_PERSON: "Of course. I'm passing you to a person now.",
    HandoffReason.NO_EVIDENCE: (
        "I couldn't find an answer to that in our help center, and I don't want to guess, "
        "so I'm passing your question to a person."
    ),
    HandoffReason.LOW_CONFIDENCE: (
        "I'm not sure that I understand what you need, and I don't want to guess, "
        "so I'm passing your question to a person."
    ),
    HandoffReason.ACCOUNT_ACCESS: (
        "Somebody has to look into your account for that, which I can't do, "
        "so I'm passing you to a person."
    ),
    HandoffReason.OUT_OF_SCOPE: (
        "That is not something our help center covers, so I'm passing your question to a person."
    ),
    HandoffReason.NOT_GROUNDED: (
        "I found something close, but nothing that I can back with our articles, "
        "so I'm passing your question to a person."
    ),
    HandoffReason.CONTRADICTION: (
        "Our articles disagree on this, and I don't want to tell you the wrong thing, "
        "so I'm passing your question to a person."
    ),
    HandoffReason.OUTDATED: (
        "What our articles say on this may be out of date, and I don't want to tell you the wrong "
        "thing, so I'm passing your question to a person."
    ),
    HandoffReason.PROCEDURE: "A person has to take it from here, so I'm passing this to them.",
    HandoffReason.LIMIT: (
        "That is more than I may do by myself, so I'm passing it to a person who can decide."
    ),
    HandoffReason.ACTION_FAILED: (
        "I couldn't complete that, and I can't say for sure what became of it. "
        "I won't try again blindly: I'm passing it to a person who can check."
    ),
    HandoffReason.IDENTITY: (
        "I can't be sure enough that this account is yours to do that, "
        "so I'm passing you to a person who can check it with you."
    ),
    HandoffReason.ANGER: (
        "I'm sorry about the trouble that you've had with this. "
        "I'm passing you to a person so that it gets sorted out."
    ),
    HandoffReason.THREAT: "I'm passing this conversation to a person now.",
    HandoffReason.LEGAL: (
        "I can't help with legal matters, so I'm passing this to a person who can."
    ),
    HandoffReason.SAFETY: f"I'm passing this to a person right away. {EMERGENCY}",
    HandoffReason.VULNERABLE: (
        "Thank you for telling me, and I'm sorry that things are hard right now. "
        "I'm passing you to a person, so that you get the care that this needs."
    ),
    HandoffReason.PAYMENT_DISPUTE: (
        "I understand that this payment isn't right for you. Somebody has to look into it with "
        "you, so I'm passing you to a person."
    ),
    HandoffReason.RULE: "I'm passing this to a person who can help you with it.",
}

# What a customer is told instead where the operator has switched the handover off.
STAY = {
    HandoffReason.CONTRADICTION: "Our articles disagree on this, so I'd rather not answer it.",
    HandoffReason.OUTDATED: (
        "What our articles say on this may be out of date, so I'd rather not answer it."
    ),
    HandoffReason.LIMIT: "That is more than I may do here, so I have to leave it.",
    HandoffReason.ACTION_FAILED: (
        "I couldn't complete that, and I can't say for sure what became of it, "
        "so please don't rely on it."
    ),
    HandoffReason.IDENTITY: "I can't be sure enough that this account is yours to do that.",
    HandoffReason.PROCEDURE: "I can't go on with this here.",
}
STAY_OTHERWISE = (
    "I couldn't find an answer to that in our help center, and I don't want to guess. "
    "You can put it in other words."
)
STAY_OFFER = "You can also ask for a person."

NEXT = "They see this whole conversation, so you don't have to repeat anything, and will {reply}."
REPLY_HERE, REPLY_EMAIL = "reply here", "reply by e-mail"
SOON = "as soon as they can"
CLOSED = "Nobody is there right now; our team is back {when}."
CLOSED_FOR_LONG = "Nobody is there right now."
ASK_EMAIL = "To which e-mail address may they send the answer?"
EMAIL_TAKEN = "Thank you. They will write to {email}."
EMAIL_UNCLEAR = (
    "I can't read a complete e-mail address in that. Please send just the address, "
    "such as name@example.com."
)

SMALL_TALK = {
    SmallTalk.GREETING: "Hello! What can I help you with?",
    SmallTalk.THANKS: "You're welcome! Is there anything else I can help you with?",
    SmallTalk.FAREWELL: "Goodbye, and have a good day!",
}

NOT_A_QUESTION = "I didn't catch a question in that. What would you like to know?"

DISAGREE = "Our articles disagree on this:"
DISAGREE_NEXT = "Please check with a person before you rely on any of this."
UNSETTLED = "We are still looking into one part of this, so please check it with a person:"
OUTDATED = "This part may be out of date:"
NEWER = "There is newer information on it:"

# Lines around quotes that state nothing themselves.
FRAMES = frozenset({DISAGREE, DISAGREE_NEXT, UNSETTLED, OUTDATED, NEWER})
