"""Findings as reports for their owners: HTML, Markdown, CSV and JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kb.errors import ConfigError
from kb.findings import Finding, StatusChange
from kb.report.coverage import Coverage
from kb.report.markdown import to_markdown
from kb.report.slugs import slugs
from kb.report.spreadsheet import to_csv
from kb.report.view import View, shown, view
from kb.report.wire import to_json

FORMATS = ("html", "md", "csv", "json")


@dataclass(frozen=True, slots=True)
class Record:
    """What reports are made from: every finding, every change of a status, oldest first, and how
    many of each owner's articles are reviewed."""

    findings: Sequence[Finding]
    changes: Sequence[StatusChange] = ()
    coverage: Sequence[Coverage] = ()

    @property
    def owners(self) -> list[str]:
        """Owners of any article or finding, in order: each gets a report."""
        owning = {finding.owner for finding in self.findings}
        return sorted(owning | {item.owner for item in self.coverage})


def render(
    record: Record,
    form: str,
    *,
    center: str,
    generated_at: datetime,
    owner: str | None = None,
    linked: bool = False,
) -> str:
    """The report of one owner, or of everybody, on what is not settled, most harmful first.

    `form` is html, md, csv or json, else `ConfigError`. With `linked` the overview links to the
    files that `write` makes beside it.
    """
    if form not in FORMATS:
        raise ConfigError(f"unknown report format '{form}'; known are {', '.join(FORMATS)}")
    chosen = [f for f in record.findings if owner is None or f.owner == owner]
    if form == "json":
        return json.dumps([to_json(f) for f in shown(chosen)], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return to_csv(chosen)
    links = {name: f"{slug}.{form}" for name, slug in slugs(record.owners).items()}
    page = page_of(
        record,
        center=center,
        generated_at=generated_at,
        owner=owner,
        links=links if linked and owner is None else None,
    )
    if form == "md":
        return to_markdown(page)
    values: dict[str, Any] = {"page": page, "home": f"index.{form}" if linked else ""}
    return str(_template().render(**values))


def page_of(
    record: Record,
    *,
    center: str,
    generated_at: datetime,
    owner: str | None,
    links: Mapping[str, str] | None = None,
) -> View:
    """What the report of one owner, or of everybody, shows."""
    return view(
        record.findings,
        center=center,
        owner=owner,
        generated_at=generated_at,
        links=links,
        changes=record.changes,
        coverage=record.coverage,
    )


def write(
    record: Record,
    folder: Path,
    form: str,
    *,
    center: str,
    generated_at: datetime,
    owner: str | None = None,
) -> list[Path]:
    """Writes the overview (`index`) and one file for each owner; with `owner` that one's alone.

    Returns the paths, the overview first. Raises `ConfigError` for an unknown form or for one
    who owns neither a finding nor an article.
    """
    require_owner(record, owner)
    names = slugs(record.owners)
    chosen = [owner] if owner is not None else [None, *record.owners]
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for one in chosen:
        path = folder / f"{'index' if one is None else names[one]}.{form}"
        text = render(
            record,
            form,
            center=center,
            generated_at=generated_at,
            owner=one,
            linked=owner is None,
        )
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def require_owner(record: Record, owner: str | None) -> None:
    """Raises `ConfigError` for one who owns neither a finding nor an article."""
    if owner is not None and owner not in record.owners:
        known = ", ".join(name or "''" for name in record.owners) or "nobody"
        raise ConfigError(f"'{owner}' owns none of the findings; owners are {known}")


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
