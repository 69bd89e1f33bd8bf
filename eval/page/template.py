"""The templates of the pages, and what they share."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from eval.gate.verdict import anchor


def render(name: str, **values: Any) -> str:
    """A page. Whatever stands in `values` is escaped."""
    script = (files("eval.page") / "page.js").read_text(encoding="utf-8")
    environment = _environment()
    environment.globals.update(script=_trusted(script), script_hash=_hash(script), anchor=anchor)
    return str(environment.get_template(name).render(**values))


def _environment() -> Any:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

    shared = PrefixLoader({"report": PackageLoader("kb.report", "")})
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("eval.page", ""), shared]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        words=lambda name: str(name).replace("_", " "),
        score=lambda value: "–" if value is None else f"{value:.3f}",
        short=lambda value: f"{value:.2f}",
        signed=lambda value: f"{value:+.3f}",
        percent=lambda value: f"{100 * value:.0f}",
        p=lambda value: "< 0.0001" if value < 0.0001 else f"{value:.4f}",
    )
    return environment


def _trusted(script: str) -> Any:
    """Our own, which must not be escaped: its hash would no longer fit."""
    from markupsafe import Markup

    return Markup(script)  # noqa: S704 it ships with the package; no data is in it


def _hash(script: str) -> str:
    """As the content security policy wants it."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
