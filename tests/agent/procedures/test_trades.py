"""Whole procedures of eight trades compile to what their operators mean."""

from pathlib import Path

import pytest

from agent.procedures.compile import compile_procedure
from agent.procedures.outline import outline
from tests.agent.procedures.trades.actions import SPECS

FILES = sorted((Path(__file__).parent / "trades").glob("*.md"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_procedure_compiles_as_meant(file: Path) -> None:
    found, faults = compile_procedure(file.stem, file.read_text(encoding="utf-8"), SPECS)
    assert found is not None, faults
    expected = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert outline(found) == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_same_text_gives_the_same_procedure(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert compile_procedure(file.stem, text, SPECS) == compile_procedure(file.stem, text, SPECS)
    windows = text.replace("\n", "\r\n")
    assert compile_procedure(file.stem, windows, SPECS) == compile_procedure(file.stem, text, SPECS)
