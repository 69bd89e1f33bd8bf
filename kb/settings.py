"""Every setting, its default and its meaning.

Settings stand in `wellkept.toml`; `WELLKEPT_<SECTION>_<KEY>` overrides a section's key. Secrets
come only from the environment. `kb.configuration` reads both.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "WELLKEPT_"
SECRET: dict[str, JsonValue] = {"secret": True}


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CenterSettings(Section):
    """The help center itself."""

    name: str = Field("Help center", description="Shown on the chat page and in reports.")
    url: str | None = Field(
        None, description="Where the articles are published; links are made from it."
    )
    owner: str = Field("unowned", description="Owner of articles that name none.")
    locale: str = Field("en", description="Language of articles that name none.")


class SourcesSettings(Section):
    """What is ingested. Paths are relative to the configuration file."""

    paths: list[Path] = Field([], description="Folders of articles.")
    exclude: list[str] = Field([], description="Glob patterns of paths to leave out.")
    questions: Path | None = Field(
        None, description="Conversation log (JSONL) in which gaps are looked for."
    )
    golden: Path | None = Field(None, description="Golden set (JSONL) that the gate tries.")
    max_bytes: int = Field(
        20_000_000, gt=0, description="A larger file is named in the summary and left out."
    )


class EncoderSettings(Section):
    """The embedding model."""

    model: str = Field(
        "default",
        description="`default` (from its package), a folder, or any name that sentence-transformers loads.",
    )
    revision: str | None = Field(None, description="Revision of a model that is loaded by name.")
    batch_size: int = Field(8, gt=0, description="Passages encoded at once.")


class QdrantSettings(Section):
    """The vector index. Without a url the engine runs in the process."""

    url: str | None = Field(None, description="A Qdrant server; unset: embedded.")
    api_key: SecretStr | None = Field(
        None, description="Key of the Qdrant server.", json_schema_extra=SECRET
    )
    prefix: str = Field(
        "wellkept", description="Collections are named `<prefix>-<release>`, the alias `<prefix>`."
    )
    timeout_s: float = Field(10.0, gt=0, description="Longest wait for the server.")


class DatabaseSettings(Section):
    """Rows. Without a url: SQLite in the home folder."""

    url: SecretStr | None = Field(
        None,
        description="SQLAlchemy URL, such as postgresql+psycopg://user:password@host/name.",
        json_schema_extra=SECRET,
    )


class SearchSettings(Section):
    """Hybrid search."""

    candidates: int = Field(
        60, gt=0, description="Passages taken from each of dense and BM25 before fusion."
    )
    fusion: Literal["rrf", "dbsf"] = Field("rrf", description="How the two rankings are joined.")
    rrf_k: int = Field(
        2, gt=0, description="RRF's constant; small values trust the first places more."
    )
    passage_words: int = Field(
        160, gt=20, description="A section longer than this is split into passages."
    )


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


class GateSettings(Section):
    """What a release must reach. A metric that could not be computed refuses it."""

    context_recall: float = Field(
        0.85, ge=0, le=1, description="Share of the reference articles that were retrieved."
    )
    context_precision: float = Field(
        0.30,
        ge=0,
        le=1,
        description="Rank-weighted share of the retrieved articles that are reference articles.",
    )
    grounding: float = Field(
        1.0, ge=0, le=1, description="Share of answer sentences that their citation supports."
    )
    answer_similarity: float = Field(
        0.55, ge=0, le=1, description="Mean cosine of answer and reference answer."
    )
    decision_accuracy: float = Field(
        0.75, ge=0, le=1, description="Share of questions that got the decision they were due."
    )
    handoff_precision: float = Field(
        0.80, ge=0, le=1, description="Share of handoffs that were right."
    )
    handoff_recall: float = Field(
        0.80, ge=0, le=1, description="Share of due handoffs that were made."
    )
    faithfulness: float = Field(
        0.80, ge=0, le=1, description="ragas faithfulness, when a language model judges."
    )
    min_cases: int = Field(10, gt=0, description="A golden set smaller than this is refused.")


class AgentSettings(Section):
    """How the agent decides."""

    audience: list[str] = Field(
        ["customers"], description="Whose articles the chat may use, beside those for everybody."
    )
    answer_confidence: float = Field(
        0.5, ge=0, le=1, description="Below, the agent does not answer."
    )
    clarify_confidence: float = Field(
        0.4,
        ge=0,
        le=1,
        description="From here up to answer_confidence it asks one question when the evidence offers choices.",
    )
    max_sentences: int = Field(6, gt=0, description="Longest answer without a language model.")
    contradictions: Literal["say", "prefer", "handoff"] = Field(
        "say",
        description="What an open contradiction on a cited passage does: say so, prefer the authoritative or else the newer side silently (and say so where neither is), or hand over.",
    )
    stale: Literal["ignore", "say", "handoff"] = Field(
        "say",
        description="What a finding that a cited passage is stale does: nothing, say so, or hand over.",
    )
    verified_only: bool = Field(
        default=False, description="Answer only from articles that are within their review cycle."
    )
    max_message_chars: int = Field(8_000, gt=0, description="A longer message is refused.")


class LlmSettings(Section):
    """An OpenAI-compatible endpoint; without one nothing here is used."""

    url: str | None = Field(None, description="Base URL, such as http://localhost:8080/v1.")
    model: str | None = Field(None, description="Model name at the endpoint.")
    api_key: SecretStr | None = Field(
        None, description="Key of the endpoint.", json_schema_extra=SECRET
    )
    timeout_s: float = Field(60.0, gt=0, description="Longest wait for one call.")


class ServerSettings(Section):
    """The API and its pages."""

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    api_key: SecretStr | None = Field(
        None,
        description="Bearer token for findings, handoffs and conversations; unset: only this machine may read and change them.",
        json_schema_extra=SECRET,
    )
    max_body_bytes: int = Field(65_536, gt=0, description="A larger request is refused.")


class ReleasesSettings(Section):
    """History."""

    keep: int = Field(5, ge=2, description="Releases kept for rollback, the live one among them.")


class Settings(BaseSettings):
    """All settings. Build it with `kb.configuration.load`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(Path(".wellkept"), description="Folder of all embedded state.")
    center: CenterSettings = CenterSettings()
    sources: SourcesSettings = SourcesSettings()
    encoder: EncoderSettings = EncoderSettings()
    qdrant: QdrantSettings = QdrantSettings()
    database: DatabaseSettings = DatabaseSettings()
    search: SearchSettings = SearchSettings()
    hygiene: HygieneSettings = HygieneSettings()
    vocabulary: VocabularySettings = VocabularySettings()
    owners: OwnersSettings = OwnersSettings()
    judge: JudgeSettings = JudgeSettings()
    links: LinksSettings = LinksSettings()
    notify: NotifySettings = NotifySettings()
    gate: GateSettings = GateSettings()
    agent: AgentSettings = AgentSettings()
    llm: LlmSettings = LlmSettings()
    server: ServerSettings = ServerSettings()
    releases: ReleasesSettings = ReleasesSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 pydantic's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def entries() -> Iterator[tuple[str, str, Any]]:
    """(section, key, field) of every setting, in order; the section of top-level keys is ''."""
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            for key, inner in section.model_fields.items():
                yield name, key, inner
        else:
            yield "", name, field


def is_secret(field: Any) -> bool:
    """Whether a setting may come from the environment alone."""
    return bool((field.json_schema_extra or {}).get("secret"))


def variable(section: str, key: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + "_".join(part for part in (section, key) if part).upper()
