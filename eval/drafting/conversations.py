"""Cases from what customers asked, and from what became of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from agent.answers.followup import continued, did_not_help
from agent.answers.ground import split_statements
from agent.answers.words import terms
from agent.screening.smalltalk import small_talk
from agent.types import AGENT, PERSON, Conversation, Decision, HandoffReason, Rating, Thumb, Turn
from eval.drafting.privacy import is_masked, personal_values, plain_reply, scrubbed
from eval.drafting.proposal import Origin, Proposal, Quote, proposed
from eval.golden.case import Case
from eval.golden.facts import told
from kb.types import Article

# What a person said or a customer complained of teaches more than what went well.
WORTH = {"corrected": 1.6, "rated-badly": 1.5, "missed": 1.3, "unanswered": 1.1, "answered": 0.9}
_RATED_WELL = 0.3
# A person took over because the agent had nothing to say, not because a person was due.
_UNANSWERED = frozenset(
    {HandoffReason.NO_EVIDENCE, HandoffReason.NOT_GROUNDED, HandoffReason.LOW_CONFIDENCE}
    | {HandoffReason.OUT_OF_SCOPE, HandoffReason.OUTDATED, HandoffReason.CONTRADICTION}
)
_MOST_EARLIER = 3
_LONGEST_QUESTION, _LONGEST_REFERENCE = 60, 120
# A person's words stand on an article when it supports this share of their sentences.
_SUPPORTED = 0.5

# The articles that answer a question, best first.
Search = Callable[[str], Sequence[Article]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A turn of the agent with what it needs to be understood."""

    conversation: Conversation
    place: int

    @property
    def turn(self) -> Turn:
        return self.conversation.turns[self.place]

    @property
    def before(self) -> tuple[Turn, ...]:
        return self.conversation.turns[: self.place]

    @property
    def after(self) -> tuple[Turn, ...]:
        return self.conversation.turns[self.place + 1 :]


def from_conversations(
    conversations: Iterable[Conversation], paths: Iterable[str], search: Search
) -> list[Proposal]:
    """Of each question that customers asked at most one case, by what became of it: a person
    answered it, it was rated badly, it was handed over although an article answers it, or it was
    answered and the customer was content. `paths` are those of the articles that there are, and
    `search` finds those that answer a question. Nobody's data stand in it."""
    known = frozenset(paths)
    found: list[Proposal] = []
    for conversation in conversations:
        for place, turn in enumerate(conversation.turns):
            asked = _Asked(conversation, place)
            if turn.by == AGENT and _asks(turn) and (one := _proposal(asked, known, search)):
                found.append(one)
    return found


def _asks(turn: Turn) -> bool:
    """Whether a turn is about a question that articles could answer."""
    words = turn.question.split()
    return bool(
        0 < len(words) <= _LONGEST_QUESTION
        and terms(turn.question)
        and not turn.procedure
        and not small_talk(turn.question)
        and not did_not_help(turn.question)
    )


def _proposal(asked: _Asked, known: frozenset[str], search: Search) -> Proposal | None:
    if (reply := _reply_of_a_person(asked)) is not None:
        return _corrected(asked, reply, search)
    if asked.turn.rating is not None and asked.turn.rating.value is Thumb.DOWN:
        return _rated_badly(asked, asked.turn.rating, search)
    if _is_unanswered(asked.turn):
        return _unanswered(asked, search)
    if asked.turn.decision is Decision.ANSWER and _was_content(asked):
        return _answered(asked, known)
    return None


def _is_unanswered(turn: Turn) -> bool:
    return turn.handoff is not None and turn.handoff.reason in _UNANSWERED


def _reply_of_a_person(asked: _Asked) -> str | None:
    """What a person wrote to this question, before the customer or the agent said more."""
    if not _is_unanswered(asked.turn):
        return None
    said: list[str] = []
    for turn in asked.after:
        if turn.by != PERSON:
            break
        said.append(plain_reply(turn.text, personal_values(asked.conversation)))
    reply = " ".join(part for part in said if part)
    words = len(reply.split())
    return reply if 3 < words <= _LONGEST_REFERENCE else None


def _corrected(asked: _Asked, reply: str, search: Search) -> Proposal:
    article = next((it for it in search(_whole(asked)) if _supports(it, reply)), None)
    quote = Quote("", "", reply)
    if article is None:
        why = "a person answered it, and no article says so: due a person until one does"
        case = _case(asked, Decision.HANDOFF, HandoffReason.NO_EVIDENCE.value)
        return _proposed(replace(case, tags=("gap",)), "unanswered", why, (quote,))
    case = replace(_case(asked, Decision.ANSWER), reference=reply, articles=(article.path,))
    return _proposed(
        case, "corrected", "a person answered it, as an article does", (quote, _title(article))
    )


def _rated_badly(asked: _Asked, rating: Rating, search: Search) -> Proposal:
    comment = scrubbed(rating.comment, personal_values(asked.conversation))
    why = (
        f"the customer rated the answer badly{f': “{comment}”' if comment else ''}; say what is due"
    )
    quote = Quote("", "", scrubbed(asked.turn.text, personal_values(asked.conversation)))
    best = next(iter(search(_whole(asked))), None)
    if best is None:
        case = _case(asked, Decision.HANDOFF, HandoffReason.NO_EVIDENCE.value)
        return _proposed(case, "rated-badly", why, (quote,))
    case = replace(_case(asked, Decision.ANSWER), articles=(best.path,))
    return _proposed(case, "rated-badly", why, (quote, _title(best)))


def _unanswered(asked: _Asked, search: Search) -> Proposal | None:
    best = next(iter(search(_whole(asked))), None)
    if best is None:
        return None
    case = replace(_case(asked, Decision.ANSWER), articles=(best.path,))
    why = "it was handed over for want of an article, and search finds one"
    return _proposed(case, "missed", why, (_title(best),))


def _answered(asked: _Asked, known: frozenset[str]) -> Proposal | None:
    cited = tuple(dict.fromkeys(it.path for it in asked.turn.citations if it.path in known))
    if not cited:
        return None
    reference = scrubbed(asked.turn.text, personal_values(asked.conversation))
    case = replace(_case(asked, Decision.ANSWER), reference=reference, articles=cited)
    liked = asked.turn.rating is not None
    why = "answered, and rated well" if liked else "answered, and not asked again"
    quotes = [Quote(it.path, it.heading, " ".join(it.quote.split())) for it in asked.turn.citations]
    extra = _RATED_WELL if liked else 0.0
    return _proposed(case, "answered", why, quotes, extra)


def _was_content(asked: _Asked) -> bool:
    """Whether it was rated well, or nothing came after that says it was no answer: no handoff,
    no complaint and no question on the same."""
    if asked.turn.rating is not None:
        return asked.turn.rating.value is Thumb.UP
    about = set(terms(asked.turn.question))
    return not any(
        turn.handoff is not None
        or did_not_help(turn.question)
        or 2 * len(about & set(terms(turn.question))) > len(about)
        for turn in asked.after
    )


def _case(asked: _Asked, decision: Decision, reason: str = "") -> Case:
    personal = personal_values(asked.conversation)
    return Case(
        id="",
        question=scrubbed(asked.turn.question, personal),
        earlier=tuple(scrubbed(turn.question, personal) for turn in _leads_up(asked)),
        decision=decision,
        reason=reason,
        source=f"conversation:{asked.conversation.id}",
    )


def _leads_up(asked: _Asked) -> Sequence[Turn]:
    """The turns that a follow-up question needs to be understood, from the one that stands
    alone; none for a question that stands alone."""
    needed: list[Turn] = []
    turns = [turn for turn in asked.before if turn.by == AGENT and turn.question]
    text = asked.turn.question
    while turns and len(needed) < _MOST_EARLIER and continued(text, turns) is not None:
        needed.insert(0, turns.pop())
        text = needed[0].question
    return needed


def _whole(asked: _Asked) -> str:
    """The question as it is searched for."""
    earlier = [turn for turn in asked.before if turn.by == AGENT and turn.question]
    return continued(asked.turn.question, earlier) or asked.turn.question


def _supports(article: Article, reply: str) -> bool:
    statements = [part for part in split_statements(reply) if terms(part)]
    held = sum(told(part, article.text) for part in statements)
    return bool(statements) and held >= _SUPPORTED * len(statements)


def _title(article: Article) -> Quote:
    return Quote(article.path, "", article.title)


def _proposed(
    case: Case, kind: str, why: str, evidence: Iterable[Quote], extra: float = 0.0
) -> Proposal:
    if any(map(is_masked, (*case.earlier, case.question))):
        why += "; personal data was taken out of the question: word it anew"
    quotes = tuple(_told(evidence))
    return proposed(case, Origin.CONVERSATIONS, kind, why, quotes, WORTH[kind] + extra)


def _told(evidence: Iterable[Quote]) -> Iterator[Quote]:
    return (quote for quote in evidence if quote.text)
