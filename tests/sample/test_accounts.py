"""The sample's shop: one-time codes, and what only a sandbox does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from larkspur.app import create_app
from larkspur.document import PATH, document
from larkspur.server import SAMPLE_TOKEN, Running
from larkspur.storage import Storage
from tests.sample.conftest import key

MAIL = "mia@post.example"
APP = Path(__file__).parents[2] / "sample" / "backend" / "app.py"


def send(client: httpx.Client, email: str, number: int = 1) -> httpx.Response:
    return client.post("/codes", json={"email": email}, headers=key(number))


def check(client: httpx.Client, code: str, number: int, email: str = MAIL) -> httpx.Response:
    body = {"email": email, "code": code}
    return client.post("/codes/check", json=body, headers=key(number))


def test_the_code_shows_whose_mailbox_it_is_once(client: httpx.Client) -> None:
    send(client, "Mia@Post.example")
    person = check(client, "246810", 2)
    assert person.json() == {"customer_id": "c-1001", "email": MAIL, "name": "Mia Brandt"}
    assert check(client, "246810", 3).status_code == 422


def test_a_stranger_does_not_learn_who_has_an_account(client: httpx.Client) -> None:
    known, unknown = send(client, MAIL, 1), send(client, "nobody@post.example", 2)
    assert known.status_code == unknown.status_code == 200
    assert known.json()["minutes"] == unknown.json()["minutes"]
    wrong = check(client, "000000", 3)
    nobody = check(client, "246810", 4, "nobody@post.example")
    assert (wrong.status_code, wrong.json()) == (nobody.status_code, nobody.json())


def test_guessing_ends_after_five_tries(client: httpx.Client) -> None:
    send(client, MAIL)
    for number in range(2, 7):
        assert check(client, "000000", number).status_code == 422
    assert check(client, "246810", 7).status_code == 422


def test_a_code_is_good_for_ten_minutes(shop: Running, client: httpx.Client) -> None:
    old = {
        "email": MAIL,
        "code": "135790",
        "sent_at": "2026-11-20T14:40:00+00:00",
        "expires_at": "2026-11-20T14:50:00+00:00",
        "used": 0,
        "tries": 0,
    }
    shop.reset(patch={"codes": {"K-1": old}})
    assert check(client, "135790", 1).status_code == 422


def test_no_more_than_three_codes_are_sent_in_an_hour(client: httpx.Client) -> None:
    sent = [send(client, MAIL, number).status_code for number in range(1, 5)]
    assert sent == [200, 200, 200, 422]


def test_a_code_is_sent_once_for_one_key(shop: Running, client: httpx.Client) -> None:
    assert send(client, MAIL).json() == send(client, MAIL).json()
    assert len(shop.state()["codes"]) == 1
    assert client.get("/codes/sent/key-of-a-test-1").json()["email"] == MAIL
    assert client.get("/codes/checked/key-of-a-test-1").status_code == 404


def test_how_an_account_is_protected_is_told_to_its_owner(client: httpx.Client) -> None:
    found = client.get("/customers/c-1011/security").json()
    assert found["two_step"] == "authenticator app"
    assert found["email_changed_recently"] is True
    assert client.get("/customers/c-1012/security").json()["two_step"] == "off"


def test_a_patch_sets_adds_and_takes_out_rows(shop: Running, client: httpx.Client) -> None:
    shop.reset(
        patch={
            "orders": {"LH-48213": {"status": "shipped", "delivered_at": None}, "LH-48790": None},
            "customers": {"c-2000": {"name": "Una", "email": "una@post.example"}},
        }
    )
    assert client.get("/customers/c-1001/orders").json()["numbers"] == "LH-48213"
    assert shop.state()["customers"]["c-2000"]["name"] == "Una"
    wrong = client.post("/sandbox/reset", json={"patch": {"orders": {"LH-1": {"colour": 1}}}})
    assert wrong.status_code == 422
    assert client.get("/customers/c-1001/orders").json()["numbers"] == "LH-48213"


def test_outside_a_sandbox_nothing_can_be_reset_or_read() -> None:
    storage = Storage()
    with TestClient(create_app(storage, "t")) as client:
        for method, path in (("POST", "reset"), ("GET", "state"), ("PUT", "faults")):
            assert client.request(method, f"/sandbox/{path}", json={}).status_code == 404
    storage.close()


def test_the_written_document_is_what_the_shop_serves(client: httpx.Client) -> None:
    assert PATH.read_text(encoding="utf-8") == document(), "run app.py --write-openapi"
    assert client.get("/openapi.json").json() == json.loads(document())


def test_a_file_keeps_what_was_done(tmp_path: Path) -> None:
    database = str(tmp_path / "shop.db")
    for expected in ("processing", "cancelled"):
        storage = Storage(database)
        headers = {"Authorization": "Bearer t", **key()}
        with TestClient(create_app(storage, "t"), headers=headers) as client:
            path = "/customers/c-1001/orders/LH-48790"
            assert client.get(path).json()["status"] == expected
            client.post(f"{path}/cancellation")
        storage.close()


@pytest.mark.parametrize("options", [["--host", "0.0.0.0"], ["--host", "0.0.0.0", "--sandbox"]])
def test_the_documented_token_never_leaves_this_machine(options: list[str]) -> None:
    given = {name: value for name, value in os.environ.items() if name != "LARKSPUR_SHOP_TOKEN"}
    if "--sandbox" in options:
        given["LARKSPUR_SHOP_TOKEN"] = SAMPLE_TOKEN
    command = [sys.executable, str(APP), "--port", "0", *options]
    done = subprocess.run(
        command, env=given, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    assert "LARKSPUR_SHOP_TOKEN" in done.stderr
