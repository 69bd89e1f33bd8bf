"""A person's decision on a proposal, kept and, where it is accepted, written down."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eval.drafting.file import append
from eval.drafting.proposal import Draft
from eval.drafting.store import Drafts
from eval.golden.case import Case
from eval.golden.file import read


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides, and on which golden set."""

    drafts: Drafts
    path: Path
    by: str

    def golden(self) -> list[Case]:
        """The golden set as it is now; nothing where there is none yet."""
        return read(self.path) if self.path.exists() else []

    def accept(self, draft: Draft, case: Case, at: datetime) -> None:
        """Adds the case, perhaps edited, to the golden set. One that an interrupted run wrote
        there already is only marked. Raises `ConfigError` where it can't be written, or where
        another case has its id, and `Permanent` where it was decided on."""

        def keep() -> None:
            if case not in self.golden():
                append(self.path, case)

        self.drafts.accept(draft.id, case, self.by, at, keep)

    def reject(self, draft: Draft, reason: str, at: datetime) -> None:
        """Raises `Permanent` without a reason, and where it was decided on."""
        self.drafts.reject(draft.id, self.by, reason, at)
