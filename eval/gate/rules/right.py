"""What a case must have whole to be right, by metrics that no model judges."""

from collections.abc import Iterator

from eval.gate.comparison import Row

# Metrics of which anything but 1 is a mistake that a customer would see.
HARD = (
    "decision_accuracy",
    "required_facts",
    "forbidden_facts",
    "grounding",
    "action_correctness",
    "end_state",
)
_FULL = 1 - 1e-9


def mistakes(row: Row) -> Iterator[str]:
    """Why the case is not right, one sentence each; nothing where it is."""
    if row["decision"] is None:
        yield f"answering crashed: {row['error']}"
        return
    for metric in HARD:
        if metric in row["failures"]:
            yield f"{metric} could not be computed: {row['failures'][metric]}"
        elif not has_full(row, metric):
            why = row["reasons"].get(metric) or f"{row['scores'][metric]:.2f}"
            yield f"{metric}: {_decided(row) if metric == 'decision_accuracy' else why}"
    if strays(row):
        cited = ", ".join(dict.fromkeys(item["article"] for item in row["evidence"])) or "nothing"
        yield f"cites {cited}"


def has_full(row: Row, metric: str) -> bool:
    """Whether the metric does not apply to the case, or gives all it can."""
    score = row["scores"].get(metric)
    return score is None or score >= _FULL


def strays(row: Row) -> bool:
    """Whether it is an answer that cites none of the articles that the case names."""
    if row["decision"] != "answer" or row["expected"] != "answer" or not row["articles"]:
        return False
    return not {item["article"] for item in row["evidence"]} & set(row["articles"])


def _decided(row: Row) -> str:
    return f"{row['decision']} instead of {row['expected']} ({row['decided']})"
