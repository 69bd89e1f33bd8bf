"""Findings as reports for their owners: HTML, Markdown, CSV and JSON."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from kb.errors import ConfigError
from kb.report.tables import to_csv, to_markdown
from kb.report.view import active, owners_of, slugs, view
from kb.report.wire import to_json
from kb.types import Finding

FORMATS = ("html", "md", "csv", "json")


def render(
    findings: Sequence[Finding],
    form: str,
    *,
    center: str,
    generated_at: datetime,
    owner: str | None = None,
    linked: bool = False,
) -> str:
    """The report of one owner, or of everybody, on what is open or accepted, ranked.

    `form` is html, md, csv or json, else `ConfigError`. With `linked` the overview links to the
    files that `write` makes beside it.
    """
    if form not in FORMATS:
        raise ConfigError(f"unknown report format '{form}'; known are {', '.join(FORMATS)}")
    chosen = [f for f in findings if owner is None or f.owner == owner]
    if form == "json":
        return json.dumps([to_json(f) for f in active(chosen)], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return to_csv(chosen)
    suffix = f".{form}" if linked else ""
    page = view(chosen, center=center, owner=owner, generated_at=generated_at, suffix=suffix)
    if form == "md":
        return to_markdown(page)
    values: dict[str, Any] = {"page": page, "home": f"index{suffix}" if linked else ""}
    return str(_template().render(**values))


def write(
    findings: Sequence[Finding],
    folder: Path,
    form: str,
    *,
    center: str,
    generated_at: datetime,
    owner: str | None = None,
) -> list[Path]:
    """Writes the overview (`index`) and one file for each owner; with `owner` that one's alone.

    Returns the paths, the overview first. Raises `ConfigError` for an unknown form or for an
    owner who has none of the findings.
    """
    owners = owners_of(findings)
    if owner is not None and owner not in {finding.owner for finding in findings}:
        known = ", ".join(name or "''" for name in owners) or "nobody"
        raise ConfigError(f"'{owner}' owns none of the findings; owners are {known}")
    names = slugs({*owners, *([owner] if owner is not None else [])})
    chosen = [owner] if owner is not None else [None, *owners]
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for one in chosen:
        path = folder / f"{'index' if one is None else names[one]}.{form}"
        text = render(
            findings,
            form,
            center=center,
            generated_at=generated_at,
            owner=one,
            linked=owner is None,
        )
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only HTML needs it

    environment = Environment(
        loader=PackageLoader("kb.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
