"""Words in an article that speak to a language model instead of to a reader."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

from kb.types import Article

_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|all|your|any|the|these|other)\b[^.!?\n]{0,30}"
    r"\b(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|context|polic(?:y|ies))\b"
    r"|\b(?:system|developer|hidden|initial) (?:prompt|message|instructions?)\b"
    r"|\b(?:you are|you're|act|behave|respond|pretend to be|roleplay) (?:now |no longer )?(?:as )?(?:an? |the )?(?:\w+ ){0,2}(?:ai|assistant|chat ?bot|language model|llm|agent|dan|jailbroken)\b"
    r"|\b(?:note|message|instructions?|attention|important)[ :,]{1,3}(?:to|for) (?:the |all |any )?(?:ai|assistants?|chat ?bots?|(?:large )?language models?|llms?|(?:support |ai )?agents?|bots?|models?)\b"
    r"|\b(?:ai|assistants?|chat ?bots?|(?:large )?language models?|llms?|bots?) (?:reading this|must|should|shall|has to|have to|is to|are to|will now|needs? to)\b"
    r"|<\s*/?\s*(?:system|assistant|im_start|im_end|instructions?)\b|\[/?(?:INST|SYSTEM)\]|<\|[a-z_]+\|>",
    re.IGNORECASE,
)

# Rules for people who talk to customers; where customers read them, they are for no reader.
_INSTRUCTED = re.compile(
    r"\b(?:when|if|whenever) (?:a |the |any )?(?:customer|user|visitor|somebody|someone|anyone)s? (?:asks?|writes?|says?|mentions?)\b[^.!?\n]{0,80}\b(?:tell|answer|reply|respond|say|send|give|offer|promise|claim)\b"
    r"|\b(?:tell|inform|assure|promise|convince) (?:the |every |all |each |any )?(?:customer|user|visitor|reader|person|everyone|everybody)s?\b",
    re.IGNORECASE,
)


def speaks_to_model(text: str, *, internal: bool = False) -> bool:
    """Whether a statement gives orders to whoever answers from it. It is neither shown to a model
    nor told to a customer. `internal`: the article is for a company's own people, whom it may
    tell what to say."""
    plain = " ".join(text.split())
    return bool(_ADDRESSED.search(plain) or (not internal and _INSTRUCTED.search(plain)))


def is_internal(article: Article) -> bool:
    """Whether customers are not among those whom an article is for."""
    return bool(article.audience) and "customers" not in article.audience
