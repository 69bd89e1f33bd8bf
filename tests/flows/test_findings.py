"""`wellkept findings` as people run it."""

import getpass
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.command import main
from kb.findings import Evidence, FindingKind, FindingStatus, Severity
from kb.home import Home
from kb.store.database import Database
from kb.store.findings import Findings
from tests.flows.conftest import COMMAND, Result, wellkept
from tests.kb.findings import finding

PLANS = Evidence(
    "d:billing/plans.md", "billing/plans.md", "Plans", "within 30 days", 4, 18, "Refunds"
)
LOGIN = Evidence("d:login.md", "login.md", "Login", "within 14 days", 0, 14)
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
FOUND = [
    finding("aaaa1111bbbb", PLANS, LOGIN, severity=Severity.HIGH, details={"subject": "refund"}),
    finding("aaaa2222bbbb", LOGIN, owner="ben", kind=FindingKind.STALE),
    finding("cccc3333bbbb", PLANS, severity=Severity.LOW, kind=FindingKind.STALE),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Findings]:
    """Of a home in which a run found these."""
    database = Database(Home(home).database_url)
    database.upgrade()
    findings = Findings(database)
    findings.record(FOUND, datetime.now(UTC))
    yield findings
    database.close()


Run = Callable[..., Result]


@pytest.fixture
def findings(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command in this process."""

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["wellkept", "findings", *arguments, "--home", str(home)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Result(int(ended.value.code or 0), printed.out, printed.err)

    return run


def ids(result: Result) -> list[str]:
    return [item["id"] for item in result.json()]


@pytest.mark.usefixtures("store")
def test_findings_are_listed_most_harmful_first_and_filtered(findings: Run) -> None:
    every = findings("list", "--json")
    assert every.code == 0
    assert ids(every) == ["aaaa1111bbbb", "aaaa2222bbbb", "cccc3333bbbb"]
    chosen = findings(
        *("list", "--json", "--kind", "stale", "--owner", "ann", "--severity", "low"),
        *("--article", "billing", "--status", "open"),
    )
    assert ids(chosen) == ["cccc3333bbbb"]
    lines = findings("list", "--limit", "1")
    assert lines.out.split()[:4] == ["aaaa1111", "high", "open", "contradiction"]
    assert "billing/plans.md" in lines.out
    assert "1 of 3" in lines.err


def test_what_is_settled_is_listed_when_it_is_asked_for(findings: Run, store: Findings) -> None:
    now = datetime.now(UTC)
    store.set_status("aaaa1111bbbb", FindingStatus.DISMISSED, "ann", "both are true", now)
    assert "aaaa1111bbbb" not in ids(findings("list", "--json"))
    assert ids(findings("list", "--json", "--status", "dismissed")) == ["aaaa1111bbbb"]
    assert len(ids(findings("list", "--json", "--status", "any"))) == 3


@pytest.mark.usefixtures("store")
def test_a_finding_is_shown_with_quotes_facts_and_history(findings: Run) -> None:
    told = findings("show", "aaaa1", "--json").json()
    assert [item["quote"] for item in told["evidence"]] == ["within 30 days", "within 14 days"]
    assert (told["details"], len(told["history"])) == ({"subject": "refund"}, 1)
    text = findings("show", "aaaa1").out
    for part in ("billing/plans.md:1 > Refunds", "“within 14 days”", "subject: refund", "open by"):
        assert part in text


def test_findings_are_accepted_snoozed_dismissed_and_reopened(
    findings: Run, store: Findings
) -> None:
    assert findings("accept", "aaaa1", "cccc", "--by", "ann", "--reason", "soon").code == 0
    assert findings("snooze", "aaaa2", "--until", TOMORROW).code == 0
    assert statuses(store) == {
        "aaaa1111bbbb": "accepted",
        "aaaa2222bbbb": "snoozed",
        "cccc3333bbbb": "accepted",
    }
    last = store.history("aaaa1111bbbb")[-1]
    assert (last.by, last.reason) == ("ann", "soon")
    woken = store.history("aaaa2222bbbb")[-1]
    assert (woken.by, str(woken.until)[:10]) == (getpass.getuser(), TOMORROW)
    dismissed = findings("dismiss", "aaaa1", "--reason", "both are true", "--json")
    assert [item["status"] for item in dismissed.json()] == ["dismissed"]
    reopened = findings("reopen", "aaaa1", "aaaa2")
    assert reopened.code == 0
    assert reopened.out.startswith("aaaa1111bbbb  open")
    assert set(statuses(store).values()) == {"open", "accepted"}


def test_ids_are_read_from_a_list_that_is_piped_in(
    home: Path, findings: Run, store: Findings
) -> None:
    listed = findings("list", "--kind", "stale").out
    done = subprocess.run(
        [str(COMMAND), "findings", "dismiss", "-", "--reason", "not ours", "--home", str(home)],
        input=listed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [key for key, status in statuses(store).items() if status == "open"] == ["aaaa1111bbbb"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "aaaa"], "2 findings begin with 'aaaa'"),
        (["accept", "aaaa1", "zzzz9999"], "no finding zzzz9999"),
        (["accept", "aaab1111bbbb"], "did you mean aaaa1111bbbb"),
        (["dismiss", "aaaa1"], "--reason"),
        (["dismiss", "aaaa1", "--reason", " "], "reason is required"),
        (["snooze", "aaaa1", "--until", "2020-01-01"], "in the future"),
        (["snooze", "aaaa1", "--until", "tomorrow"], "tomorrow"),
        (["reopen", "aaaa1"], "open already"),
        (["list", "--owner", "bem"], "did you mean 'ben'"),
        (["list", "--status", "lost"], "lost"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    findings: Run, store: Findings, arguments: list[str], message: str
) -> None:
    result = findings(*arguments)
    assert (result.code, "Traceback" in result.err) == (2, False)
    assert message in " ".join(result.err.split())
    assert set(statuses(store).values()) == {"open"}


def test_a_home_without_findings_is_not_made(home: Path, findings: Run) -> None:
    result = findings("list")
    assert result.code == 2
    assert "run `wellkept release PATH` first" in result.err
    assert not home.exists()


def test_a_status_changes_while_somebody_else_holds_the_home(home: Path, store: Findings) -> None:
    """As a release does, and a server may be open on the same rows."""
    with Home(home).lock():
        assert wellkept("findings", "accept", "aaaa1", "--home", home).code == 0
        store.record(FOUND, datetime.now(UTC))
    assert statuses(store)["aaaa1111bbbb"] == "accepted"


def statuses(store: Findings) -> dict[str, str]:
    return {item.id: item.status.value for item in sorted(store.all(), key=lambda it: it.id)}
