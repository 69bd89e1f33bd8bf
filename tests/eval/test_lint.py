"""What is wrong with a golden set."""

from dataclasses import replace
from time import perf_counter

import pytest

from agent.identity import IdentityLevel
from agent.types import Decision
from eval.golden.case import Asker, Case, ExpectedCall
from eval.linting.lint import Remark, Surroundings, lint
from tests.agent.fakes import article

RETURNS = article(
    "returns.md",
    """---
title: Returns
---
You can send anything back within 30 days of the day on which it arrived at your door.
Custom frames can't be returned.
""",
)
CASE = Case(
    "g1",
    "how long until i must send a frame back?",
    Decision.ANSWER,
    "Within 30 days.",
    ("returns.md",),
)


def rules(*cases: Case) -> list[tuple[str, str]]:
    return [(remark.case_id, remark.rule) for remark in lint(cases, [RETURNS])]


def test_a_good_set_has_no_remarks() -> None:
    good = replace(CASE, says=("within 30 days",), never_says=("60 days",))
    other = replace(CASE, id="g2", question="are custom frames ok to return")
    assert rules(good, other) == []


def test_an_article_that_is_gone_is_an_error() -> None:
    remark = Remark("g1", "no-article", "there is no article gone.md", error=True)
    assert lint([replace(CASE, articles=("gone.md",))], [RETURNS]) == [remark]
    assert rules(replace(CASE, not_articles=("gone.md",))) == [("g1", "no-article")]


def test_a_fact_that_its_article_no_longer_tells_makes_the_case_obsolete() -> None:
    assert rules(replace(CASE, says=("within 45 days",))) == [("g1", "obsolete")]


def test_a_fact_can_not_be_due_and_forbidden() -> None:
    both = replace(CASE, says=("within 30 days",), never_says=("within 30 days",))
    assert rules(both) == [("g1", "contradictory")]


def test_a_question_asked_twice_is_named_and_wrong_when_it_is_due_something_else() -> None:
    again = replace(CASE, id="g2", question="How long until I must send a frame back")
    other = replace(again, decision=Decision.HANDOFF, articles=())
    (remark,) = lint([CASE, again], [RETURNS])
    assert (remark.case_id, remark.rule, remark.error) == ("g2", "duplicate", False)
    (remark,) = lint([CASE, other], [RETURNS])
    assert remark.error
    assert "due handoff instead of answer" in remark.message


def test_a_question_copied_from_an_article_is_a_leak() -> None:
    copied = replace(CASE, question="Can I send anything back within 30 days of the day on it?")
    assert rules(copied) == [("g1", "leak")]
    assert rules(replace(copied, decision=Decision.HANDOFF)) == []


def test_a_value_of_a_reference_that_no_article_tells_is_only_told() -> None:
    (remark,) = lint([replace(CASE, reference="It can go back within 20 days.")], [RETURNS])
    assert (remark.rule, remark.error) == ("reference", False)
    assert remark.message == "none of its articles tells “20 days” of its reference"
    assert rules(replace(CASE, reference="You have thirty days.")) == []


def test_the_same_words_at_the_end_of_two_conversations_ask_two_things() -> None:
    yes = Case("g1", "yes please", Decision.ACTION, earlier=("cancel my order",))
    other = replace(yes, id="g2", earlier=("pause my plan, I am away",))
    assert rules(yes, other) == []
    assert rules(yes, replace(yes, id="g2")) == [("g2", "duplicate")]


def test_the_same_question_of_somebody_else_is_another_case() -> None:
    staff = replace(CASE, id="g2", who=Asker(audience=("staff",)), decision=Decision.HANDOFF)
    assert rules(CASE, staff) == []


STAFF = article("staff.md", "---\ntitle: Goodwill\naudience: staff\n---\nUp to $20 a case.\n")
SHOP = Surroundings(
    audience=("customers",),
    actions={"issue_refund": True, "find_order": False},
    simulated=True,
    state={"orders": {"7": {"status": "paid"}}, "refunds": {}},
)


@pytest.mark.parametrize(
    ("changes", "rule", "message"),
    [
        ({"actions": (ExpectedCall("isue_refund"),)}, "no-action", "did you mean 'issue_refund'"),
        ({"actions": (ExpectedCall("find_order"),)}, "no-action", "find_order changes nothing"),
        ({"end_state": {"order": {}}}, "no-row", "no table order; did you mean 'orders'"),
        ({"end_state": {"orders": {"8": {"status": "*"}}}}, "no-row", "orders has no row 8"),
        ({"given": {"payments": {}}}, "no-row", "no table payments"),
        ({"who": Asker(audience=("customers", "stuff"))}, "no-audience", "did you mean 'staff'"),
        ({"who": Asker(locale="de-AT")}, "no-locale", "no article is in de-AT"),
        ({"articles": ("staff.md",), "reference": ""}, "hidden", "its articles are for staff"),
    ],
)
def test_what_does_not_fit_the_settings_is_named(
    changes: dict[str, object], rule: str, message: str
) -> None:
    case = replace(CASE, **changes)  # type: ignore[arg-type]  # fields of a case
    (remark,) = lint([case], [RETURNS, STAFF], SHOP)
    assert remark.rule == rule
    assert message in remark.message


def test_a_case_that_fits_the_settings_has_no_remarks() -> None:
    who = Asker(("customers", "staff"), "", "en-GB", IdentityLevel.VERIFIED, "c-1")
    acting = replace(
        CASE,
        id="g2",
        question="refund order 8",
        who=who,
        given={"orders": {"8": {"status": "paid"}}},
        actions=(ExpectedCall("issue_refund"),),
        end_state={"orders": {"8": {"status": "*"}}, "refunds": {"new": {}}},
    )
    told = replace(
        CASE, id="g3", question="goodwill?", who=who, articles=("staff.md",), reference=""
    )
    assert lint([CASE, acting, told], [RETURNS, STAFF], SHOP) == []


def test_a_case_that_acts_needs_backends() -> None:
    alone = replace(SHOP, simulated=False, state=None)
    (remark,) = lint([replace(CASE, actions=())], [RETURNS], alone)
    assert (remark.rule, remark.error) == ("no-backend", True)


def test_a_large_set_is_looked_through_in_seconds() -> None:
    words = [f"w{number}" for number in range(400)]
    lines = [". ".join(words[at : at + 8]) + "." for at in range(0, 400, 8)]
    articles = [
        article(f"{place}.md", f"# A{place}\n\nIt takes {place} days.\n\n" + "\n\n".join(lines))
        for place in range(50)
    ]
    cases = [
        Case(
            f"g{number}",
            f"how about {words[number % 400]} and {number * 31} or {number * 7} then",
            Decision.ANSWER,
            f"It takes {number % 50} days.",
            (f"{number % 50}.md",),
            says=(f"{number % 50} days",),
        )
        for number in range(1_000)
    ]
    started = perf_counter()
    assert [item for item in lint(cases, articles) if item.error] == []
    assert perf_counter() - started < 5
