"""An answer in the customer's language.

What was grounded in the articles' language is translated sentence by sentence, so that each
translation can be laid beside its one original. Checked are numbers, links, names that are spelled
with inner capitals, labels and paths of the interface, whether both deny (in the languages listed
here), and that nothing grew or shrank beyond what languages do. The choice of words is not checked:
a sentence that fails stays as it was written.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import JsonValue

from agent.answers.sense import canonical, sense
from agent.answers.write import Line
from agent.models.assistance import Assistance
from kb.claims.places import EMAIL, URL
from kb.errors import Transient
from kb.types import BlockKind

SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"number": {"type": "integer"}, "text": {"type": "string"}},
                "required": ["number", "text"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}
_NEGATIONS = {
    "de": r"nicht|nie|niemals|kein\w*|ohne|weder|nichts|niemand|un(?:möglich|zulässig|nötig)",
    "fr": r"n'|ne|pas|jamais|aucun\w*|sans|rien|personne|ni|impossible",
    "es": r"no|nunca|jamás|ningun\w*|ningún|sin|nada|nadie|ni|imposible",
    "it": r"non|mai|nessun\w*|senza|niente|nulla|né|impossibile",
    "pt": r"não|nunca|jamais|nenhum\w*|sem|nada|ninguém|nem|impossível",
    "nl": r"niet|nooit|geen|zonder|niets|niemand|noch|onmogelijk",
    "sv": r"inte|ej|aldrig|ingen|inget|inga|utan|omöjligt",
    "da": r"ikke|aldrig|ingen|intet|uden|umuligt",
    "no": r"ikke|aldri|ingen|intet|uten|umulig",
    "pl": r"nie|nigdy|żad\w+|bez|nic|nikt|niemożliwe",
    "en": r"not|no|never|none|without|cannot|\w+n't|nobody|nothing|impossible",
}
_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_SPELLED = re.compile(r"\b(?:[A-Z]{2,}[\w-]*|\w*[a-z][A-Z]\w*|\w*\d[\w-]*)\b")
_SHORTEST, _LONGEST = 0.3, 3.5


def translated(told: Sequence[Line], language: str, assistance: Assistance) -> list[Line] | None:
    """The lines in another language, with the same citations; those that can't be trusted as
    they were. None when the model fails, or when most can't be trusted."""
    wanted = [at for at, line in enumerate(told) if line.kind is not BlockKind.CODE]
    asked = {
        "language": language,
        "sentences": [{"number": at, "text": told[at].text} for at in wanted],
    }
    try:
        found = assistance.model.structured(
            assistance.prompts.text("translate"), json.dumps(asked, ensure_ascii=False), SCHEMA
        )
    except Transient:
        return None
    texts = dict(_texts(found["sentences"]))
    out = list(told)
    for at in wanted:
        if at in texts and faithful(told[at].text, texts[at], language):
            out[at] = replace(told[at], text=texts[at])
    changed = sum(out[at].text != told[at].text for at in wanted)
    return out if 2 * changed > len(wanted) else None


def faithful(original: str, said: str, language: str) -> bool:
    """Whether a translation keeps all that can be checked."""
    before, after = sense(original), sense(said)
    if not _SHORTEST <= (len(said) + 10) / (len(original) + 10) <= _LONGEST:
        return False
    if _links(original) != _links(said) or not _same_numbers(original, said):
        return False
    if any(label not in said for label in before.labels) or before.steps != after.steps:
        return False
    if not set(_SPELLED.findall(original)) <= set(_SPELLED.findall(said)):
        return False
    negation = _NEGATIONS.get(language[:2].lower())
    return negation is None or before.denies is bool(
        re.search(rf"(?<!\w)(?:{negation})(?!\w)", said.lower().replace("’", "'"))
        or (language.startswith("fr") and "n'" in said.lower().replace("’", "'"))
    )


def _links(text: str) -> set[str]:
    return {link.rstrip(".,;:!?)") for link in (*URL.findall(text), *EMAIL.findall(text))}


def _same_numbers(original: str, said: str) -> bool:
    """Digits stay; a number in words may become digits."""
    written = {canonical(number) for number in _DIGITS.findall(original)}
    told = {canonical(number) for number in _DIGITS.findall(said)}
    return written <= told <= sense(original).numbers | written | {"1"}


def _texts(found: JsonValue) -> Iterator[tuple[int, str]]:
    """The translations by number; the schema has been checked."""
    for item in found if isinstance(found, list) else []:
        if isinstance(item, dict):
            number, text = item["number"], item["text"]
            if isinstance(number, int) and isinstance(text, str):
                yield number, " ".join(text.split())
