"""Every setting, its default and its meaning.

Settings stand in `wellkept.toml`; `WELLKEPT_<SECTION>_<KEY>` overrides a section's key. Secrets
come only from the environment. `kb.configuration` reads both.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from kb.settings.agent import (
    ActionsSettings,
    AgentSettings,
    IdentitySettings,
    LlmSettings,
    ProceduresSettings,
)
from kb.settings.center import (
    CenterSettings,
    DatabaseSettings,
    EncoderSettings,
    QdrantSettings,
    ReleasesSettings,
    SearchSettings,
    SourcesSettings,
)
from kb.settings.gate import CanarySettings, EvaluationSettings, GateSettings
from kb.settings.handover import HandoverRule, HandoverSettings, OutboxSettings
from kb.settings.hygiene import (
    HygieneSettings,
    JudgeSettings,
    LinksSettings,
    NotifySettings,
    OwnersSettings,
    VocabularySettings,
)
from kb.settings.section import PREFIX, SECRET, Section
from kb.settings.server import ServerSettings
from kb.settings.simulation import SimulationSettings

__all__ = [
    "PREFIX",
    "SECRET",
    "ActionsSettings",
    "AgentSettings",
    "CanarySettings",
    "CenterSettings",
    "DatabaseSettings",
    "EncoderSettings",
    "EvaluationSettings",
    "GateSettings",
    "HandoverRule",
    "HandoverSettings",
    "HygieneSettings",
    "IdentitySettings",
    "JudgeSettings",
    "LinksSettings",
    "LlmSettings",
    "NotifySettings",
    "OutboxSettings",
    "OwnersSettings",
    "ProceduresSettings",
    "QdrantSettings",
    "ReleasesSettings",
    "SearchSettings",
    "Section",
    "ServerSettings",
    "Settings",
    "SimulationSettings",
    "SourcesSettings",
    "VocabularySettings",
    "entries",
    "is_secret",
    "variable",
]


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
    evaluation: EvaluationSettings = EvaluationSettings()
    canary: CanarySettings = CanarySettings()
    agent: AgentSettings = AgentSettings()
    llm: LlmSettings = LlmSettings()
    procedures: ProceduresSettings = ProceduresSettings()
    actions: ActionsSettings = ActionsSettings()
    identity: IdentitySettings = IdentitySettings()
    handover: HandoverSettings = HandoverSettings()
    outbox: OutboxSettings = OutboxSettings()
    simulation: SimulationSettings = SimulationSettings()
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
