"""Stems are the same from every thread: a server answers from several."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from agent.answers.words import term
from kb.claims.words import root

WORDS = ["identification", "cancellations", "replied", "dying", "usefulness", "cars"] * 20


@pytest.fixture(autouse=True)
def _eager_switches() -> Iterator[None]:
    """Threads take turns in the middle of a word."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("stem", [term.__wrapped__, root.__wrapped__])
def test_threads_do_not_spoil_each_others_stems(stem: Callable[[str], str]) -> None:
    alone = [stem(word) for word in WORDS]
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: [stem(word) for word in WORDS], range(40)):
            assert found == alone
