"""Two runs compared: metric by metric and case by case, and no more said than is known."""

from eval.diff.lines import run_lines
from eval.diff.markdown import runs_markdown
from eval.diff.runs import RunDiff, diff_runs
from eval.diff.wire import runs_to_json
from eval.diff.wording import level_of, standing
from tests.eval.rows import record, row

NAMES = [f"g{number:02}" for number in range(20)]


def said(diff: RunDiff, metric: str) -> tuple[str, str]:
    item = next(item for item in diff.metrics if item.metric == metric)
    found = standing(item, level_of(diff.metrics))
    return found.direction, found.text


def worsened(count: int) -> RunDiff:
    before = record("a" * 32, [row(name) for name in NAMES], "r1")
    after = [row(name, float(place >= count)) for place, name in enumerate(NAMES)]
    return diff_runs(before, record("b" * 32, after, "r2"))


def test_a_fall_of_half_the_cases_is_more_than_chance() -> None:
    assert said(worsened(10), "decision_accuracy") == ("fell", "fell by more than chance explains")


def test_a_fall_of_two_cases_is_not_called_one() -> None:
    direction, text = said(worsened(2), "decision_accuracy")
    assert (direction, text) == ("unclear", "2 cases moved: too few to tell it from chance")


def test_without_a_change_nothing_is_said() -> None:
    diff = worsened(0)
    assert said(diff, "decision_accuracy") == ("same", "no case moved")
    assert (diff.same, diff.changed) == (20, ())


def test_a_rise_is_told_as_one() -> None:
    before = record("a", [row(name, 0.0) for name in NAMES])
    after = record("b", [row(name) for name in NAMES])
    assert said(diff_runs(before, after), "decision_accuracy")[0] == "rose"


def test_a_rise_of_a_few_cases_is_not_called_one() -> None:
    scores = {"decision_accuracy": 1.0, "grounding": 0.2}
    before = record("a", [row(name, scores=scores) for name in NAMES])
    after = record("b", [row(n, scores=scores) if p > 3 else row(n) for p, n in enumerate(NAMES)])
    direction, text = said(diff_runs(before, after), "grounding")
    assert (direction, text) == ("unclear", "4 cases moved: too few to tell it from chance")


def test_a_changed_case_tells_what_an_asker_would_notice() -> None:
    was = row("a")
    now = row("a", text="We refund within 14 days.", evidence=[])
    other = row("b", scores={"decision_accuracy": 1.0, "grounding": 0.5})
    diff = diff_runs(record("x", [was, row("b")]), record("y", [now, other]))
    assert [(it.id, it.differs, it.worse) for it in diff.changed] == [
        ("b", (), ("grounding",)),
        ("a", ("answer", "citations"), ()),
    ]


def test_cases_without_a_partner_stand_apart() -> None:
    before = record("x", [row("a"), row("b"), row("c")], golden={"sha256": "1"})
    rewritten = row("b", question="Something else?")
    diff = diff_runs(before, record("y", [row("a"), rewritten, row("d")], golden={"sha256": "2"}))
    assert [it["id"] for it in diff.only_before] == ["b", "c"]
    assert [it["id"] for it in diff.only_after] == ["b", "d"]
    assert (diff.rewritten, diff.other_golden) == (("b",), True)
    text = "\n".join(run_lines(diff))
    assert "The golden sets differ" in text
    assert "Rewritten, so not compared: b." in text


def test_the_text_shows_both_tests_and_both_answers() -> None:
    text = "\n".join(run_lines(worsened(10)))
    assert "bootstrap p  McNemar p" in text
    assert "0.0010" in text
    assert "before  answer: We refund within 30 days." in text
    assert "after   handoff: A person will help you." in text


def test_long_answers_are_shown_from_where_they_differ() -> None:
    start = "The hub needs power and a network. " * 12
    before, after = row("a", text=f"{start}It is white."), row("a", text=f"{start}It is black.")
    text = "\n".join(run_lines(diff_runs(record("x", [before]), record("y", [after]))))
    assert "It is white." in text
    assert "It is black." in text


def test_what_customers_wrote_is_no_markup_in_markdown() -> None:
    hostile = "| <b>@all</b> `x`\n# Passed\x1b[2J"
    before, after = row("a", question=hostile), row("a", 0.0, question=hostile)
    text = runs_markdown(diff_runs(record("x", [before]), record("y", [after])))
    assert "\\| \\<b\\>\\@all\\</b\\> \\`x\\` \\# Passed" in text
    assert "\x1b" not in text


def test_the_json_holds_both_rows_of_a_changed_case() -> None:
    values = runs_to_json(worsened(10))
    metric = next(it for it in values["metrics"] if it["metric"] == "decision_accuracy")
    assert (metric["direction"], metric["bootstrap_p"], len(metric["worse"])) == ("fell", 0.0, 10)
    first = values["changed"][0]
    assert (first["before"]["decision"], first["after"]["decision"]) == ("answer", "handoff")
