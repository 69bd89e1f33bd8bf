"""What the agent says in its own words while it carries out a procedure."""

NOT_UNDERSTOOD = "Sorry, I didn't get that."
NOT_UNDERSTOOD_AGAIN = (
    "Sorry, I still didn't get that. If you'd rather talk to a person, just say so."
)
NOT_WITHOUT = "I can't go on without that. If you'd rather talk to a person, just say so."
YES_OR_NO = "I need a clear yes or no before I do anything."
JUST_YES_OR_NO = "Please answer yes or no."
WHAT_IS_WRONG = "If something in it is wrong, tell me what: {values}."
CHOICES = "You can answer: {choices}."
ENDED = "That's all I needed for this. Is there anything else I can help you with?"
STOPPED = "All right, I've stopped. Nothing was changed."
STOPPED_AFTER = "All right, I've stopped here. What was done before stays as it is: {done}."
SIGN_IN = (
    "For that I have to be sure that it's you. "
    "Please sign in, and then write here again; we'll go on from there."
)
STILL_SIGN_IN = (
    "I can't go on before you have signed in. If you can't, just say so, and a person will help."
)
IDENTIFY = "First I have to be sure that it's you."
NO_ANSWER = "I can't answer that from our help center. If you'd like a person to, just say so."
BACK_TO = "Back to where we were: {question}"
LEAVE = "We're still in the middle of: {present}. Shall I leave that and go on with: {other}?"
WHICH = "Which of these do you mean: {choices}?"
GO_ON = "All right, let's go on. {question}"
NOTHING_UNDER_WAY = "All right. Just write when there's anything else that I can help you with."
TAKE_YOUR_TIME = "Of course, take your time."
WITHHELD = "I can look into that for you in a conversation."
