"""Golden cases as tests: `pytest --wellkept golden.jsonl`, or any `*.golden.jsonl`.

Registered with pytest as `wellkept`. Nothing of the evaluation is imported before the first golden
set is collected, and no model is loaded before its first case runs.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from eval.golden.case import Case
    from eval.runs.trying import Trying

SUFFIX = ".golden.jsonl"
# Markers by which pytest itself acts.
_RESERVED = frozenset({"skip", "skipif", "xfail", "parametrize", "usefixtures", "filterwarnings"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """What to try, and on what."""
    group = parser.getgroup("wellkept", "golden cases of a help center")
    group.addoption(
        "--wellkept",
        action="append",
        default=[],
        metavar="GOLDEN",
        help=f"golden set whose cases are run as tests (files named *{SUFFIX} always are)",
    )
    group.addoption(
        "--wellkept-release", metavar="ID", help="release to try; default: the live one"
    )
    group.addoption("--wellkept-config", metavar="FILE", help="settings; default: wellkept.toml")
    group.addoption("--wellkept-home", metavar="DIR", help="folder of all state")


def pytest_configure(config: pytest.Config) -> None:
    """Without other arguments only the golden sets are run. Raises `UsageError` for one that is
    not there."""
    config.addinivalue_line("markers", "wellkept: a golden case")
    config.addinivalue_line("markers", "must_pass: a golden case that no release may get wrong")
    named = [str(path) for path in _named(config)]
    missing = [path for path in named if not Path(path).is_file()]
    if missing:
        raise pytest.UsageError(f"--wellkept: no such file: {', '.join(missing)}")
    if named and config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args[:] = []
    config.args += [path for path in named if path not in config.args]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "GoldenFile | None":
    """Golden sets alone."""
    if file_path.name.endswith(SUFFIX) or file_path in _named(parent.config):
        found: GoldenFile = GoldenFile.from_parent(parent, path=file_path)
        return found
    return None


class GoldenFile(pytest.File):
    """A golden set."""

    def collect(self) -> Iterator["GoldenItem"]:
        """One test a case, in order, marked with its tags."""
        from eval.formats.lines import case_lines
        from eval.golden.file import read
        from kb.errors import ConfigError

        try:
            cases = read(self.path)
        except ConfigError as error:
            raise self.CollectError(str(error)) from None
        lines = case_lines(self.path)
        for case in cases:
            item: GoldenItem = GoldenItem.from_parent(self, name=case.id, case=case)
            item.line = lines.get(case.id, 1)
            yield item


class GoldenItem(pytest.Item):
    """One case. It passes when all that can be told without a judge is right: the decision, facts,
    grounding, source, actions and end state. Scores are among its properties."""

    line: int = 1

    def __init__(self, *, case: "Case", **others: Any) -> None:
        super().__init__(**others)
        self.case = case
        self.add_marker("wellkept")
        if case.must_pass:
            self.add_marker("must_pass")
        for tag in case.tags:
            self.add_marker(_marker(self.config, tag))

    def runtest(self) -> None:
        from eval.gate.rules.right import mistakes

        row = _trying(self.session).row(self.case)
        self.user_properties += [
            (name, value) for name, value in row["scores"].items() if value is not None
        ]
        wrong = list(mistakes(row))
        if wrong:
            raise GoldenFailure(self.case, row, wrong)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from kb.errors import ConfigError, Permanent, Transient

        if isinstance(excinfo.value, GoldenFailure | ConfigError | Permanent | Transient):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line - 1, f"golden case {self.name}"


class GoldenFailure(Exception):
    """A case that is not right: what was due, what was said, why, and on what evidence."""

    def __init__(self, case: "Case", row: Any, wrong: list[str]) -> None:
        from eval.formats.plain import flat

        articles = f" from {', '.join(case.articles)}" if case.articles else ""
        told = "".join(f"; says “{fact}”" for fact in case.says)
        lines = [
            f"question  {case.question}",
            f"expected  {case.decision}{articles}{told}",
            f"got       {row['decision'] or 'nothing'}: {row['text'] or ''}",
            *(f"why       {why}" for why in wrong),
            *(f"evidence  {it['article']}: “{it['quote']}”" for it in row["evidence"]),
        ]
        super().__init__("\n".join(line[:10] + flat(line[10:]) for line in lines))


_TRYING: pytest.StashKey["Trying"] = pytest.StashKey()


def _trying(session: pytest.Session) -> "Trying":
    """One for the whole session: it takes seconds to open."""
    config = session.config
    if _TRYING not in config.stash:
        from eval.runs.trying import open_trying
        from kb.configuration import load

        option = config.option
        settings = load(_path(option.wellkept_config), _path(option.wellkept_home))
        cases = [item.case for item in session.items if isinstance(item, GoldenItem)]
        opened = ExitStack()
        config.add_cleanup(opened.close)
        trying = open_trying(settings, option.wellkept_release, cases)
        config.stash[_TRYING] = opened.enter_context(trying)
    return config.stash[_TRYING]


def _named(config: pytest.Config) -> list[Path]:
    return [(config.invocation_params.dir / path).resolve() for path in config.option.wellkept]


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _marker(config: pytest.Config, tag: str) -> str:
    """A name that pytest takes, made known to it."""
    name = re.sub(r"[^\w.+-]", "_", tag).lstrip("_") or "tag"
    name = f"tag_{name}" if name in _RESERVED else name
    config.addinivalue_line("markers", f"{name}: golden cases with this tag")
    return name
