"""What the agent says in its own words. Everything else it says is quoted."""

from agent.screening.smalltalk import SmallTalk
from agent.types import HandoffReason

_NEXT = (
    "They see this whole conversation, so you don't have to repeat anything, "
    "and will reply here as soon as they can."
)

HANDOFF = {
    HandoffReason.ASKED_FOR_PERSON: f"Of course. I'm passing you to a person now. {_NEXT}",
    HandoffReason.NO_EVIDENCE: (
        "I couldn't find an answer to that in our help center, and I don't want to guess, "
        f"so I'm passing your question to a person. {_NEXT}"
    ),
    HandoffReason.ACCOUNT_ACCESS: (
        "Somebody has to look into your account for that, which I can't do, "
        f"so I'm passing you to a person. {_NEXT}"
    ),
    HandoffReason.OUT_OF_SCOPE: (
        "That is not something our help center covers, so I'm passing your question to a person. "
        f"{_NEXT}"
    ),
    HandoffReason.NOT_GROUNDED: (
        "I found something close, but nothing that I can back with our articles, "
        f"so I'm passing your question to a person. {_NEXT}"
    ),
    HandoffReason.CONTRADICTION: (
        "Our articles disagree on this, and I don't want to tell you the wrong thing, "
        f"so I'm passing your question to a person. {_NEXT}"
    ),
    HandoffReason.OUTDATED: (
        "What our articles say on this may be out of date, and I don't want to tell you the wrong "
        f"thing, so I'm passing your question to a person. {_NEXT}"
    ),
    HandoffReason.SAFETY: (
        "I'm passing this to a person right away. "
        "If you or somebody else is in danger, please call your local emergency number now. "
        f"{_NEXT}"
    ),
}

ALREADY_HANDED_OVER = (
    "A person already has this conversation and will reply here. I've added your message to it."
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
CLARIFY = "Which of these do you mean: {choices}?"

# Lines around quotes that state nothing themselves.
FRAMES = frozenset({DISAGREE, DISAGREE_NEXT, UNSETTLED, OUTDATED, NEWER})
