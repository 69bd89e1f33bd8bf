"""Golden sets are read strictly, and say where they are wrong."""

import json
from pathlib import Path

import jsonschema
import pytest

from agent.identity import IdentityLevel
from agent.types import Decision
from eval.golden.case import Asker, Case, ExpectedCall
from eval.golden.file import missing_articles, parse_line, read, schema, to_json
from eval.golden.file import write as written
from kb.errors import ConfigError

ANSWER = {
    "id": "a1",
    "question": "Can I get a refund?",
    "decision": "answer",
    "reference": "Yes, within 30 days.",
    "articles": ["refunds.md"],
    "tags": ["billing"],
    "reason": None,
}
HANDOFF = {"id": "h1", "question": "Who won?", "decision": "handoff", "reason": "out_of_scope"}


ACTING = {
    "id": "act",
    "conversation": ["I want my money back", "order 7, it arrived broken", "yes"],
    "who": {
        "audience": ["customers", "partners"],
        "plan": "Pro",
        "locale": "de",
        "identity": "verified",
        "customer": "c-1",
        "claims": {"email": "mia@post.example"},
    },
    "decision": "action",
    "actions": [{"issue_refund": {"amount": 20, "reason": "damaged"}}],
    "end_state": {"refunds": {"new": {"order": "7", "amount": "20.00"}}, "holds": {"h1": None}},
    "given": {"orders": {"7": {"status": "delivered"}}},
    "says": ["20.00"],
    "never_says": ["30.00"],
    "not_articles": ["internal/limits.md"],
    "tags": ["refund"],
    "weight": 2.5,
    "must_pass": True,
    "source": "conversation 17",
}
READ = Case(
    id="act",
    question="yes",
    earlier=("I want my money back", "order 7, it arrived broken"),
    who=Asker(
        audience=("customers", "partners"),
        plan="Pro",
        locale="de",
        identity=IdentityLevel.VERIFIED,
        customer_id="c-1",
        claims={"email": "mia@post.example"},
    ),
    decision=Decision.ACTION,
    actions=(ExpectedCall("issue_refund", {"amount": 20, "reason": "damaged"}),),
    end_state={"refunds": {"new": {"order": "7", "amount": "20.00"}}, "holds": {"h1": None}},
    given={"orders": {"7": {"status": "delivered"}}},
    says=("20.00",),
    never_says=("30.00",),
    not_articles=("internal/limits.md",),
    tags=("refund",),
    weight=2.5,
    must_pass=True,
    source="conversation 17",
)


def write(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "golden.jsonl"
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def test_cases_come_in_the_order_of_the_file_with_all_their_fields(tmp_path: Path) -> None:
    cases = read(write(tmp_path, ANSWER, "", {**HANDOFF, "weight": 2}))
    assert cases == [
        Case(
            id="a1",
            question="Can I get a refund?",
            decision=Decision.ANSWER,
            reference="Yes, within 30 days.",
            articles=("refunds.md",),
            tags=("billing",),
        ),
        Case("h1", "Who won?", Decision.HANDOFF, reason="out_of_scope", weight=2.0),
    ]


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(json.dumps(ANSWER), encoding="utf-8-sig")
    assert [case.id for case in read(path)] == ["a1"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{not json", "line 2: Invalid JSON"),
        ({**ANSWER, "id": "a2", "decision": "maybe"}, "line 2: decision: .*'answer'"),
        ({**ANSWER, "id": "a2", "artcles": []}, "line 2: artcles: Extra inputs"),
        ({**ANSWER, "id": "a2", "question": "  "}, "line 2: question: "),
        ({"id": "a2", "decision": "answer"}, "line 2: question: Field required"),
        ({**ANSWER, "id": "a2", "weight": 0}, "line 2: weight: "),
        (ANSWER, "line 2: id 'a1' is used twice"),
        (
            {"id": "a2", "question": "Q?", "decision": "answer"},
            "line 2: a case due an answer needs articles",
        ),
        (
            {"id": "a2", "decision": "handoff"},
            "line 2: question: Field required, or a `conversation` in its place",
        ),
        (
            {**HANDOFF, "conversation": ["Hello", "Who won?"]},
            "line 2: a case has a `question` or a `conversation`, not both",
        ),
        ({**HANDOFF, "shoud": 1, "must_pas": True}, "must_pas: .*; did you mean 'must_pass'"),
        ({**HANDOFF, "who": {"audiance": ["staff"]}}, "who.audiance: .*did you mean 'audience'"),
        ({**HANDOFF, "who": {"identity": "verified"}}, "line 2: who: a verified customer needs"),
        ({**HANDOFF, "who": {"customer": "c-1"}}, "line 2: who: an anonymous customer has neither"),
        (
            {**HANDOFF, "who": {"identity": "claimed", "plan": "Pro", "claims": {"plan": "Free"}}},
            "line 2: who: `plan` and the claim `plan` differ",
        ),
        ({**HANDOFF, "decision": "silent"}, "line 2: decision: "),
        ({**HANDOFF, "actions": [{"pay": {}, "send": {}}]}, "line 2: each of `actions` is one"),
        ([1, 2], "line 2: "),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(
    tmp_path: Path, line: object, complaint: str
) -> None:
    with pytest.raises(ConfigError, match=complaint):
        read(write(tmp_path, ANSWER, line))


def test_every_bad_line_is_named_up_to_ten(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read(write(tmp_path, *["nonsense"] * 12))
    assert "line 10:" in str(caught.value)
    assert "line 11:" not in str(caught.value)
    assert "and 2 more" in str(caught.value)


def test_a_file_that_is_not_there_is_an_error_of_the_operator(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read(tmp_path / "golden.jsonl")


def test_a_file_that_is_not_text_is_an_error_of_the_operator(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ConfigError, match="can't be read"):
        read(path)


def test_articles_that_do_not_exist_are_named_with_their_case(tmp_path: Path) -> None:
    cases = read(write(tmp_path, ANSWER, {**ANSWER, "id": "a2", "articles": ["x.md", "y.md"]}))
    assert missing_articles(cases, {"refunds.md", "y.md"}) == [("a2", "x.md")]


def test_a_conversation_says_who_asks_and_what_is_to_be_done() -> None:
    case = parse_line(json.dumps(ACTING))
    assert case == READ
    assert case.acts


def test_no_action_at_all_is_not_the_same_as_not_looking() -> None:
    looked = parse_line(json.dumps({**HANDOFF, "actions": []}))
    assert (looked.actions, looked.acts) == ((), True)
    assert not parse_line(json.dumps(HANDOFF)).acts


def test_what_was_written_is_read_back_the_same(tmp_path: Path) -> None:
    odd = Case(
        "odd",
        "one\u2028line, “quoted” – and\nanother",
        Decision.CLARIFY,
        actions=(),
        end_state={},
    )
    cases = [READ, odd, *read(write(tmp_path, ANSWER, HANDOFF))]
    path = tmp_path / "again.jsonl"
    path.write_text(written(cases), encoding="utf-8")
    assert read(path) == cases


def test_only_what_is_not_as_usual_is_written_in_the_order_of_the_fields() -> None:
    case = Case("h1", "Who won?", Decision.HANDOFF, reason="out_of_scope", tags=("other",))
    assert list(to_json(case).items()) == [
        ("id", "h1"),
        ("question", "Who won?"),
        ("decision", "handoff"),
        ("reason", "out_of_scope"),
        ("tags", ["other"]),
    ]


@pytest.mark.parametrize("line", [ANSWER, HANDOFF, ACTING])
def test_the_schema_accepts_what_is_read(line: object) -> None:
    jsonschema.validate(line, schema())


@pytest.mark.parametrize(
    "line",
    [
        {**ANSWER, "artcles": []},
        {**ANSWER, "decision": "maybe"},
        {"id": "a1", "decision": "handoff"},
        {**HANDOFF, "conversation": ["Who won?"]},
        {**HANDOFF, "who": {"identity": "sure"}},
    ],
)
def test_the_schema_refuses_what_is_not_read(line: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(line, schema())


def test_the_schema_and_the_page_explain_every_field() -> None:
    page = Path("docs/golden.md").read_text(encoding="utf-8")
    fields = schema()["properties"] | schema()["$defs"]["WhoPart"]["properties"]
    assert all(field.get("description") for field in fields.values())
    assert [name for name in fields if f"`{name}`" not in page] == []
