"""The fingerprint of the code that runs."""

import subprocess
import sys
from pathlib import Path

from kb.code import code_fingerprint

_ASK = "from kb.code import code_fingerprint; print(code_fingerprint('parts'))"
ROOT = Path(__file__).parents[2]


def fingerprint_of(folder: Path) -> str:
    """As a process sees it in which `folder` holds the package `parts`."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK],
        env={"PYTHONPATH": f"{folder}:{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def package(folder: Path, text: str = "x = 1\n", prompt: str = "Answer.\n") -> Path:
    inner = folder / "parts" / "prompts"
    inner.mkdir(parents=True)
    (folder / "parts" / "__init__.py").write_text(text)
    (inner / "write.md").write_text(prompt)
    return folder


def test_it_is_the_same_wherever_the_package_lies(tmp_path: Path) -> None:
    one, other = package(tmp_path / "one"), package(tmp_path / "other")
    (other / "parts" / "__pycache__").mkdir()
    (other / "parts" / "__pycache__" / "x.pyc").write_bytes(b"compiled")
    assert fingerprint_of(one) == fingerprint_of(other)


def test_code_prompts_and_names_of_files_change_it(tmp_path: Path) -> None:
    moved = package(tmp_path / "moved")
    (moved / "parts" / "prompts" / "write.md").rename(moved / "parts" / "prompts" / "wrote.md")
    seen = {
        fingerprint_of(package(tmp_path / "plain")),
        fingerprint_of(package(tmp_path / "code", text="x = 2\n")),
        fingerprint_of(package(tmp_path / "prompt", prompt="Answer well.\n")),
        fingerprint_of(moved),
    }
    assert len(seen) == 4


def test_packages_are_told_apart() -> None:
    assert len({code_fingerprint("kb"), code_fingerprint("agent"), code_fingerprint("eval")}) == 3
    assert code_fingerprint("kb", "agent") == code_fingerprint("kb", "agent")
