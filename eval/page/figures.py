"""How a run was made, and what it took."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.gate.comparison import Row
from eval.runs.store import EvaluationRecord


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure that is no share, with its value in the run before; empty where there is none."""

    name: str
    now: str
    before: str = ""


def figures(rows: Sequence[Row], before: Sequence[Row] = ()) -> Iterator[Figure]:
    """Times of the cases that were really asked, then costs and tokens where there are any."""
    now, was = dict(_measured(rows)), dict(_measured(before))
    for name, shown in now.items():
        yield Figure(name, shown, was.get(name, ""))


def _measured(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    times = [row["answer_ms"] for row in rows if row.get("answer_ms") and not row.get("reused")]
    if times:
        half, most = np.quantile(times, (0.5, 0.95))
        yield "Answers timed", str(len(times))
        yield "Median answer", f"{half:,.0f} ms"
        yield "95 % answer within", f"{most:,.0f} ms"
        yield "Slowest answer", f"{max(times):,.0f} ms"
    tokens = sum(row.get("tokens") or 0 for row in rows)
    if tokens:
        yield "Tokens", f"{tokens:,}"
        yield "Cost", f"{sum(row.get('cost') or 0.0 for row in rows):.4f}"
        yield "Cost of a case", f"{np.mean([row.get('cost') or 0.0 for row in rows]):.5f}"


def provenance(record: EvaluationRecord) -> Iterator[tuple[str, str]]:
    """(what, value) in order; what is not known is left out."""
    details = record.details
    golden = details.get("golden") or {}
    yield "Run", record.id
    yield "Release", record.release_id
    yield "Fingerprint", record.fingerprint
    if details.get("trigger"):
        yield "Started by", str(details["trigger"])
    if golden:
        yield "Golden set", _golden(golden)
    if details.get("reused"):
        asked = len(record.cases) - int(details["reused"])
        yield (
            "Asked",
            f"{asked} cases; {details['reused']} reused, since nothing they depend on changed",
        )
    for model, used in (details.get("used") or {}).items():
        told = f"{used['input_tokens']:,} tokens read, {used['output_tokens']:,} written"
        yield f"Model {model}", f"{told} in {used['turns']} turns, cost {used['cost']:.4f}"
    for name, value in (details.get("timings_s") or {}).items():
        yield f"Time for {name}", f"{value:.1f} s"
    for metric, why in (details.get("skipped") or {}).items():
        yield f"Not tried: {metric.replace('_', ' ')}", str(why)
    versions = details.get("versions") or {}
    if versions:
        yield "Versions", ", ".join(f"{name} {it}" for name, it in versions.items())


def _golden(golden: Mapping[str, Any]) -> str:
    parts = [str(golden.get("path") or "drafted from headings")]
    if golden.get("cases"):
        parts.append(f"{golden['cases']} cases")
    if golden.get("sha256"):
        parts.append(f"sha256 {golden['sha256'][:12]}")
    return ", ".join(parts)
