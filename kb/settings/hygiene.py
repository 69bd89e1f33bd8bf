"""What is a finding, who owns it and who is told."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from kb.settings.section import SECRET, Section


class HygieneSettings(Section):
    """What is a finding."""

    today: date | None = Field(
        None, description="Findings as of this date; unset: the current one."
    )
    review_days: int = Field(180, gt=0, description="An article must be reviewed this often.")
    policy_review_days: int = Field(
        90,
        gt=0,
        description="The same for articles in a folder or with a tag named policy or policies.",
    )
    min_confidence: float = Field(0.5, ge=0, le=1, description="Findings below are not reported.")
    min_questions: int = Field(3, gt=0, description="Questions that make a gap.")
    review_by_path: dict[str, int] = Field(
        {}, description="Days between reviews by path pattern, such as legal/**."
    )
    review_by_owner: dict[str, int] = Field(
        {}, description="Days between reviews by owner; a path pattern goes before."
    )
    authoritative: list[str] = Field(
        [], description="Path patterns of the articles that are right when others differ."
    )
    release_notes: list[str] = Field(
        [],
        description="Path patterns of release notes, beside those that are recognised by name.",
    )


class VocabularySettings(Section):
    """Names that set the scope of a statement, beside those found in the articles."""

    plans: list[str] = Field([], description="Plans and editions.")
    products: list[str] = Field([], description="Products and models.")
    platforms: list[str] = Field([], description="Platforms and devices.")
    roles: list[str] = Field([], description="Roles of users.")
    aliases: dict[str, list[str]] = Field(
        {}, description="Other ways to write a name: the name, then a list of them."
    )


class OwnersSettings(Section):
    """Who owns an article that names no owner; what stands first here goes first."""

    file: Path | None = Field(
        None,
        description="A CODEOWNERS file; its paths begin in each source's folder or in the one above.",
    )
    rules: list[str] = Field(
        [], description="Lines in the syntax of CODEOWNERS; they go before those of the file."
    )
    sources: dict[str, str] = Field({}, description="Owner by name of the source.")


class JudgeSettings(Section):
    """A second look at contradictions, that may confirm or lower them."""

    kind: Literal["none", "endpoint", "model"] = Field(
        "none",
        description="`endpoint` asks the language model of `[llm]`, `model` a local inference model.",
    )
    model: str | None = Field(
        None,
        description="Folder or name of a model that sentence-transformers' CrossEncoder loads.",
    )
    budget: int = Field(200, ge=0, description="Most contradictions looked at in one run.")
    batch: int = Field(8, gt=0, description="Contradictions in one call.")
    timeout_s: float = Field(60.0, gt=0, description="Longest wait for one call.")


class LinksSettings(Section):
    """External links."""

    external: bool = Field(default=False, description="Whether external links are tried.")
    concurrency: int = Field(8, gt=0, description="Links tried at once.")
    per_host: float = Field(2.0, gt=0, description="Most requests a second to one host.")
    timeout_s: float = Field(10.0, gt=0, description="Longest wait for one answer.")
    cache_days: int = Field(7, ge=0, description="An answer is good for this long.")
    ignore: list[str] = Field([], description="Glob patterns of links to leave alone.")


class NotifySettings(Section):
    """Where reports are sent, as Apprise URLs (mailto, slack, json and many more)."""

    urls: list[SecretStr] = Field([], description="Gets the overview.", json_schema_extra=SECRET)
    owners: dict[str, SecretStr] = Field(
        {}, description="Gets one owner's report, by owner.", json_schema_extra=SECRET
    )
