"""What is wrong with a golden set, before it judges anything."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.types import Decision
from eval.case import Case
from eval.facts import told
from eval.golden import missing_articles
from kb.types import Article

# Questions alike to this share, of rapidfuzz's ratio over their words, ask the same.
_SAME = 0.93
# So many words in a row that stand in an article were copied from it.
_COPIED_WORDS = 8


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a case. `rule` is a stable name; an `error` makes the set's scores wrong."""

    case_id: str
    rule: str
    message: str
    error: bool = False


def lint(cases: Sequence[Case], articles: Sequence[Article]) -> list[Remark]:
    """Remarks in the order of the cases: articles that this help center lacks (`no-article`),
    facts that none of a case's articles tells any more (`obsolete`), facts due and forbidden at
    once (`contradictory`), questions asked twice (`duplicate`) and questions whose words were
    copied from an article (`leak`), which search finds too easily."""
    by_path = {article.path: article for article in articles}
    found = [
        *_missing(cases, by_path),
        *_obsolete(cases, by_path),
        *_contradictory(cases),
        *_duplicates(cases),
        *_leaks(cases, articles),
    ]
    order = {case.id: place for place, case in enumerate(cases)}
    return sorted(found, key=lambda remark: order[remark.case_id])


def _missing(cases: Sequence[Case], known: Mapping[str, Article]) -> Iterator[Remark]:
    for case, path in missing_articles(cases, set(known)):
        yield Remark(case, "no-article", f"there is no article {path}", error=True)


def _obsolete(cases: Sequence[Case], known: Mapping[str, Article]) -> Iterator[Remark]:
    for case in cases:
        texts = [known[path].text for path in case.articles if path in known]
        for fact in case.says if texts else ():
            if not any(told(fact, text) for text in texts):
                message = f"none of its articles says “{fact}” any more"
                yield Remark(case.id, "obsolete", message, error=True)


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
    from rapidfuzz.fuzz import token_sort_ratio

    asked = [_bare(case.question) for case in cases]
    for place, case in enumerate(cases):
        for earlier in range(place):
            if token_sort_ratio(asked[place], asked[earlier]) / 100 >= _SAME:
                other = cases[earlier]
                differ = case.decision is not other.decision
                due = f", and is due {case.decision} instead of {other.decision}" if differ else ""
                message = f"asks the same as {other.id}{due}"
                yield Remark(case.id, "duplicate", message, error=differ)
                break


def _leaks(cases: Sequence[Case], articles: Sequence[Article]) -> Iterator[Remark]:
    bodies = [(article.path, f" {_bare(article.text)} ") for article in articles]
    for case in cases:
        if case.decision is Decision.HANDOFF:
            continue
        words = _bare(case.question).split()
        runs = [
            " ".join(words[start : start + _COPIED_WORDS])
            for start in range(len(words) - _COPIED_WORDS + 1)
        ]
        for path, body in bodies:
            copied = next((run for run in runs if f" {run} " in body), "")
            if copied:
                yield Remark(case.id, "leak", f"“{copied}” stands word for word in {path}")
                break


def _bare(text: str) -> str:
    """Lower-case words without punctuation."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
