"""Threats, self-harm and legal action: these go to a person at once."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

_DANGER = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:kill|hang|hurt|harm|cut|shoot) (?:myself|my self)\b|\bsuicid\w*|\bself[ -]harm\w*",
        r"\bend (?:my|my own) life\b|\b(?:want|wanna|going) to die\b|\bno reason to live\b"
        r"|\b(?:don'?t|do not) want to (?:live|be alive)\b|\bkms\b",
        r"\b(?:kill|shoot|stab|murder|hurt|attack|beat up|bomb) (?:you|him|her|them|your \w+|all of you|people"
        r"|everyone|someone|somebody)\b(?! (?:process|task|job|tab|session)s?\b)",
        r"\b(?:burn down|blow up|bomb) (?:your|the) (?:office|building|house|company)\b|\bbomb threat\b"
        r"|\b(?:come|going) to (?:find )?your (?:office|house|home)\b",
        r"\b(?:my|our) (?:lawyer|attorney|solicitor)\b|\b(?:sue|suing) (?:you|your|the company)\b"
        r"|\b(?:take|taking) (?:legal action|you to court)\b|\bsmall claims court\b|\bpress charges\b",
    )
)


def is_dangerous(text: str) -> bool:
    """Whether the message speaks of harm to anybody, or threatens with harm or court."""
    text = " ".join(text.lower().replace("’", "'").split())
    return any(pattern.search(text) for pattern in _DANGER)
