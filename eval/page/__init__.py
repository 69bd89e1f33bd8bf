"""An evaluation as one HTML file: no network, readable on a phone and by keyboard."""

from typing import Any

from eval.page.view import view
from eval.store import EvaluationRecord


def render_html(
    record: EvaluationRecord, center: str, before: EvaluationRecord | None = None
) -> str:
    """The page of one run: verdict first, then what changed since `before` where there is one,
    the rules, the slices, and every case with its evidence. All that customers or articles said
    is escaped."""
    values: dict[str, Any] = {"page": view(record, center, before)}
    return str(_template().render(**values))


def _template() -> Any:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

    shared = PrefixLoader({"report": PackageLoader("kb.report", "")})
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("eval.page", ""), shared]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
