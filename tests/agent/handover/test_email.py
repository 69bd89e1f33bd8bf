"""The address in a customer's message."""

import pytest

from agent.handover.email import address, looks_like_one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zoe@example.com", "zoe@example.com"),
        ("Reach me at Zoe.S+help@Mail.Example.CO.UK, thanks!", "Zoe.S+help@mail.example.co.uk"),
        ("<o'neil@example.org>", "o'neil@example.org"),
        ("mine is zoe@example.com. Zoe@EXAMPLE.com works", None),
        ("zoe@example.com or zoe@EXAMPLE.com", "zoe@example.com"),
        ("a@example.com or b@example.com", None),
        ("zoe@example", None),
        ("zoe@@example.com", None),
        ("zoe..smith@example.com", None),
        ("zoe@-example.com", None),
        ("@zoe on the forum", None),
        ("no thanks", None),
        (f"{'z' * 65}@example.com", None),
        ("zoe@example.com\nBcc: everybody@example.com", None),
    ],
)  # fmt: skip
def test_the_one_address_that_mail_can_be_sent_to_is_taken(text: str, found: str | None) -> None:
    assert address(text) == found


@pytest.mark.parametrize(
    ("text", "tried"),
    [("zoe@example", True), ("zoe at example.com", True), ("I'll wait here", False)],
)
def test_an_attempt_at_an_address_is_noticed(text: str, tried: bool) -> None:
    assert looks_like_one(text) is tried
