"""What cases can be filtered by: a short code for each value, so that a page stays small."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.page.case import RIGHT, WRONG, CaseView


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, and how many cases have it."""

    code: str
    label: str
    cases: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of one value. `name` is its form field."""

    name: str
    label: str
    options: tuple[Option, ...]

    def code(self, label: str) -> str:
        """Of a value; empty where no case has it."""
        return next((it.code for it in self.options if it.label == label), "")


def filtered(cases: Sequence[CaseView]) -> tuple[list[Filter], list[CaseView]]:
    """The filters that part these cases, and the cases with their codes. A filter by which all
    cases are the same is left out."""
    found, codes = [], {id(case): list[str]() for case in cases}
    for number, (name, label, read) in enumerate(_FILTERS):
        fitting: dict[str, list[CaseView]] = {}
        for case in cases:
            for value in dict.fromkeys(read(case)):
                fitting.setdefault(value, []).append(case)
        if len(fitting) < 2 and not any(len(it) < len(cases) for it in fitting.values()):
            continue
        options: list[Option] = []
        for value, fits in sorted(fitting.items(), key=lambda it: (-len(it[1]), it[0])):
            code = f"{chr(97 + number)}{len(options)}"
            options.append(Option(code, value, len(fits)))
            for case in fits:
                codes[id(case)].append(code)
        found.append(Filter(name, label, tuple(options)))
    return found, [replace(case, codes=" ".join(codes[id(case)])) for case in cases]


def _state(case: CaseView) -> Iterable[str]:
    row = case.row
    yield RIGHT if case.right else WRONG
    if not case.decided:
        yield "another decision"
    if row.get("must_pass"):
        yield "must pass"
    if row.get("failures") or row.get("error"):
        yield "crashed or not computed"
    if row.get("reused") is not None:
        yield "reused" if row["reused"] else "asked anew"


_Reading = Callable[[CaseView], Iterable[str]]
_FILTERS: Sequence[tuple[str, str, _Reading]] = (
    ("state", "Outcome", _state),
    ("rule", "Named by", lambda case: (metric.replace("_", " ") for metric, _ in case.failing)),
    ("moved", "Moved", lambda case: (case.moved,) if case.moved else ()),
    ("expected", "Due", lambda case: (case.row["expected"],)),
    ("got", "Got", lambda case: (case.row["decision"] or "crashed",)),
    ("tag", "Tag", lambda case: case.row["tags"]),
    ("article", "Article", lambda case: case.row["articles"]),
    ("owner", "Owner", lambda case: case.row.get("owners") or ()),
    ("language", "Language", lambda case: case.row.get("locales") or ()),
)


def codes_of(filters: Sequence[Filter]) -> Mapping[str, Filter]:
    """By name."""
    return {item.name: item for item in filters}
