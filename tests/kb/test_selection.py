"""Which findings somebody means."""

import pytest

from kb.errors import Permanent
from kb.findings import Evidence, FindingKind, FindingStatus, Severity
from kb.lifecycle import UnknownFinding
from kb.selection import Selection, named, require_owner
from tests.kb.findings import finding

PLANS = Evidence("h:plans", "billing/plans.md", "Plans", "q", 0, 1)
LOGIN = Evidence("h:login", "login.md", "Login", "q", 0, 1)
FINDINGS = [
    finding("abcd1111", PLANS, LOGIN, severity=Severity.HIGH),
    finding("abcd2222", PLANS, owner="ben", kind=FindingKind.STALE),
    finding("ffff3333", LOGIN, status=FindingStatus.DISMISSED),
]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), ["abcd1111", "abcd2222", "ffff3333"]),
        (Selection(kind=FindingKind.STALE), ["abcd2222"]),
        (Selection(owner="ann"), ["abcd1111", "ffff3333"]),
        (Selection(statuses={FindingStatus.OPEN}), ["abcd1111", "abcd2222"]),
        (Selection(statuses=[]), []),
        (Selection(severity=Severity.HIGH), ["abcd1111"]),
        (Selection(article="login.md"), ["abcd1111", "ffff3333"]),
        (Selection(article="./billing/"), ["abcd1111", "abcd2222"]),
        (Selection(article="bill"), []),
        (Selection(owner="ann", article="billing"), ["abcd1111"]),
    ],
)
def test_findings_are_chosen_by_what_they_are(selection: Selection, expected: list[str]) -> None:
    assert [item.id for item in selection.of(FINDINGS)] == expected


def test_a_finding_is_named_by_its_id_or_by_a_beginning_that_no_other_has() -> None:
    found = named(["ffff", "abcd2", "ABCD2222", "abcd1111"], FINDINGS)
    assert [item.id for item in found] == ["ffff3333", "abcd2222", "abcd1111"]


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("abcd", Permanent, "2 findings begin with 'abcd': abcd1111 \\(Title of abcd1111\\);"),
        ("fff", Permanent, "too short; give 4"),
        ("abcd1112", UnknownFinding, "did you mean abcd1111"),
        ("fffe33", UnknownFinding, "did you mean ffff3333"),
        ("zzzzzzzz", UnknownFinding, "no finding zzzzzzzz; `wellkept findings list`"),
    ],
)
def test_what_names_nothing_or_several_is_refused_with_a_hint(
    name: str, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        named([name], FINDINGS)


def test_an_owner_of_nothing_is_told_of_the_one_who_may_be_meant() -> None:
    require_owner("ben", FINDINGS)
    require_owner(None, [])
    with pytest.raises(Permanent, match="'bem' owns no finding; did you mean 'ben'"):
        require_owner("bem", FINDINGS)
    with pytest.raises(Permanent, match="owners are ann, ben"):
        require_owner("somebody", FINDINGS)
