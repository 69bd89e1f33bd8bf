"""What the live release got right for certain, and this one gets wrong: too few cases for
statistics, and no chance about them."""

from collections.abc import Iterator

from eval.gate.comparison import Row
from eval.gate.rules.naming import name
from eval.gate.rules.right import has_full, strays
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Rule

LOST = "lost"
# What a case demands: with another demand it is another case.
_DEMANDS = ("says", "never_says", "articles", "not_articles", "expected_calls", "end_state")
# Done wrong, whatever else became of the turn.
_DEEDS = ("forbidden_facts", "action_correctness", "end_state")
# An answer from another article is told apart from one that is as good by its distance from the
# reference: cosines of the same thing in other words differ by less.
_FURTHER = 0.05


def check_lost(trial: Trial) -> Check:
    """Refuses when a case lost something hard that it had in the live release: a fact that it told
    or kept back, an action or an end state, the right source. Another decision alone is left to
    the test of all cases together, where chance is weighed: a short question may go either way
    when anything around it moves."""
    pairs = [(trial.was[row["id"]], row) for row in trial.rows if row["id"] in trial.was]
    same = [(old, new) for old, new in pairs if _demands(old) == _demands(new)]
    lost = [(new, found) for old, new in same if (found := list(_losses(old, new)))]
    reason = f"{len(lost)} of {len(same)} cases lost what the live release had right"
    rule = Rule(
        LOST,
        passed=not lost,
        reason=reason if lost else _fine(trial, len(same)),
        n=len(same),
        group="change",
    )
    return Check(rule, tuple(name(trial, LOST, row, "; ".join(why), 0.0) for row, why in lost))


def _fine(trial: Trial, n: int) -> str:
    if trial.baseline is None:
        return "no other release is live"
    return "" if n else "no case is the same as in the live release"


def _demands(row: Row) -> list[object]:
    return [row.get(field) for field in _DEMANDS]


def _losses(old: Row, new: Row) -> Iterator[str]:
    if new["decision"] is None or old["decision"] is None:
        return
    for metric in _DEEDS:
        if _scored_full(old, metric) and not has_full(new, metric):
            yield f"{metric}: {new['reasons'].get(metric, 'no longer full')}"
    if new["decision"] != old["decision"]:
        return
    if _scored_full(old, "required_facts") and not has_full(new, "required_facts"):
        yield f"required_facts: {new['reasons'].get('required_facts', 'no longer full')}"
    elif strays(new) and not strays(old) and _is_further(old, new):
        cited = ", ".join(dict.fromkeys(item["article"] for item in new["evidence"])) or "nothing"
        yield f"cites {cited} instead of {', '.join(new['articles'])}"


def _scored_full(row: Row, metric: str) -> bool:
    return row["scores"].get(metric) is not None and has_full(row, metric)


def _is_further(old: Row, new: Row) -> bool:
    """Whether what is said fits the reference less than before. Where all facts that are due are
    told it does not matter from where."""
    if _scored_full(new, "required_facts"):
        return False
    was, now = (row["scores"].get("answer_similarity") for row in (old, new))
    return was is None or now is None or now < was - _FURTHER
