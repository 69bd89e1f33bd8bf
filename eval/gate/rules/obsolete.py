"""Cases that the change itself made obsolete: nothing can tell whether they were answered right."""

from dataclasses import replace

from eval.gate.rules.naming import name
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Rule
from eval.golden.obsolete import obsolete

OBSOLETE = "obsolete"


def check_obsolete(trial: Trial) -> Check:
    """Refuses when an article no longer says what a case tells of it, and did in the live release:
    either is wrong, the article or the case, and both are to be mended in the same change."""
    cases = [result.case for result in trial.evaluation.results]
    live = trial.baseline.articles if trial.baseline else ()
    if not live or trial.evaluation.drafted:
        why = "the questions were drafted" if live else "no other release is live"
        rule = Rule(OBSOLETE, passed=True, reason=why, n=len(cases), group="articles")
        return Check(rule)
    found = obsolete(cases, trial.articles, live)
    rows = {row["id"]: row for row in trial.rows}
    named = list(dict.fromkeys(item.case_id for item in found))
    reason = f"the change made {len(named)} of {len(cases)} cases obsolete: mend the article, or "
    rule = Rule(
        OBSOLETE,
        passed=not found,
        reason=f"{reason}the case in the same change" if found else "",
        n=len(cases),
        group="articles",
    )
    failing = (
        replace(name(trial, OBSOLETE, rows[item.case_id], item.message), article=item.path)
        for item in found
    )
    return Check(rule, tuple(failing))
