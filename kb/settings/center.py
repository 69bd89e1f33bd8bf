"""What is read, and where it is kept."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from kb.settings.section import SECRET, Section


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


class ReleasesSettings(Section):
    """History."""

    keep: int = Field(5, ge=2, description="Releases kept for rollback, the live one among them.")
