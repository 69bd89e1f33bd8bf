"""The examples of docs/procedures.md compile."""

import re
from pathlib import Path

import pytest

from agent.procedures.compile import compile_procedure
from tests.agent.procedures.shop import KNOWN, SPECS, compiled

PAGE = (Path(__file__).parents[3] / "docs" / "procedures.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```markdown\n(---\n.*?)```", PAGE, re.S)
CONDITIONS = [
    text
    for row in re.findall(
        r"^\| (?:equal|compared|yes or no|there or not|part of|the customer) \|(.*)\|$", PAGE, re.M
    )
    for text in re.findall(r"`([^`]+)`", row)
    if not text.startswith(("between", "auto-renew"))
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_compiles_without_a_warning(text: str) -> None:
    found, faults = compile_procedure("refund", text, SPECS)
    assert found is not None, faults
    assert not faults


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_of_the_page_compiles(text: str) -> None:
    found, faults = compiled(f"{KNOWN}7. If {text}, hand over to billing.\n8. Stop.\n")
    assert found is not None, faults


def test_every_rule_of_the_page_is_one_and_the_page_has_every_rule() -> None:
    source = "".join(
        file.read_text(encoding="utf-8")
        for file in (Path(__file__).parents[3] / "agent" / "procedures").rglob("*.py")
    )
    rules = set(
        re.findall(r"`([a-z]+(?:-[a-z]+)*)`", PAGE.split("## Faults")[1].split("`--json`")[0])
    )
    missing = [rule for rule in rules if f'"{rule}"' not in source and rule != "strict"]
    assert not missing
