"""What the command prints: results on stdout, progress and messages on stderr."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kb.errors import ConfigError
from kb.ports import Progress as Report

messages = Console(stderr=True, highlight=False, soft_wrap=True)
results = Console(highlight=False, soft_wrap=True)


def json_text(value: Any) -> str:
    """One JSON document, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    deliver(json_text(value))


def deliver(text: str, file: Path | None = None) -> None:
    """A result to stdout, or to a file, as UTF-8. Raises `ConfigError` when that can't be."""
    ending = "\n" if text else ""
    if file is None:
        sys.stdout.write(text + ending)
        return
    try:
        file.write_text(text + ending, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}") from None


def print_jsonl(values: Iterable[Any]) -> None:
    """One JSON document a line, each written as soon as it is known."""
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def say(text: str) -> None:
    """A message to the person at the terminal."""
    messages.print(text, markup=False)


def require_folder_of(file: Path) -> None:
    """Raises `ConfigError` for a file that has no folder to lie in."""
    if not file.parent.is_dir():
        raise ConfigError(f"{file}: cannot be written: no such folder")


@contextmanager
def progress_bars() -> Iterator[Report]:
    """Bars on stderr, one a step; plain lines where stderr is no terminal."""
    if not messages.is_terminal:
        yield _Lines()
        return
    bars = Progress(
        TextColumn("{task.description:<28}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=messages,
    )
    with bars:
        yield _Bars(bars)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, Any] = {}

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bars.add_task(step, total=total)
        self._bars.update(self._tasks[step], completed=done, total=total)


class _Lines:
    """A line when a step begins, at each tenth, and when it ends."""

    def __init__(self) -> None:
        self._tenths: dict[str, int] = {}

    def __call__(self, step: str, done: int, total: int | None) -> None:
        tenth = 10 * done // total if total else 0
        if tenth == self._tenths.get(step, -1):
            return
        self._tenths[step] = tenth
        say(f"{step}: {done}/{total}" if total else f"{step} …")
