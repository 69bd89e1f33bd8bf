"""Whatever is written, the compiler answers with a procedure or with faults."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.procedure import Procedure, edges
from agent.procedures.compile import compile_procedure
from agent.procedures.drawing import draw
from tests.agent.procedures.shop import FRONT, KNOWN, SPECS

PIECES = st.sampled_from(
    [
        "ask for", "the order number", "look up", "with `find_order`", "if", "otherwise", ",", ":",
        "unless", "the order", "is", "not", "delivered", "more than", "30 days ago", "100", "and",
        "or", "tell the customer", '"Hi {order.total}"', "go to step", "1", "2", "stop", ".", "\n",
        "\n1. ", "\n2. ", "\n   - ", "\n   1. ", "\n- ", "hand over to", "billing", "because",
        "confirm with the customer", "do", "`issue_refund`", "amount =", "order.total", "wait for",
        "they say no", "it is not found", "’", "“", '"', "{", "}", "(", "between", "one of", "it",
    ]
)  # fmt: skip
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def check(text: str) -> None:
    found, faults = compile_procedure("test", text, SPECS)
    assert found is not None or faults
    if isinstance(found, Procedure):
        assert found.start in found.steps
        for step in found.steps.values():
            assert all(to in found.steps for _, to in edges(step))
        assert draw(found).startswith("<svg")


@QUICK
@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    check(text)
    check(f"---\n{text}\n---\n1. Stop.\n")
    check(f"{FRONT}1. {text}\n")


@QUICK
@given(st.lists(PIECES, max_size=40))
def test_any_steps_are_answered(pieces: list[str]) -> None:
    check(f"{FRONT}1. {' '.join(pieces)}\n")
    check(f"{FRONT}{KNOWN}7. {' '.join(pieces)}\n8. Stop.\n")
