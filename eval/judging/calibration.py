"""What `wellkept eval calibrate-judge` found: how far which judge agrees with people."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.interval import Interval
from eval.judging.agreement import Agreement
from eval.judging.pin import JudgePin
from kb.errors import ConfigError


@dataclass(frozen=True)
class JudgeCalibration:
    """The judge, the score from which on it lets a case pass, the digest of the labels, and its
    agreement with them by metric."""

    pin: JudgePin
    threshold: float
    labels: str
    metrics: Mapping[str, Agreement]

    def to_json(self) -> dict[str, Any]:
        """Plain values; `read` takes them from a file. `n` and the share of agreement are for
        people."""
        values: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        for name, found in self.metrics.items():
            values["metrics"][name] |= {"n": found.n, "agreement": round(found.share, 4)}
        return values

    @staticmethod
    def read(path: Path) -> "JudgeCalibration":
        """Raises `ConfigError` for a file that is missing or is no calibration."""
        try:
            return _ADAPTER.validate_json(path.read_bytes())
        except OSError as error:
            raise ConfigError(
                f"[evaluation] judge_calibration: {path} can't be read ({error.strerror}); "
                "`wellkept eval calibrate-judge --out` writes it"
            ) from None
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ConfigError(
                f"[evaluation] judge_calibration: {path} is no calibration of a judge: "
                f"{where}: {first['msg']}"
            ) from None


def shown(kappa: float, interval: Interval | None) -> str:
    """`0.71 (0.52 to 0.88)`."""
    around = f" ({interval[0]:.2f} to {interval[1]:.2f})" if interval else ""
    return f"{kappa:.2f}{around}"


_ADAPTER: TypeAdapter[JudgeCalibration] = TypeAdapter(JudgeCalibration)
