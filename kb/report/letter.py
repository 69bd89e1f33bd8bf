"""A report as a message: what an owner reads before opening it."""

from pathlib import Path

from kb.report.markdown import leading
from kb.report.view import View
from kb.types import Message


def letter(page: View, file: Path) -> Message:
    """The counts as the subject, the leading items as the text, the report's `file` with it."""
    return Message(_subject(page), leading(page), file)


def _subject(page: View) -> str:
    """One line, such as "Help center, ann@example.com: 12 to mend, 3 of them high"."""
    about = f"{page.center}, {page.owner}" if page.owner else page.center
    high = sum(row.counts[0] for row in page.kinds)
    counts = f"{page.total} to mend" if page.total else "nothing to mend"
    counts += f", {high} of high severity" if high else ""
    return " ".join(f"{about}: {counts}".split())
