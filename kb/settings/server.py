"""The API."""

from pydantic import Field, SecretStr

from kb.settings.section import SECRET, Section


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
