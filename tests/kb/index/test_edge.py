"""The embedded index among processes, crashes and full disks."""

import os
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest

from kb.errors import Permanent, Transient
from kb.index.edge import EdgeBackend
from kb.types import Filters
from tests.contracts.indexes import ALL, DIMENSION, INVOICE, direction, directions

WRITER = """
import sys
from itertools import count
from pathlib import Path
import numpy as np
from kb.index.edge import EdgeBackend
from tests.contracts.indexes import DIMENSION, directions, passage

index = EdgeBackend(Path(sys.argv[1])).create("r1", DIMENSION)
for number in count(len(index.ids())):
    items = [passage(f"{number}-{part}.md", f"text {number} {part}") for part in range(20)]
    index.upsert(items, directions(items))
    if number % 3:
        index.flush()
        print(len(index.ids()), flush=True)
"""
READER = """
import sys
from pathlib import Path
from kb.index.edge import EdgeBackend
from kb.types import Filters

index = EdgeBackend(Path(sys.argv[1])).open("r1")
print([hit.passage.path for hit in index.search("invoice", None, 5, Filters())], flush=True)
sys.stdin.read()
index.close()
"""


def start(code: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def filled(folder: Path) -> EdgeBackend:
    backend = EdgeBackend(folder)
    index = backend.create("r1", DIMENSION)
    index.upsert(ALL, directions(ALL))
    index.flush()
    index.close()
    return backend


def test_processes_read_one_release_at_the_same_time(tmp_path: Path) -> None:
    backend = filled(tmp_path)
    other = start(READER, tmp_path)
    assert first_line(other) == "['billing/invoices.md']"
    mine, again = backend.open("r1"), backend.open("r1")
    assert mine.search("invoice", None, 1, Filters())[0].passage == INVOICE
    other.communicate()
    assert other.returncode == 0
    again.close()
    assert mine.vectors([INVOICE.id])[INVOICE.id] == pytest.approx(direction(INVOICE.text))
    mine.close()


def test_a_reader_that_is_killed_harms_nobody(tmp_path: Path) -> None:
    backend = filled(tmp_path)
    other = start(READER, tmp_path)
    first_line(other)
    other.send_signal(signal.SIGKILL)
    other.communicate()
    index = backend.create("r1", DIMENSION)
    assert index.ids() == {item.id for item in ALL}
    index.close()


def test_a_writer_is_alone(tmp_path: Path) -> None:
    backend = filled(tmp_path)
    writer = backend.create("r1", DIMENSION)
    with pytest.raises(Transient, match="in use"):
        backend.open("r1")
    writer.close()
    reader = backend.open("r1")
    with pytest.raises(Transient, match="in use"):
        backend.create("r1", DIMENSION)
    reader.close()
    backend.create("r1", DIMENSION).close()


def test_closing_twice_does_nothing(tmp_path: Path) -> None:
    index = filled(tmp_path).open("r1")
    index.close()
    index.close()


def test_a_reader_keeps_what_it_sees_when_the_release_is_dropped(tmp_path: Path) -> None:
    backend = filled(tmp_path)
    reader = backend.open("r1")
    backend.drop("r1")
    assert backend.names() == set()
    assert reader.search("invoice", None, 1, Filters())[0].passage == INVOICE
    reader.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("after_s", [0.0, 0.1])
def test_what_was_flushed_survives_a_kill(tmp_path: Path, after_s: float) -> None:
    writer = start(WRITER, tmp_path)
    first = first_line(writer)
    time.sleep(after_s)
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    flushed = max(int(line) for line in [first, *rest.splitlines()])
    index = EdgeBackend(tmp_path).create("r1", DIMENSION)
    assert len(index.ids()) >= flushed
    assert len(index.vectors(sorted(index.ids()))) == len(index.ids())
    index.upsert(ALL, directions(ALL))
    assert index.search("invoice", None, 1, Filters())[0].passage == INVOICE
    index.close()


def test_what_can_not_be_read_is_made_anew_for_a_writer_and_named_to_a_reader(
    tmp_path: Path,
) -> None:
    backend = filled(tmp_path)
    for file in (tmp_path / "r1").rglob("segment.json"):
        file.write_text("{")
    with pytest.raises(Permanent, match="run the release again"):
        backend.open("r1")
    index = backend.create("r1", DIMENSION)
    assert index.ids() == set()
    index.close()


def test_files_that_were_cut_short_do_not_crash(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    backend = filled(tmp_path)
    for file in (tmp_path / "r1").rglob("status.dat"):
        os.truncate(file, 3)
    with pytest.raises(Permanent, match="r1"):
        backend.open("r1")
    backend.create("r1", DIMENSION).close()
    capfd.readouterr()


def test_an_index_of_another_dimension_is_made_anew(tmp_path: Path) -> None:
    index = filled(tmp_path).create("r1", 8)
    assert index.ids() == set()
    index.upsert([INVOICE], np.eye(1, 8, dtype=np.float32))
    assert index.ids() == {INVOICE.id}
    index.close()


def test_a_full_disk_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = filled(tmp_path)
    index = backend.create("r1", DIMENSION)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(10**9, 10**9 - 1, 1))
    with pytest.raises(Transient, match=r"disk is full.*free some space"):
        index.upsert(ALL, directions(ALL))
    with pytest.raises(Transient, match="disk is full"):
        index.flush()
    assert index.ids() == {item.id for item in ALL}
    index.close()
    with pytest.raises(Transient, match="disk is full"):
        backend.create("r2", DIMENSION)
    assert backend.open("r1").ids() == {item.id for item in ALL}
