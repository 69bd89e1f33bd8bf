"""What is wrong with a golden set, before it judges anything."""

from collections.abc import Collection, Iterator, Sequence

from agent.types import Decision
from eval.golden.case import Case
from eval.golden.facts import told, verbatim
from eval.golden.file import missing_articles
from eval.golden.obsolete import OBSOLETE, Shelf
from eval.golden.remark import Remark
from eval.golden.telling import Saying
from eval.linting.alike import copied, same_questions
from eval.linting.surroundings import Surroundings, unfitting
from kb.types import Article

__all__ = ["Remark", "Surroundings", "lint"]

# A sentence with so many of a fact's words may be where it is told.
_NEAR = 0.5


def lint(
    cases: Sequence[Case],
    articles: Sequence[Article],
    surroundings: Surroundings | None = None,
) -> list[Remark]:
    """Remarks in the order of the cases: articles that this help center lacks (`no-article`),
    facts that none of a case's articles tells any more (`obsolete`), values of a reference that
    none of them tells (`reference`), facts due and forbidden at once (`contradictory`), questions
    asked twice (`duplicate`) and questions whose words were copied from an article (`leak`), which
    search finds too easily; with `surroundings` also what does not fit the settings."""
    shelf = Shelf(articles)
    found = [
        *_missing(cases, shelf.articles),
        *_obsolete(cases, shelf),
        *_untold(cases, shelf),
        *_contradictory(cases),
        *_duplicates(cases),
        *_leaks(cases, articles),
        *(unfitting(cases, articles, surroundings) if surroundings else ()),
    ]
    order = {case.id: place for place, case in enumerate(cases)}
    return sorted(found, key=lambda remark: order[remark.case_id])


def _missing(cases: Sequence[Case], known: Collection[str]) -> Iterator[Remark]:
    for case, path in missing_articles(cases, known):
        yield Remark(case, "no-article", f"there is no article {path}", error=True, path=path)


def _obsolete(cases: Sequence[Case], shelf: Shelf) -> Iterator[Remark]:
    for case in cases:
        paths = [path for path in case.articles if path in shelf.articles]
        for fact in case.says if paths and not case.acts else ():
            if not _tells(shelf, paths, fact):
                message = f"none of its articles says “{fact}” any more"
                yield Remark(case.id, OBSOLETE, message, error=True)


def _tells(shelf: Shelf, paths: Sequence[str], fact: str) -> bool:
    """Whether it stands in one of the articles, or the sentences with its words support it: to
    read whole articles for each fact takes minutes."""
    said = shelf.sayings(paths)
    if any(verbatim(fact, shelf.articles[path].text) for path in paths):
        return True
    near = [it.text for it in said if it.text == fact or Saying(fact).share(it) >= _NEAR]
    return fact in near or told(fact, "\n".join(near))


def _untold(cases: Sequence[Case], shelf: Shelf) -> Iterator[Remark]:
    """Only told to whoever keeps the set: a reference may reckon, and round."""
    for case in cases:
        said = shelf.sayings(path for path in case.articles if path in shelf.articles)
        for value in Saying(case.reference).values if said else ():
            if not any(saying.tells(value) for saying in said):
                message = f"none of its articles tells “{value.text}” of its reference"
                yield Remark(case.id, "reference", message)


def _contradictory(cases: Sequence[Case]) -> Iterator[Remark]:
    for case in cases:
        for name, both in (
            ("says", set(case.says) & set(case.never_says)),
            ("articles", set(case.articles) & set(case.not_articles)),
        ):
            for item in sorted(both):
                message = f"{name}: “{item}” is both wanted and forbidden"
                yield Remark(case.id, "contradictory", message, error=True)


def _duplicates(cases: Sequence[Case]) -> Iterator[Remark]:
    for place, earlier in same_questions(cases):
        case, other = cases[place], cases[earlier]
        differ = case.decision is not other.decision
        due = f", and is due {case.decision} instead of {other.decision}" if differ else ""
        message = f"asks the same as {other.id}{due}"
        yield Remark(case.id, "duplicate", message, error=differ)


def _leaks(cases: Sequence[Case], articles: Sequence[Article]) -> Iterator[Remark]:
    asked = {case.id: case.question for case in cases if case.decision is not Decision.HANDOFF}
    for case, (words, path) in copied(asked, articles).items():
        yield Remark(case, "leak", f"“{words}” stands word for word in {path}", path=path)
