"""Who owns an article that names no owner: path patterns in the syntax of CODEOWNERS, then the
source it came from.

As GitHub reads that file: `pattern owner …` on a line, `#` begins a comment, the last pattern
that matches wins, and a pattern without an owner takes the ownership away again. Of several
owners the first is the owner.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pathspec.patterns.gitignore import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from kb.errors import ConfigError
from kb.settings import OwnersSettings

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_UNREAD = {
    "!": "a pattern cannot take back others with '!'",
    "[": "sections are not read",
    "^[": "sections are not read",
}
"""What other tools read and GitHub does not, by how the line begins."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its owner; an empty owner takes ownership away."""

    pattern: str
    owner: str

    def matches(self, path: str) -> bool:
        """`folder/*` matches what stands in the folder, and not what stands deeper."""
        deeper = self.pattern.endswith("/*") and _matches(self.pattern + "/", path)
        return _matches(self.pattern, path) and not deeper


@dataclass(frozen=True, slots=True)
class Owners:
    """Rules by which articles get owners: lists of them, each list before the next, and owners by
    the name of a source after all of them."""

    lists: tuple[tuple[Rule, ...], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, settings: OwnersSettings) -> "Owners":
        """The settings' own lines, then those of the file. Raises `ConfigError`, with the number
        of the line, for a line that cannot be read, and for a file that is missing."""
        lists = [tuple(_rules(settings.rules, "[owners] rules, line "))]
        if settings.file:
            lists.append(tuple(_rules(_lines(settings.file), f"{settings.file}:")))
        return cls(tuple(filter(None, lists)), _by_name(settings.sources))

    def owner(self, path: str, source: str) -> str | None:
        """The owner of the article at `path`, relative to its source; None when nothing says.

        A pattern may begin in the source's folder or in the one above, as the CODEOWNERS file of
        a repository whose articles lie in one folder does.
        """
        paths = (path, f"{source}/{path}")
        for rules in self.lists:
            last = next((rule for rule in reversed(rules) if any(map(rule.matches, paths))), None)
            if last and last.owner:
                return last.owner
            if last:
                break
        return dict(self.sources).get(source)


def _rules(lines: Iterable[str], place: str) -> Iterator[Rule]:
    for number, line in enumerate(lines, 1):
        words = _WORD.findall(_COMMENT.sub("", line))
        if words:
            pattern, *owners = words
            _refuse_unread(pattern, f"{place}{number}: {line.strip()!r}")
            yield Rule(pattern, owners[0] if owners else "")


def _refuse_unread(pattern: str, where: str) -> None:
    for start, why in _UNREAD.items():
        if pattern.startswith(start):
            raise ConfigError(f"{where}: {why} in the syntax of CODEOWNERS; remove the line")
    try:
        useless = _compiled(pattern) is None
    except (GitIgnorePatternError, re.error):
        useless = True
    if useless:
        raise ConfigError(f"{where}: not a path pattern, such as /billing/ or *.md")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such file (setting owners.file)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read (setting owners.file): {error}") from None


def _by_name(sources: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(sources.items()))


def _matches(pattern: str, path: str) -> bool:
    compiled = _compiled(pattern)
    return compiled is not None and compiled.search(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    return GitIgnoreSpecPattern(pattern).regex
