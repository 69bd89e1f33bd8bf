"""Messages by rule: `+` must fire it, `-` must not."""

from pathlib import Path

Labelled = tuple[str, bool]


def rules() -> list[str]:
    """Names of the rules that have a table."""
    return sorted(path.stem for path in _here().glob("*.txt"))


def messages(rule: str) -> list[Labelled]:
    """(message, whether the rule is to fire) in the order of the file."""
    lines = (_here() / f"{rule}.txt").read_text(encoding="utf-8").splitlines()
    return [(line[2:], line[0] == "+") for line in lines if line[:2] in ("+ ", "- ")]


def _here() -> Path:
    return Path(__file__).parent
