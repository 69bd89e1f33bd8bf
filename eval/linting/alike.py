"""Questions that ask the same, or that were copied from an article; in large sets too."""

import re
from collections.abc import Iterator, Mapping, Sequence

from eval.golden.case import Case
from kb.types import Article

# Questions alike to this share, of rapidfuzz's ratio over their words, ask the same.
_SAME = 0.93
# So many words in a row that stand in an article were copied from it.
_COPIED_WORDS = 8
# Rows of the table of likenesses that are held at once.
_AT_ONCE = 500


def same_questions(cases: Sequence[Case]) -> Iterator[tuple[int, int]]:
    """(place, place of the first that it is like) of cases in which the same person asks the same
    in the same circumstances, by place."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    asked = [_sorted("\n".join((*case.earlier, case.question))) for case in cases]
    circumstances = [(case.who, case.given) for case in cases]
    for start in range(0, len(cases), _AT_ONCE):
        rows = asked[start : start + _AT_ONCE]
        alike = cdist(rows, asked, scorer=ratio, score_cutoff=_SAME * 100)
        for place, row in enumerate(alike, start=start):
            like = (
                earlier
                for earlier in row[:place].nonzero()[0].tolist()
                if circumstances[place] == circumstances[earlier]
            )
            first = next(like, None)
            if first is not None:
                yield place, first


def copied(questions: Mapping[str, str], articles: Sequence[Article]) -> dict[str, tuple[str, str]]:
    """Name of a question to the first words of it that stand in an article, and its path."""
    runs: dict[str, list[str]] = {}
    for name, question in questions.items():
        for run in _runs(question):
            runs.setdefault(run, []).append(name)
    found: dict[str, tuple[str, str]] = {}
    for article in articles:
        for run in _runs(article.text):
            for name in runs.get(run, ()):
                found.setdefault(name, (run, article.path))
    return {name: found[name] for name in questions if name in found}


def _runs(text: str) -> Iterator[str]:
    words = _bare(text)
    for start in range(len(words) - _COPIED_WORDS + 1):
        yield " ".join(words[start : start + _COPIED_WORDS])


def _sorted(text: str) -> str:
    return " ".join(sorted(_bare(text)))


def _bare(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return re.findall(r"[^\W_]+", text.lower())
