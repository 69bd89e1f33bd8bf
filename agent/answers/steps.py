"""Whether steps that are told are all of them, in order."""

from collections.abc import Iterator, Sequence

from agent.answers.evidence import Candidate
from agent.answers.quoting import Read
from agent.answers.reading import Statement, section_at, statements
from agent.answers.write import Line
from agent.types import Citation
from kb.types import BlockKind


def out_of_order(told: Sequence[Line]) -> bool:
    """Whether lines that stand on one article tell it backwards."""
    starts: dict[str, int] = {}
    for line in told:
        for citation in line.citations[:1]:
            if citation.start < starts.get(citation.article_id, -1):
                return True
            starts[citation.article_id] = citation.start
    return False


def left_out(told: Sequence[Line], read: Read) -> str:
    """The first step that is missing from a list of which at least two are told; empty where
    none is. Inner lists may be told by their outer step alone."""
    cited = [citation for line in told for citation in line.citations]
    for steps in _lists(cited, read):
        known = [any(_covers(citation, step) for citation in cited) for step in steps]
        if sum(known) > 1 and not all(known):
            return steps[known.index(False)].text
    return ""


def whole_lists(chosen: Sequence[Statement], candidate: Candidate) -> list[Statement]:
    """The statements in order of the section, with all steps of a list of which at least two were
    chosen, and what stands between them."""
    said = statements(candidate.article, candidate.section)
    wanted = set(chosen)
    for steps in _runs(said):
        if len(wanted.intersection(steps)) > 1:
            first, last = said.index(steps[0]), said.index(steps[-1])
            wanted.update(said[first : last + 1])
    return [item for item in said if item in wanted]


def _lists(cited: Sequence[Citation], read: Read) -> Iterator[list[Statement]]:
    """The numbered lists that the citations lie in, each once."""
    seen: set[tuple[str, int]] = set()
    for citation in cited:
        article = read(citation.article_id)
        section = section_at(article, citation.start) if article else None
        if article is None or section is None or (article.id, section.start) in seen:
            continue
        seen.add((article.id, section.start))
        yield from _runs(statements(article, section))


def _runs(said: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Steps at the outer level, one list after the other: a list ends where the number falls."""
    run: list[Statement] = []
    number = 0
    for item in said:
        if item.kind is not BlockKind.STEP or item.depth or item.part:
            continue
        digits = "".join(char for char in item.marker if char.isdigit())
        if run and digits and int(digits) <= number:
            yield run
            run = []
        run.append(item)
        number = int(digits) if digits else number + 1
    if run:
        yield run


def _covers(citation: Citation, step: Statement) -> bool:
    return citation.start < step.end and step.start < citation.end
