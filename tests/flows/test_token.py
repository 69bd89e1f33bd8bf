"""`wellkept token`: trying the chat as a verified customer."""

from pathlib import Path

import jwt

from tests.flows.conftest import wellkept

SECRET = "a-secret-of-the-tests-that-is-long-enough"


def test_a_token_is_printed_alone_and_the_way_to_the_chat_beside_it(tmp_path: Path) -> None:
    given = ("--customer", "c-1001", "--email", "mia@post.example", "--minutes", "5")
    done = wellkept("token", *given, cwd=tmp_path, env={"WELLKEPT_IDENTITY_SECRET": SECRET})
    assert done.code == 0
    said = jwt.decode(done.out.strip(), SECRET, ["HS256"], audience="wellkept")
    assert (said["sub"], said["email"]) == ("c-1001", "mia@post.example")
    assert said["exp"] - said["iat"] == 300
    assert f"/#token={done.out.strip()}" in done.err


def test_without_a_secret_of_some_length_it_says_what_to_set(tmp_path: Path) -> None:
    for env in ({}, {"WELLKEPT_IDENTITY_SECRET": "short"}):
        done = wellkept("token", "--customer", "c-1001", cwd=tmp_path, env=env)
        assert done.code == 2
        assert "WELLKEPT_IDENTITY_SECRET" in done.err
        assert done.out == ""
