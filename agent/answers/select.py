"""Which statements of a section answer the question, in their own order."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from agent.answers.evidence import Candidate, Question
from agent.answers.reading import Statement, statements
from agent.answers.words import terms
from kb.types import BlockKind

MAX_STEPS = 20
MAX_ITEMS = 10
MAX_ROWS = 4
MAX_CODE_CHARS = 600

# What a statement is worth: words of the question that the headings don't have already, all its
# words, the kind of thing that the question asks for, standing in the passage that search found,
# and standing at the beginning of its section, where most sections say what they are about.
_NEW_WORDS, _ALL_WORDS, _CUE, _FOUND, _FIRST = 0.8, 0.4, 0.15, 0.15, 0.30
# What telling what is asked is worth, for a sentence that was read closer.
_TOLD = 4.0
_GOES_ON = 0.6
# A sentence this far into its paragraph is told from the paragraph's beginning: what stands before
# it often holds the condition.
_SHORT_PARAGRAPH = 3

_HOW = re.compile(
    r"\b(?:how (?:do|can|to|would|should|could)|steps?|where (?:do|can)|set ?up|install|configure"
    r"|enable|disable|create|add|remove|delete|change|update|connect|cancel|reset|import|export)\b"
)
_CUES = (
    (re.compile(r"\bhow (?:long|soon|fast|quickly|often)\b|\bwhen (?:will|do|does|can)\b"),
     re.compile(r"\b\d+|\b(?:minutes?|hours?|days?|weeks?|months?|years?|immediately|instantly|daily|until|within)\b")),
    (re.compile(r"\bhow (?:much|many)\b|\bprice\b|\bcosts?\b|\blimits?\b|\bmaximum\b"),
     re.compile(r"[$€£%]|\b\d+|\b(?:free|unlimited|no (?:limit|charge|extra)|up to|at most)\b")),
    (re.compile(r"^(?:can|could|may|is it possible|am i able|are we able|is there a way|do you (?:allow|support))\b"),
     re.compile(r"\b(?:can|cannot|can't|may|possible|able|unable|allow\w*|support\w*|not|only|unfortunately|yes|no)\b")),
    (re.compile(r"^(?:do|does|is|are|has|have|will|did)\b"),
     re.compile(r"\b(?:yes|no|not|n't|only|always|never|does|do|is|are|must|need)\b")),
    (re.compile(r"^why\b|\breason\b"),
     re.compile(r"\b(?:because|since|due|so that|reasons?|caused?|therefore|means|happens? (?:when|if)|if)\b")),
    (re.compile(r"\bwhere\b"),
     re.compile(r"\b(?:settings?|menu|page|tab|section|click|go to|under|folder|sidebar)\b|>|→")),
    (re.compile(r"^what (?:is|are|does|do)\b|\bmeans?\b|\bdefinition\b"),
     re.compile(r"^(?:an? |the )?[\w' -]{2,40} (?:is|are|means|refers to|lets?|allows?|shows?)\b")),
)  # fmt: skip
_FOLLOWS = re.compile(
    r"^(?:but|however|otherwise|if not|note|please note|also|in (?:this|that) case|only|unless|except|instead"
    r"|then|after(?: that|wards)|once|this|these|it|they|you can also|alternatively|if)\b"
)
_LEANS = re.compile(
    r"^(?:this|these|those|that|it|its|they|he|she|but|however|otherwise|also|then|in (?:this|that|these) case"
    r"|instead|therefore|thus|so|for this|to do (?:this|so|that)|doing (?:this|so)|and|if so|if not|alternatively"
    r"|similarly|again|the (?:latter|former|same))\b"
)
_POINTS = re.compile(
    r"^(?:please )?(?:see|refer to|read|check out|visit)\b|\bfor (?:more |further )?(?:details?|information|instructions)\b"
    r"|\b(?:links?|sections?|pages?) below\b|\bsee (?:the|our|also)\b|\btry searching\b"
)
_LEAST_WORDS = 12


_UNREAD: Mapping[tuple[str, int], float] = {}


@dataclass(frozen=True, slots=True)
class _Scored:
    statement: Statement
    score: float


def select(
    question: Question,
    candidate: Candidate,
    limit: int,
    told: Mapping[tuple[str, int], float] = _UNREAD,
) -> list[Statement]:
    """At most `limit` sentences, or one list of steps whole with what leads into it. `told` is how
    well sentences that were read closer tell what is asked, as in `Evidence`."""
    scored = _score(question, candidate, told)
    if not any(_told(item) for item in scored):
        return [item.statement for item in scored[:1]]
    steps = _best_steps(scored, bool(_HOW.search(question.text.lower())))
    return steps or _prose(scored, limit)


def says_something(candidate: Candidate) -> bool:
    """Whether the section states anything beside where else to look."""
    found = statements(candidate.article, candidate.section)
    telling = [said for said in found if said.kind is not BlockKind.CODE and not only_points(said)]
    return sum(len(said.text.split()) for said in telling) >= _LEAST_WORDS


def only_points(said: Statement) -> bool:
    """Whether it only says where else to look."""
    return bool(_POINTS.search(said.text.lower()))


def _score(
    question: Question, candidate: Candidate, told: Mapping[tuple[str, int], float]
) -> list[_Scored]:
    cues = [cue for asks, cue in _CUES if asks.search(question.text.lower().strip())]
    headed = set(terms(" ".join((candidate.article.title, *candidate.section.path))))
    asked = set(question.weights)
    new = asked - headed
    start, end = candidate.passage
    found = []
    for number, said in enumerate(statements(candidate.article, candidate.section)):
        has = asked.intersection(terms(said.text))
        score = _NEW_WORDS * question.covered(has & new) + _ALL_WORDS * question.covered(has)
        score += _CUE * any(cue.search(said.text.lower()) for cue in cues)
        score += _FOUND * (said.start < end and said.end > start)
        score += _FIRST / (1 + number)
        score += _TOLD * told.get((candidate.article.id, said.start), 0.0)
        found.append(_Scored(said, score))
    return found


def _told(item: _Scored) -> bool:
    return item.statement.kind is not BlockKind.CODE


def _best_steps(scored: Sequence[_Scored], asks_how: bool) -> list[Statement]:
    """The list of steps that answers, whole and in order, after the sentence before it. Where
    the question asks how, a bulleted list is one too."""
    best: tuple[float, list[Statement]] = (0.0, [])
    top = max(item.score for item in scored if _told(item))
    needed = (_GOES_ON if asks_how else 1.0) * top - 1e-9
    kinds = (BlockKind.STEP, BlockKind.LIST_ITEM) if asks_how else (BlockKind.STEP,)
    for first, last in _runs(scored, kinds):
        lead = _lead(scored, first)
        reach = max(item.score for item in scored[first - len(lead) : last] if _told(item))
        if reach >= needed and reach > best[0] and last - first <= MAX_STEPS:
            best = (reach, [*lead, *(item.statement for item in scored[first:last])])
    return best[1]


def _runs(scored: Sequence[_Scored], kinds: Collection[BlockKind]) -> list[tuple[int, int]]:
    """Index ranges of the lists, with what stands between and under their items."""
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(scored):
        if scored[index].statement.kind in kinds:
            last = _run_end(scored, index)
            runs.append((index, last))
            index = last
        else:
            index += 1
    return runs


def _run_end(scored: Sequence[_Scored], first: int) -> int:
    """Past the last item of the list that begins here. A text between two steps belongs to it
    when the number goes on after it."""
    outer = scored[first].statement
    last, number = first + 1, _number(outer)
    for index in range(first + 1, len(scored)):
        said = scored[index].statement
        if said.kind is outer.kind and said.depth == outer.depth:
            goes_on = said.part > 0 or (number > 0 and _number(said) == number + 1)
            if index > last and not goes_on:
                break
            number = _number(said) if said.part == 0 else number
        elif said.depth <= outer.depth:
            continue
        last = index + 1
    after = scored[last].statement if last < len(scored) else outer
    shown = after.kind is BlockKind.CODE and scored[last - 1].statement.text.endswith(":")
    return last + 1 if shown else last


def _number(said: Statement) -> int:
    digits = re.match(r"\d+", said.marker)
    return int(digits[0]) if digits else 0


def _lead(scored: Sequence[_Scored], first: int) -> list[Statement]:
    """The sentence that introduces a list, when one stands right before it."""
    if first == 0:
        return []
    before = scored[first - 1].statement
    introduces = before.kind is BlockKind.PARAGRAPH and (
        before.text.endswith(":") or len(before.text) <= 200
    )
    return [before] if introduces else []


def _prose(scored: Sequence[_Scored], limit: int) -> list[Statement]:
    told = [number for number, item in enumerate(scored) if _told(item)]
    anchor = max(told, key=lambda number: (scored[number].score, -number))
    if scored[anchor].statement.kind is BlockKind.TABLE_ROW:
        return _rows(scored, anchor)
    return _forward(scored, _beginning(scored, anchor), anchor, limit)


def _rows(scored: Sequence[_Scored], anchor: int) -> list[Statement]:
    least = 0.8 * scored[anchor].score
    rows = [
        item.statement
        for item in scored
        if item.statement.kind is BlockKind.TABLE_ROW and item.score >= least
    ]
    return rows[:MAX_ROWS]


def _beginning(scored: Sequence[_Scored], anchor: int) -> int:
    """Back to the sentence that `this` or `however` leans on, or that introduces the item."""
    said = scored[anchor].statement
    if said.kind is BlockKind.LIST_ITEM and said.part == 0:
        ahead = anchor
        while ahead > 0 and scored[ahead].statement.kind is BlockKind.LIST_ITEM:
            ahead -= 1
        lead = scored[ahead].statement
        return ahead if lead.text.endswith(":") and anchor - ahead <= MAX_ITEMS else anchor
    if said.kind in (BlockKind.PARAGRAPH, BlockKind.NOTE) and 0 < said.part < _SHORT_PARAGRAPH:
        return anchor - said.part
    leans = said.part > 0 or said.kind is BlockKind.PARAGRAPH
    if anchor > 0 and leans and _LEANS.match(said.text.lower()) and _told(scored[anchor - 1]):
        return anchor - 1
    return anchor


def _forward(scored: Sequence[_Scored], first: int, anchor: int, limit: int) -> list[Statement]:
    """From `first` on, for as long as what follows goes on with the answer."""
    chosen = [scored[first].statement]
    items = 0
    for index in range(first + 1, len(scored)):
        said = scored[index].statement
        listed = said.kind in (BlockKind.LIST_ITEM, BlockKind.STEP)
        full = items >= MAX_ITEMS if listed else len(chosen) - items >= limit
        long = said.kind is BlockKind.CODE and len(said.text) > MAX_CODE_CHARS
        strong = scored[index].score >= _GOES_ON * scored[anchor].score
        if full or long or not (index <= anchor or strong or _goes_on(said, chosen)):
            break
        chosen.append(said)
        items += listed
    while len(chosen) > 1 and chosen[-1].text.endswith(":"):
        chosen.pop()
    return chosen


def _goes_on(said: Statement, chosen: Sequence[Statement]) -> bool:
    """Whether the statement continues the one before, whatever it says."""
    before = chosen[-1]
    if before.text.endswith(":") or said.kind is BlockKind.NOTE:
        return True
    if said.kind in (BlockKind.LIST_ITEM, BlockKind.STEP):
        led = any(earlier.text.endswith(":") for earlier in chosen)
        return before.kind is said.kind and led
    same = said.block == before.block
    return same and (len(chosen) < 3 or bool(_FOLLOWS.match(said.text.lower())))
