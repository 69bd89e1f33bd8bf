"""How a clarifying question is put."""

from collections.abc import Sequence

from agent.replies import NOT_A_QUESTION

_UNSURE = "I'm not sure that I understood you. Is it about one of these?"
_WHICH = "That depends. Which of these do you mean?"
_OR_A_PERSON = "Tell me the number, put your question in other words, or shall I get a person?"
_WHAT = "I'm not sure what you mean. Could you put it in other words, or shall I get a person?"


def clarifying(options: Sequence[str], *, unsure: bool) -> str:
    """A question with the choices that the evidence offers, numbered. `unsure`: about what was
    meant, not about which of several cases it is."""
    if options:
        listed = (f"{number}. {option}" for number, option in enumerate(options, start=1))
        asked = [_UNSURE if unsure else _WHICH, *listed]
        return "\n".join([*asked, _OR_A_PERSON] if unsure else asked)
    return _WHAT if unsure else NOT_A_QUESTION
