"""What every `Cache` does."""

from datetime import date
from pathlib import Path

import pytest

from kb.cache import FileCache, NoCache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


def test_what_was_put_is_there_for_the_next_run(path: Path) -> None:
    FileCache(path).put("claims", {"a": b"1", "b": b"2"})
    assert FileCache(path).get("claims", ["a", "b", "c"]) == {"a": b"1", "b": b"2"}


def test_one_kind_of_work_knows_nothing_of_another(path: Path) -> None:
    cache = FileCache(path)
    cache.put("claims", {"a": b"1"})
    assert cache.get("links", ["a"]) == {}


def test_the_newer_value_stays(path: Path) -> None:
    cache = FileCache(path)
    cache.put("claims", {"a": b"1"})
    cache.put("claims", {"a": b"2"})
    assert cache.get("claims", ["a"]) == {"a": b"2"}


def test_thousands_of_keys_come_back(path: Path) -> None:
    values = {f"key {n}": b"%d" % n for n in range(5_000)}
    cache = FileCache(path)
    cache.put("claims", values)
    assert cache.get("claims", values.keys()) == values


def test_pruning_forgets_what_is_not_kept_of_its_kind_alone(path: Path) -> None:
    cache = FileCache(path)
    cache.put("claims", {"a": b"1", "b": b"2"})
    cache.put("links", {"b": b"3"})
    cache.prune("claims", {"a"})
    assert cache.get("claims", ["a", "b"]) == {"a": b"1"}
    assert cache.get("links", ["b"]) == {"b": b"3"}


def test_a_damaged_file_is_an_empty_cache_that_works_again(path: Path) -> None:
    path.write_bytes(b"not a database" * 100)
    cache = FileCache(path)
    cache.put("claims", {"a": b"1"})
    assert cache.get("claims", ["a"]) == {"a": b"1"}


def test_a_folder_that_is_gone_keeps_nothing_and_stops_nobody(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "gone" / "cache.db")
    cache.put("claims", {"a": b"1"})
    assert cache.get("claims", ["a"]) == {}


def test_what_nobody_asked_for_in_a_month_is_forgotten(path: Path) -> None:
    FileCache(path, date(2026, 1, 1)).put("old code", {"a": b"1"})
    FileCache(path, date(2026, 1, 1)).put("claims", {"a": b"2"})
    assert FileCache(path, date(2026, 1, 25)).get("claims", ["a"]) == {"a": b"2"}
    FileCache(path, date(2026, 2, 10)).put("links", {"b": b"3"})
    assert FileCache(path, date(2026, 2, 10)).get("old code", ["a"]) == {}
    assert FileCache(path, date(2026, 2, 10)).get("claims", ["a"]) == {"a": b"2"}


def test_a_file_that_is_too_large_is_begun_anew_the_next_day(path: Path) -> None:
    FileCache(path, date(2026, 1, 1)).put("claims", {"a": bytes(100_000)})
    next_day = FileCache(path, date(2026, 1, 2), most_bytes=50_000)
    next_day.put("links", {"b": b"3"})
    assert next_day.get("claims", ["a"]) == {}
    assert next_day.get("links", ["b"]) == {"b": b"3"}


def test_a_run_that_can_keep_nothing_goes_on() -> None:
    cache = NoCache()
    cache.put("claims", {"a": b"1"})
    cache.prune("claims", ["a"])
    assert cache.get("claims", ["a"]) == {}
