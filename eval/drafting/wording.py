"""Questions in customers' words, from a language model; what it answers is held against the
article."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files

from agent.answers.ground import ground
from agent.answers.words import terms
from agent.ports import ChatModel
from agent.types import Citation, Decision, HandoffReason
from eval.drafting.proposal import Origin, Proposal, proposed, quote_of
from eval.drafting.sections import beginning
from eval.drafting.values import values_asked
from eval.golden.case import Case
from kb.errors import Transient
from kb.ports import Progress
from kb.types import Article, BlockKind, Section

WORTH = 1.1
UNANSWERABLE = "unanswerable"
SORTS = ("plain", "other_words", "misspelt", "two_in_one", UNANSWERABLE)
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {
        "cases": {
            "type": "array",
            "maxItems": 10,
            "items": {
                "type": "object",
                "properties": {
                    "sort": {"enum": list(SORTS)},
                    "question": {"type": "string", "maxLength": 400},
                    "answer": {"type": "string", "maxLength": 1200},
                },
                "required": ["sort", "question", "answer"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["cases"],
    "additionalProperties": False,
}
_LONGEST_PASSAGE = 3_000
_MOST_WORDS, _LEAST_TERMS = 40, 2
# After so many passages in a row without a reply the model is not asked any more.
_MOST_FAILURES = 2

# A model for one request, with an account of its own.
Open = Callable[[], ChatModel]
# The path of the article that answers a question, None where none does.
Find = Callable[[str], str | None]


@dataclass
class Worded:
    """What a model wrote: `dropped` cases did not stand on their passage or were no questions;
    `failed` passages got no reply."""

    proposals: list[Proposal] = field(default_factory=list)
    dropped: int = 0
    failed: int = 0


def worded(
    passages: Sequence[tuple[Article, Section]],
    asked: Mapping[str, Sequence[str]],
    open_model: Open,
    find: Find,
    progress: Progress,
) -> Worded:
    """Cases from each passage. `asked` are the questions that there are, by path. A case is kept
    when every sentence of its answer is supported by its passage; one that is to be unanswerable
    when search finds no article for it."""
    found = Worded()
    in_a_row = 0
    for place, (article, section) in enumerate(passages):
        progress("word", place, len(passages))
        if in_a_row == _MOST_FAILURES:
            found.failed += len(passages) - place
            break
        try:
            replies = _ask(open_model(), article, section, asked.get(article.path, ()))
        except Transient:
            in_a_row, found.failed = in_a_row + 1, found.failed + 1
            continue
        in_a_row = 0
        for reply in replies:
            proposal = _proposal(reply, article, section, find)
            found.proposals += [proposal] if proposal else []
            found.dropped += proposal is None
    progress("word", len(passages), len(passages))
    return found


def passages(
    articles: Iterable[Article], rank: Callable[[Article], float], limit: int
) -> list[tuple[Article, Section]]:
    """At most `limit` sections that say something: the fullest of each article, of the highest
    ranked articles first, then the second of each."""
    turns: list[tuple[int, float, str, Article, Section]] = []
    for article in articles:
        sections = [section for section in article.sections if beginning(section)]
        sections.sort(key=lambda it: it.start - it.end)
        turns += [
            (turn, -rank(article), article.id, article, section)
            for turn, section in enumerate(sections)
        ]
    turns.sort(key=lambda it: it[:3])
    return [(article, section) for *_, article, section in turns[:limit]]


def prompt() -> str:
    """The instructions of the model."""
    return (files("eval.drafting") / "prompts" / "words.md").read_text(encoding="utf-8")


def _ask(
    model: ChatModel, article: Article, section: Section, asked: Sequence[str]
) -> list[Mapping[str, str]]:
    """Raises `Transient`."""
    told = {
        "title": article.title,
        "heading": " > ".join(section.path),
        "passage": _text(section)[:_LONGEST_PASSAGE],
        "asked": list(asked),
    }
    reply = model.structured(prompt(), json.dumps(told, ensure_ascii=False), SCHEMA)
    cases = reply["cases"]
    return [
        {name: str(item[name]) for name in ("sort", "question", "answer")}
        for item in (cases if isinstance(cases, list) else ())
        if isinstance(item, dict)
    ]


def _text(section: Section) -> str:
    kept = (block for block in section.blocks if block.kind is not BlockKind.HEADING)
    return "\n".join(block.text for block in kept)


def _proposal(
    reply: Mapping[str, str], article: Article, section: Section, find: Find
) -> Proposal | None:
    question, answer = (" ".join(reply[name].split()) for name in ("question", "answer"))
    if len(question.split()) > _MOST_WORDS or len(set(terms(question))) < _LEAST_TERMS:
        return None
    case = Case(
        id="",
        question=question,
        decision=Decision.ANSWER,
        reference=answer,
        articles=(article.path,),
        source=f"article:{article.path}",
        tags=(reply["sort"].replace("_", "-"), "model"),
    )
    quote = quote_of(article, section.start, section.end, "".join(section.path[-1:]))
    if reply["sort"] == UNANSWERABLE:
        return None if find(question) else _open(case)
    if not _grounded(answer, article, section):
        return None
    case = replace(case, says=values_asked(question, [answer], to_the_point=True))
    why = f"a language model asks it ({reply['sort'].replace('_', ' ')}); its answer stands there"
    return proposed(case, Origin.ARTICLES, "worded", why, (quote,), WORTH)


def _open(case: Case) -> Proposal:
    due = replace(
        case,
        decision=Decision.HANDOFF,
        reason=HandoffReason.NO_EVIDENCE.value,
        reference="",
        articles=(),
    )
    why = "a language model asks it, and search finds no article for it; make sure that none is"
    return proposed(due, Origin.ARTICLES, "worded", why, (), WORTH)


def _grounded(answer: str, article: Article, section: Section) -> bool:
    """Whether every sentence of it is supported by the passage."""
    citation = Citation(
        article.id,
        article.path,
        article.title,
        article.url,
        article.text[section.start : section.end],
        section.start,
        section.end,
        "".join(section.path[-1:]),
    )
    judged = list(_judged(answer, citation))
    return bool(judged) and all(judged)


def _judged(answer: str, citation: Citation) -> Iterator[bool]:
    return (support.supported for _, support in ground(answer, [citation]))
