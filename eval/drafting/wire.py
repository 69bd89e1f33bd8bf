"""Proposals as plain JSON values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.drafting.proposal import Draft, Proposal
from eval.golden.case import Case
from eval.golden.file import to_json as case_json
from eval.golden.remark import Remark
from eval.linting.lint import lint
from kb.types import Article


def remarks_on(
    cases: Sequence[Case], golden: Sequence[Case], articles: Sequence[Article]
) -> dict[str, list[Remark]]:
    """What `wellkept eval lint` would say of these cases in the golden set, by id."""
    found: dict[str, list[Remark]] = {case.id: [] for case in cases}
    others = [case for case in golden if case.id not in found]
    for remark in lint([*others, *cases], articles):
        if remark.case_id in found:
            found[remark.case_id].append(remark)
    return found


def to_json(item: Proposal | Draft, remarks: Sequence[Remark] = ()) -> dict[str, Any]:
    """A proposal with its case as a line of a golden set, its evidence and remarks; of a draft
    also where it stands."""
    proposal = item.proposal if isinstance(item, Draft) else item
    told: dict[str, Any] = {
        "id": proposal.id,
        "from": proposal.origin.value,
        "kind": proposal.kind,
        "why": proposal.why,
        "worth": proposal.worth,
        "case": case_json(proposal.case),
        "evidence": [_quote(asdict(quote)) for quote in proposal.evidence],
        "remarks": [{"rule": it.rule, "message": it.message, "error": it.error} for it in remarks],
    }
    return {**told, **_standing(item)} if isinstance(item, Draft) else told


def _standing(draft: Draft) -> Mapping[str, Any]:
    return {
        "state": draft.state.value,
        "created_at": draft.created_at.isoformat(),
        "decided_by": draft.by,
        "decided_at": draft.at.isoformat() if draft.at else None,
        "reason": draft.reason,
    }


def _quote(quote: dict[str, str]) -> dict[str, str]:
    return {"article": quote["path"], "heading": quote["heading"], "quote": quote["text"]}
