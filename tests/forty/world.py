"""A copy of the sample with a home of its own, in which something is changed."""

import shutil
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample"
PACKAGES = ("kb", "agent", "eval", "flows", "api")
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc")


@dataclass(frozen=True)
class World:
    """A folder: `center` is the help center as its people keep it, `home` Wellkept's state, and
    `code` Wellkept itself where that is changed."""

    folder: Path
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def center(self) -> Path:
        return self.folder / "center"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def code(self) -> Path:
        return self.folder / "code"

    @property
    def config(self) -> Path:
        return self.center / "wellkept.toml"

    @property
    def has_code(self) -> bool:
        return self.code.exists()

    def copy(self, folder: Path) -> "World":
        """Another world like this one."""
        shutil.copytree(self.folder, folder)
        return World(folder, dict(self.notes))

    def read(self, name: str) -> str:
        """A file of the help center."""
        return (self.center / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.center / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        """Replaces each text by another wherever it stands. Raises `ValueError` for one that is
        not there: a change that changes nothing would prove nothing."""
        text = self.read(name)
        for old, new in changes:
            if old not in text:
                raise ValueError(f"{name} does not say {old!r}")
            text = text.replace(old, new)
        self.write(name, text)

    def rewrite(self, name: str, how: Callable[[str], str]) -> None:
        """Raises `ValueError` when that changes nothing."""
        text = self.read(name)
        if how(text) == text:
            raise ValueError(f"{name} would stay as it is")
        self.write(name, how(text))

    def set(self, section: str, **values: object) -> None:
        """Settings of a section, put before what is there."""
        text = self.read("wellkept.toml")
        lines = "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())
        head = f"[{section}]\n"
        known = set(tomllib.loads(text).get(section, {}))
        if known & set(values):
            kept = [
                line for line in text.splitlines(keepends=True) if line.split(" =")[0] not in values
            ]
            text = "".join(kept)
        text = text.replace(head, head + lines, 1) if head in text else f"{text}\n{head}{lines}"
        tomllib.loads(text)
        self.write("wellkept.toml", text)

    def plant(self, name: str, *changes: tuple[str, str], also: str = "") -> None:
        """Changes Wellkept's own code in a copy of it: texts of the file `name` replaced, and
        lines put at its end. Raises `ValueError` for a text that is not there."""
        self.take_code()
        path = self.code / name
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            if old not in text:
                raise ValueError(f"{name} does not say {old!r}")
            text = text.replace(old, new)
        path.write_text(text + also, encoding="utf-8")

    def take_code(self) -> None:
        """Copies Wellkept's own code into this world, in which it then runs."""
        if not self.has_code:
            for package in PACKAGES:
                shutil.copytree(ROOT / package, self.code / package, ignore=_NOT_COPIED)
            shutil.copytree(ROOT / "tests/forty", self.code / "tests/forty", ignore=_NOT_COPIED)
            (self.code / "tests/__init__.py").write_text("", encoding="utf-8")


def sample(folder: Path) -> World:
    """The sample as it ships, and no home yet."""
    world = World(folder)
    shutil.copytree(SAMPLE, world.center, ignore=_NOT_COPIED)
    return world


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)
