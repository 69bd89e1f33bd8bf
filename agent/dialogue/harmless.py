"""Values in what is said to customers are text: no markup, and no link that the operator did not
write."""

import re

_LINK = re.compile(r"!?\[([^\]]*)\]\s*\([^)]*\)")
_REFERENCE = re.compile(r"!?\[([^\]]*)\]\s*\[[^\]]*\]")
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>?")
_SCHEME = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]*:/{1,3}|(?:javascript|vbscript|data|mailto|tel):(?=\S))", re.I
)
_ANY_HOST = re.compile(r"(?<![@\w])(?:[a-z0-9-]+\.)+[a-z]{2,}\b", re.I)
_HOST = re.compile(r"(?<![@\w])(?:[a-z0-9-]+\.)+[a-z]{2,}(?=[/?#:])|\bwww(?:\.[a-z0-9-]+)+", re.I)


def harmless(text: str) -> str:
    """The text as it would be read aloud: `[here](https://evil.example)` becomes `here`,
    `https://evil.example/x` becomes `evil example/x`."""
    text = _REFERENCE.sub(r"\1", _LINK.sub(r"\1", text))
    before = ""
    while before != text:
        before, text = text, _TAG.sub("", text)
    host = _ANY_HOST if _SCHEME.search(text) else _HOST
    text = host.sub(lambda found: found[0].replace(".", " "), _SCHEME.sub("", text))
    return " ".join(text.replace("<", "‹").replace(">", "›").split())
