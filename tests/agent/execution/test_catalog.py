"""What a file of actions says, and what is wrong with it in the operator's words."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from agent.action import ActionSpec, Effect, Limits, Parameter, ValueType
from agent.assets import collect
from agent.execution.catalog import lint, open_catalog
from agent.identity import IdentityLevel
from agent.procedure import Gravity
from kb.errors import ConfigError
from kb.settings import ActionsSettings, Settings
from tests.agent.actions.backend import ACTIONS, TOKEN, ShopBackend, write_actions

Write = Callable[[str], Path]
PLAIN = """
[backend.legacy]
url = "http://127.0.0.1:9"
private = true

[action.ping]
backend = "legacy"
method = "GET"
path = "/ping/{code}"
inputs = { code = { type = "text" } }
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.setenv("SHOP_TOKEN", TOKEN)
    return lambda text: write_actions(tmp_path, "http://127.0.0.1:9", text)


def faults(path: Path) -> list[tuple[str, str, str, int]]:
    return [(x.rule, x.message, x.suggestion, x.line) for x in lint(path)]


def test_a_spec_holds_what_the_file_and_the_document_say(write: Write) -> None:
    specs = open_catalog(write(ACTIONS)).specs
    assert list(specs) == ["find_order", "issue_refund", "find_refund"]
    assert specs["issue_refund"] == ActionSpec(
        name="issue_refund",
        inputs=(
            Parameter("order_number", pattern=r"^LH-\d{5}$"),
            Parameter("amount", ValueType.MONEY),
            Parameter("reason", ValueType.CHOICE, required=False, choices=("faulty", "unwanted")),
        ),
        outputs=(
            Parameter("id"),
            Parameter("order_number"),
            Parameter("amount", ValueType.MONEY),
        ),
        result="refund",
        effect=Effect.MONEY,
        identity=IdentityLevel.VERIFIED,
        confirm=True,
        limits=Limits("amount", Decimal(150), 2),
        lookup="find_refund",
        before="find_order",
        timeout_s=0.3,
        retries=2,
    )
    assert specs["find_refund"].inputs == (Parameter("key", bound="call.key"),)
    assert specs["find_order"].description == "One order"


def test_a_sound_file_has_no_faults(write: Write) -> None:
    assert faults(write(ACTIONS)) == []


def test_a_release_opens_the_texts_that_it_pins(write: Write) -> None:
    path = write(ACTIONS)
    assets = collect(Settings(actions=ActionsSettings(path=path)))
    (path.parent / "openapi.json").unlink()
    path.unlink()
    assert list(open_catalog(assets).specs) == ["find_order", "issue_refund", "find_refund"]
    with pytest.raises(ConfigError, match=r"release holds no openapi\.json"):
        open_catalog([item for item in assets if item.name != "openapi.json"])
    assert open_catalog([]).specs == {}


def test_a_trial_puts_backends_elsewhere_and_shortens_what_is_waited_for(
    write: Write, shop: ShopBackend
) -> None:
    catalog = open_catalog(write(ACTIONS), {"shop": shop.url}, timeout_s=0.1)
    assert catalog.specs["issue_refund"].timeout_s == 0.1
    catalog.actions["find_order"]({"order_number": "LH-10042"}, "key")
    assert len(shop.calls) == 1
    with pytest.raises(ConfigError, match=r"no backend 'shops'; did you mean 'shop'"):
        open_catalog(write(ACTIONS), {"shops": shop.url})


WRONG = """
confirm = true >> confirms = true >> unknown-key >> 'confirms' >> 'confirm'
[action.find_order] >> [actions.find_order] >> unknown-key >> 'actions' >> 'action'
timeout_s = 0.3 >> time_out = 3 >> unknown-key >> 'time_out' >> 'timeout_s'
most = 150 >> mots = 150 >> unknown-key >> 'mots' >> 'most'
"createRefund" >> "createRefunds" >> unknown-operation >> createRefunds >> 'createRefund'
"openapi.json" >> "shop.json" >> backend >> shop.json can't be read >>
effect = "money" >> effect = "cash" >> wrong-value >> effect: input should be >>
confirm = true >> confirm = "yes" >> wrong-value >> confirm: input should be >>
confirm = true >> confirm = false >> no-confirmation >> moves money without >> confirm = true
"find_refund" >> "find_refnd" >> unknown-action >> as its lookup >> 'find_refund'
"find_order" >> "find_ordr" >> unknown-action >> as its before >> 'find_order'
before = "find_order" >> undo = "cancel" >> unknown-action >> as its undo >>
"find_refund" >> "find_order" >> lookup-without-key >> `find_order` >> call.key
lookup = "find_refund" >> >> no-lookup >> has no lookup >> idempotency key
t = "amount" >> t = "amuont" >> unknown-input >> 'amuont' >> 'amount'
t = "amount" >> t = "reason" >> no-amount >> 'reason' >>
most = 150, >> >> half-a-limit >> belong together >>
"verified" >> "claimed" >> limit-of-nobody >> per customer >> verified
confirm = true >> bind = { amount = "identity.mail" } >> unknown-bind >> mail >> 'identity.email'
confirm = true >> bind = { amout = "identity.email" } >> unknown-input >> 'amout' >> 'amount'
result = "order" >> bind = { order_number = "identity.email" } >> bind-of-nobody >> >> verified
result = "order" >> verifies = true >> verifies-nobody >> customer_id >>
backend = "shop" >> backend = "shp" >> unknown-backend >> 'shp' >> 'shop'
openapi = "openapi.json" >> kind = "htp" >> unknown-kind >> 'htp' >> 'http'
url = "URL" >> url = "shop" >> backend >> must be like https:// >>
"""


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_what_is_wrong_is_said_with_what_to_write_instead(write: Write, line: str) -> None:
    written, instead, rule, message, hint = (part.strip() for part in line.split(">>"))
    assert written in ACTIONS
    path = write(ACTIONS.replace(written, instead, 1))
    found = [item for item in faults(path) if item[0] == rule]
    assert found, faults(path)
    assert message in found[0][1]
    assert hint in found[0][2]


def test_a_fault_names_the_line_of_its_table(write: Write) -> None:
    path = write(ACTIONS.replace("confirm = true\n", ""))
    ((_, _, _, line),) = faults(path)
    assert path.read_text().splitlines()[line - 1] == "[action.issue_refund]"


def test_errors_keep_the_agent_from_starting_and_warnings_do_not(write: Write) -> None:
    with pytest.raises(ConfigError, match=r"actions.toml:\d+: .*without asking.*confirm = true"):
        open_catalog(write(ACTIONS.replace("confirm = true\n", "")))
    warned = open_catalog(write(ACTIONS.replace('lookup = "find_refund"', "")))
    assert [(item.rule, item.gravity) for item in warned.faults] == [("no-lookup", Gravity.WARNING)]


def test_a_token_that_is_not_set_is_a_warning(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(ACTIONS)
    monkeypatch.delenv("SHOP_TOKEN")
    ((rule, _, hint, line),) = faults(path)
    assert (rule, hint, line) == ("no-token", "set SHOP_TOKEN in the environment", 2)


def test_what_is_no_toml_and_what_is_not_there_are_said(write: Write, tmp_path: Path) -> None:
    assert faults(write("[backend"))[0][0] == "not-toml"
    with pytest.raises(ConfigError, match=r"nothing\.toml can't be read"):
        lint(tmp_path / "nothing.toml")


def test_plain_http_and_python_state_their_own_inputs(write: Write, tmp_path: Path) -> None:
    (tmp_path / "club.py").write_text("def points(arguments, key):\n    return {'points': 3}\n")
    club = (
        '[backend.club]\nplugin = "club.py"\n[action.points]\nbackend = "club"\n'
        'outputs = { points = { type = "integer" } }\n'
    )
    catalog = open_catalog(write(PLAIN + club))
    assert catalog.specs["ping"].inputs == (Parameter("code"),)
    assert catalog.actions["points"]({}, "key") == {"points": 3}


def test_every_error_is_told_at_once(write: Write) -> None:
    broken = ACTIONS.replace("confirm = true", "confirms = true").replace("getOrder", "getOrders")
    assert {rule for rule, *_ in faults(write(broken))} == {"unknown-key", "unknown-operation"}
    assert json.dumps(faults(write(broken)))
