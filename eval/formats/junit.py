"""An evaluation as JUnit XML: a test case for each case, and one for each rule of the gate."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from xml.etree import ElementTree as Tree

from eval.formats import numbers
from eval.formats.plain import flat, plain
from eval.formats.report import Named, Report
from eval.gate.comparison import Row
from eval.gate.verdict import Failing, Rule

_CASES = "cases"


def render_junit(report: Report) -> str:
    """XML as Ant and Jenkins read it. The first suite holds the cases: one that a broken rule
    names failed, one that crashed or could not be scored is in error. Then comes one suite for
    each group of rules, with their scores as properties."""
    suites = [_case_suite(report)]
    grouped = sorted(report.verdict.rules, key=attrgetter("group"))
    for group, rules in groupby(grouped, key=attrgetter("group")):
        suites.append(_rule_suite(report, len(suites), group, list(rules)))
    root = Tree.Element("testsuites")
    root.extend(suites)
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case_suite(report: Report) -> Tree.Element:
    named = {item.case_id: item for item in report.named}
    tests = [_case_test(row, named.get(row["id"])) for row in report.record.cases]
    properties = [
        (f"score.{rule.metric}", numbers.score(rule, rule.score))
        for rule in report.verdict.rules
        if rule.score is not None
    ]
    scores = "\n".join(map(_scores, report.record.cases))
    return _suite(report, 0, _CASES, tests, properties, scores)


def _case_test(row: Row, named: Named | None) -> Tree.Element:
    test = _test(_CASES, f"{row['id']} {row['question']}", row["answer_ms"] / 1000)
    if named is None:
        return test
    failed = row["decision"] is None or row["failures"]
    told = Tree.SubElement(test, "error" if failed else "failure")
    told.set("type", flat(named.rules[0]))
    told.set("message", ", ".join(map(flat, named.rules)))
    first, *_ = named.failing
    told.text = "\n".join(
        [*_about(first), *(f"{it.metric}: {flat(it.why)}" for it in named.failing)]
    )
    return test


def _rule_suite(report: Report, number: int, group: str, rules: Sequence[Rule]) -> Tree.Element:
    tests = []
    for rule in rules:
        test = _test(group, numbers.title(rule), 0.0)
        tests.append(test)
        if not rule.passed and not rule.informs:
            told = Tree.SubElement(test, "error" if rule.failed else "failure")
            told.set("type", rule.metric)
            told.set("message", flat(rule.reason))
            named = [item for item in report.verdict.failing if item.metric == rule.metric]
            told.text = "\n\n".join(map(_told, named))
        elif rule.score is None and rule.threshold is not None:
            Tree.SubElement(test, "skipped").set("message", flat(rule.reason))
    return _suite(report, number, group, tests, list(_measured(rules)), "")


def _measured(rules: Sequence[Rule]) -> Iterable[tuple[str, str]]:
    for rule in rules:
        if rule.score is not None:
            yield f"{rule.metric}.score", numbers.score(rule, rule.score)
        yield f"{rule.metric}.n", str(rule.n)
        if rule.interval:
            yield f"{rule.metric}.interval", numbers.interval(rule)
        if rule.threshold is not None:
            yield f"{rule.metric}.floor", numbers.floor(rule)


def _suite(
    report: Report,
    number: int,
    name: str,
    tests: Sequence[Tree.Element],
    properties: Iterable[tuple[str, str]],
    out: str,
) -> Tree.Element:
    counts = {kind: sum(it.find(kind) is not None for it in tests) for kind in _OUTCOMES}
    suite = Tree.Element(
        "testsuite",
        id=str(number),
        package="wellkept",
        name=name,
        timestamp=f"{report.record.created_at:%Y-%m-%dT%H:%M:%S}",
        hostname="localhost",
        tests=str(len(tests)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"]),
        time=f"{sum(float(it.get('time', '0')) for it in tests):.3f}",
    )
    held = Tree.SubElement(suite, "properties")
    for key, value in (("release", report.record.release_id), *properties):
        Tree.SubElement(held, "property", name=flat(key), value=flat(value))
    suite.extend(tests)
    Tree.SubElement(suite, "system-out").text = plain(out)
    Tree.SubElement(suite, "system-err")
    return suite


_OUTCOMES = ("failure", "error", "skipped")


def _test(group: str, name: str, seconds: float) -> Tree.Element:
    return Tree.Element(
        "testcase", name=flat(name), classname=f"wellkept.{group}", time=f"{seconds:.3f}"
    )


def _told(item: Failing) -> str:
    return "\n".join([*_about(item), f"why:      {flat(item.why)}"])


def _about(item: Failing) -> list[str]:
    return [
        f"case:     {flat(item.case_id)}  {flat(item.question)}",
        f"expected: {flat(item.expected)}",
        *([f"before:   {flat(item.before)}"] if item.before else []),
        f"got:      {flat(item.got)}",
    ]


def _scores(row: Row) -> str:
    known = [f"{name}={value:.3f}" for name, value in row["scores"].items() if value is not None]
    return f"{flat(row['id'])}: {' '.join(known)}"
