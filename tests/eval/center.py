"""A small help center with a golden set, released and evaluated in this process."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

from flows.evaluation import Assessed, assess_release
from flows.hygiene import check_release
from flows.ingestion import index_release, sync_sources
from kb.releases import Beginning, begin, finish, promote, record_verdict
from kb.settings import Settings
from kb.types import Release
from tests.flows.conftest import jsonl, write
from tests.flows.runs import SmallWorkspace, silent

ARTICLES = {
    "refunds.md": "# Refunds\n\nWe refund the full price of a return. The money reaches your "
    "account within 14 days.\n\n## Late refunds\n\nA refund that is late for more than 20 days is "
    "looked into by the billing team.\n",
    "shipping.md": "# Shipping\n\nParcels leave the warehouse on the next working day. Delivery "
    "takes 3 days.\n\n## Tracking a parcel\n\nThe tracking number is in the dispatch message.\n",
    "password.md": "# Reset your password\n\n1. Open the sign-in page.\n2. Choose Forgot password."
    "\n3. Follow the link in the message.\n",
    "invoices.md": "# Invoices\n\nInvoices are under Billing, one for each month. An invoice can "
    "be downloaded as a PDF file.\n",
    "members.md": "# Invite members\n\nAn admin invites members under Team. A team has at most "
    "10 members.\n",
    "export.md": "# Export your data\n\nExports hold every project as CSV files. An export is "
    "ready within one hour.\n",
    "warranty.md": "# Warranty\n\nEvery sensor has a warranty of two years. Batteries are not "
    "covered by the warranty.\n",
    "gateway.md": "# Connect the gateway\n\nPlug the gateway into your router with the cable. The "
    "light turns green when it is online.\n",
}
# What nobody asks for: each search brings a dozen passages, whatever they are about.
_PLANTS = (
    *("aloe", "basil", "cactus", "dahlia", "fern", "geranium", "hibiscus", "iris", "jasmine"),
    *("kale", "lavender", "mint", "nasturtium", "orchid", "peony", "quince", "rosemary", "sage"),
    *("thyme", "umbrella", "violet", "wisteria", "yarrow", "zinnia", "begonia", "clover", "daisy"),
    *("fuchsia", "gardenia", "hyacinth", "ivy", "lily", "magnolia", "orange", "pansy", "rhubarb"),
)
ARTICLES |= {
    f"plants/{plant}.md": f"# Growing {plant}\n\nThe {plant} likes {('dry', 'moist')[day % 2]} "
    f"soil. Water your {plant} every {day} mornings.\n"
    for day, plant in enumerate(_PLANTS, start=2)
}
_ASKED = {
    "refund": ("How long until a refund reaches my account?", "refunds.md"),
    "late": ("My refund is late, who looks into it?", "refunds.md"),
    "delivery": ("How many days does delivery of a parcel take?", "shipping.md"),
    "tracking": ("Where is the tracking number of my parcel?", "shipping.md"),
    "password": ("How do I reset my forgotten password?", "password.md"),
    "invoice": ("Can I download an invoice as PDF?", "invoices.md"),
    "members": ("How many members can a team have?", "members.md"),
    "export": ("When is the export of my projects ready?", "export.md"),
    "warranty": ("Are batteries covered by the warranty of a sensor?", "warranty.md"),
    "gateway": ("The light of the gateway, when does it turn green?", "gateway.md"),
}
# What differs between two runs of the same.
_OF_THE_RUN = ("answer_ms", "measured", "reused")


def golden() -> list[dict[str, Any]]:
    """Ten questions for an answer, a message for a person, and a conversation."""
    asked = [
        {"id": name, "question": question, "decision": "answer", "articles": [path]}
        for name, (question, path) in _ASKED.items()
    ]
    return [
        *asked,
        {"id": "person", "question": "I want to talk to a person", "decision": "handoff"},
        {
            "id": "talk",
            "conversation": ["How long does delivery take?", "And where is the tracking number?"],
            "decision": "answer",
            "articles": ["shipping.md"],
        },
    ]


@dataclass
class Bench:
    """A folder with articles, golden set and home. `sections` are settings beside these."""

    folder: Path
    sections: dict[str, Any]

    def __post_init__(self) -> None:
        self.open()

    @classmethod
    def of(cls, folder: Path, **sections: Any) -> "Bench":
        write(folder / "docs", dict(ARTICLES))
        jsonl(folder / "golden.jsonl", golden())
        return cls(folder, sections)

    def open(self, **sections: Any) -> None:
        """As a new process would, with these settings besides."""
        self.sections = {**self.sections, **sections}
        values = {"home": self.folder / "home", "sources": {"golden": self.folder / "golden.jsonl"}}
        self.work = SmallWorkspace(Settings.model_validate({**values, **self.sections}))

    def copy(self, folder: Path) -> "Bench":
        """The same in another folder."""
        self.work.database.close()
        copytree(self.folder, folder, dirs_exist_ok=True)
        return Bench(folder, dict(self.sections))

    def change(self, **files: str | None) -> None:
        """Articles by their names without `.md`; None deletes."""
        for name, text in files.items():
            if text is None:
                (self.folder / "docs" / f"{name}.md").unlink()
            else:
                write(self.folder / "docs", {f"{name}.md": text})

    def reword(self, name: str, before: str, after: str) -> None:
        """Other words in an article."""
        text = (self.folder / "docs" / f"{name}.md").read_text()
        assert before in text
        self.change(**{name: text.replace(before, after)})

    def write_golden(self, cases: list[dict[str, Any]]) -> None:
        lines = [json.dumps(case) for case in cases]
        (self.folder / "golden.jsonl").write_text("\n".join(lines))

    def build(self) -> Release:
        """A candidate of the articles as they are now."""
        work = self.work
        synced = sync_sources(work, [self.folder / "docs"], silent)
        articles, now = work.articles.head(), datetime.now(UTC)
        begun = begin(
            work.releases, work.backend, articles, work.settings, work.encoder.fingerprint, now
        )
        if begun.beginning is Beginning.UNCHANGED:
            return begun.release
        passages = index_release(work, begun.release, silent)
        release = finish(work.releases, work.backend, begun.release, passages)
        check_release(work, release, [self.folder / "docs"], silent, synced.errors)
        return release

    def go_live(self, release: Release) -> Release:
        judged = record_verdict(self.work.releases, release, {"passed": True})
        return promote(self.work.releases, self.work.backend, judged.id)

    def assess(self, release: Release, **how: Any) -> Assessed:
        return assess_release(self.work, release, None, silent, **how)


def told(assessed: Assessed) -> list[dict[str, Any]]:
    """The rows without what differs from run to run."""
    rows = assessed.evaluation.rows()
    return [{key: row[key] for key in row if key not in _OF_THE_RUN} for row in rows]


def asked(assessed: Assessed) -> list[str]:
    """Ids of the cases that were asked in this run."""
    return [result.case.id for result in assessed.evaluation.results if not result.reused]
