"""A memory that holds so many items and no more."""

from kb.lately import Lately


def test_what_was_not_used_longest_is_let_go() -> None:
    kept: Lately[int] = Lately(2)
    kept.put({"a": 1, "b": 2})
    assert kept.get(["a"]) == {"a": 1}
    kept.put({"c": 3})
    assert kept.get(["a", "b", "c"]) == {"a": 1, "c": 3}


def test_more_than_fits_keeps_the_last() -> None:
    kept: Lately[int] = Lately(2)
    kept.put({"a": 1, "b": 2, "c": 3})
    assert kept.get(["a", "b", "c"]) == {"b": 2, "c": 3}
