"""Text in which quotations and names in backticks can't be mistaken for the words around them."""

import re

# Private-use characters stand for what was quoted; what is in the operator's text of them is
# dropped before.
_QUOTE, _CODE, _LAST = 0xE000, 0xF000, 0xF8FF
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PIECE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r'|"(?P<plain>[^"]*)"'
    r"|“(?P<curly>[^”]*)”"
    r"|„(?P<low>[^“”]*)[“”]"
    r"|«(?P<angle>[^»]*)»"
    r"|(?<!\w)‘(?P<single_curly>.+?)’(?!\w)"
    r"|(?<!\w)'(?P<single>.+?)'(?!\w)"
)
QUOTE = "[\ue000-\uefff]"
CODE = "[\uf000-\uf8ff]"
_NEGATED = re.compile(
    r"\b(can|could|do|does|did|is|are|was|were|has|have|had|would|should|wo)n't\b"
)
_SHORT = re.compile(r"\b(they|he|she|you|we|it|that|there|who|I)'(d|re|ve|ll|s)\b", re.I)
_LONG = {"d": "would", "re": "are", "ve": "have", "ll": "will", "s": "is"}
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__")


class Shield:
    """What one item of a procedure quotes. `text` has one character for each quotation and each
    name in backticks, straight apostrophes, negations in full (`is not`), and no emphasis."""

    def __init__(self, written: str) -> None:
        self._quotes: list[str] = []
        self._codes: list[str] = []
        text = _PIECE.sub(self._keep, _PRIVATE.sub(" ", written))
        text = _EMPHASIS.sub("", text).replace("’", "'")
        text = re.sub(r"\b([Cc])annot\b", r"\1an not", text)
        text = re.sub(r"\b([Cc])an't\b", r"\1an not", text)
        text = re.sub(r"\bwon't\b", "will not", text)
        text = _SHORT.sub(lambda found: f"{found[1]} {_LONG[found[2].lower()]}", text)
        text = _NEGATED.sub(lambda found: f"{found[1]} not", text)
        text = re.sub(r"\s*(?:→|⇒|->|=>)\s*", ", ", text)
        self.text = " ".join(text.split())

    def _keep(self, found: re.Match[str]) -> str:
        if (code := found["code"]) is not None:
            kept, first = self._codes, _CODE
            content = code.strip()
        else:
            kept, first = self._quotes, _QUOTE
            content = " ".join(
                next(text for text in found.groups()[1:] if text is not None).split()
            )
        if len(kept) >= _LAST - _CODE:
            return " "
        kept.append(content)
        return chr(first + len(kept) - 1)

    def quoted(self, text: str) -> str | None:
        """The content of the first quotation in `text`."""
        found = re.search(QUOTE, text)
        return self._quotes[ord(found[0]) - _QUOTE] if found else None

    def code(self, text: str) -> str | None:
        """The first name in backticks in `text`."""
        found = re.search(CODE, text)
        return self._codes[ord(found[0]) - _CODE] if found else None

    def open(self, text: str) -> str:
        """`text` as the operator wrote it, near enough to show it to them."""
        text = re.sub(QUOTE, lambda found: f'"{self._quotes[ord(found[0]) - _QUOTE]}"', text)
        return re.sub(CODE, lambda found: f"`{self._codes[ord(found[0]) - _CODE]}`", text)

    def bare(self, text: str) -> str:
        """`text` with names in backticks and quotations as plain words."""
        text = re.sub(QUOTE, lambda found: self._quotes[ord(found[0]) - _QUOTE], text)
        return re.sub(CODE, lambda found: self._codes[ord(found[0]) - _CODE], text)
