"""Text of strangers, made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.formats.plain import flat, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a�[31mb"),
        ("a\x00b", "a�b"),
        ("a\u202eb\u200b", "ab"),
        ("a\tb\u00a0c\r\nd", "a b c \nd"),
        ("\ud800", "�"),
        ("größer 🪴 “30 days”", "größer 🪴 “30 days”"),
    ],
)
def test_what_acts_is_taken_out_and_what_is_read_stays(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_on_one_line_everything_can_be_printed(text: str) -> None:
    assert flat(text).isprintable()
