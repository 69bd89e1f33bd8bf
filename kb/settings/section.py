"""What every section of the settings is made of."""

from pydantic import BaseModel, ConfigDict, JsonValue

PREFIX = "WELLKEPT_"
SECRET: dict[str, JsonValue] = {"secret": True}


class Section(BaseModel):
    """One table of `wellkept.toml`. An unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
