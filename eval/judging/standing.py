"""Whether a judged metric may refuse a release, or informs only."""

from dataclasses import dataclass
from typing import Any

from eval.judging.agreement import Agreement
from eval.judging.calibration import JudgeCalibration, shown
from eval.judging.pin import JudgePin

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one judged metric. `why` ends a sentence such as `informs only: …`."""

    blocks: bool
    why: str
    agreement: Agreement | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, with what is known of the agreement with people."""
        found = self.agreement
        return {
            "standing": "blocks" if self.blocks else "informs",
            "why": self.why,
            "kappa": found.kappa if found else None,
            "interval": list(found.interval) if found and found.interval else None,
            "n": found.n if found else 0,
        }


def standing(
    metric: str, pin: JudgePin, calibration: JudgeCalibration | None, least: float
) -> Standing:
    """It blocks where the calibration is of this very judge, and its kappa for the metric is at
    least `least`."""
    if calibration is None:
        return Standing(blocks=False, why="the judge is not calibrated")
    if calibration.pin != pin:
        other = pin.differences(calibration.pin)
        return Standing(blocks=False, why=f"another judge was calibrated ({other})")
    found = calibration.metrics.get(metric)
    if found is None:
        return Standing(blocks=False, why="no labelled case is of this metric")
    if found.kappa is None:
        why = f"the judge or people say the same of all {found.n} labelled cases"
        return Standing(blocks=False, why=why, agreement=found)
    told = f"kappa {shown(found.kappa, found.interval)} of {found.n} labelled cases"
    if found.kappa < least - _TOLERANCE:
        return Standing(blocks=False, why=f"{told} is under {least:.2f}", agreement=found)
    return Standing(blocks=True, why=f"{told} is at least {least:.2f}", agreement=found)
