"""Reports: wiring of `kb.report` to a home's findings and articles, and to who gets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.build import Workspace
from kb.errors import ConfigError
from kb.report import Record, page_of, render, write
from kb.report.coverage import coverage
from kb.report.letter import letter


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message: to whom, by which service, and why it did not arrive (None when it did)."""

    to: str
    service: str
    failure: str | None


def write_reports(work: Workspace, owner: str | None, form: str, folder: Path | None) -> list[Path]:
    """The owners' reports of the recorded findings, the overview first."""
    return list(_written(work, record_of(work), owner, form, folder).values())


def render_overview(work: Workspace) -> str:
    """All findings as Markdown."""
    return render(
        record_of(work), "md", center=work.settings.center.name, generated_at=datetime.now(UTC)
    )


def send_reports(
    work: Workspace, owner: str | None, form: str, folder: Path | None
) -> Iterator[Path | Delivery]:
    """Writes the reports, then sends them: the overview to `[notify] urls`, each owner's to
    theirs, with `owner` that one's alone. Yields each file, then each message as it is sent.

    Raises `ConfigError` where nobody is to get anything, before anything is written.
    """
    chosen = _addresses(work, owner)
    record = record_of(work)
    files = _written(work, record, owner, form, folder)
    yield from files.values()
    for name, addresses in chosen.items():
        yield from _sent(work, record, name, files.get(name), addresses)


def record_of(work: Workspace) -> Record:
    """What reports of this home are made from; coverage is that of the articles synced last."""
    hygiene = work.settings.hygiene
    today = hygiene.today or datetime.now(UTC).date()
    return Record(
        findings=work.findings.all(),
        changes=work.findings.changes(),
        coverage=coverage(work.articles.head(), hygiene, today),
    )


def _written(
    work: Workspace, record: Record, owner: str | None, form: str, folder: Path | None
) -> dict[str | None, Path]:
    """By owner, None for the overview."""
    names = [owner] if owner is not None else [None, *record.owners]
    paths = write(
        record,
        folder or work.home.reports,
        form,
        center=work.settings.center.name,
        owner=owner,
        generated_at=datetime.now(UTC),
    )
    return dict(zip(names, paths, strict=True))


def _addresses(work: Workspace, owner: str | None) -> dict[str | None, list[str]]:
    """Where each report goes, by owner, None for the overview."""
    notify = work.settings.notify
    if owner is not None and owner not in notify.owners:
        raise ConfigError(f"no address for '{owner}'; set it in WELLKEPT_NOTIFY_OWNERS")
    if owner is not None:
        return {owner: [notify.owners[owner].get_secret_value()]}
    if not notify.urls and not notify.owners:
        raise ConfigError(
            "nobody to send to; set WELLKEPT_NOTIFY_URLS or WELLKEPT_NOTIFY_OWNERS to Apprise URLs"
        )
    chosen: dict[str | None, list[str]] = {None: [url.get_secret_value() for url in notify.urls]}
    chosen.update({name: [url.get_secret_value()] for name, url in notify.owners.items()})
    return chosen


def _sent(
    work: Workspace, record: Record, owner: str | None, file: Path | None, addresses: list[str]
) -> Iterator[Delivery]:
    to = "the overview" if owner is None else owner
    if file is None:
        yield Delivery(to, "nobody", "owns neither an article nor a finding")
        return
    page = page_of(
        record, center=work.settings.center.name, generated_at=datetime.now(UTC), owner=owner
    )
    message = letter(page, file)
    for number, address in enumerate(addresses, 1):
        (failure,) = work.notifier(message, [address])
        place = f" (address {number})" if len(addresses) > 1 else ""
        service = work.notifier.name(address) or "an unknown service"
        yield Delivery(to, f"{service}{place}", failure)
