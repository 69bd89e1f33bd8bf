"""Where simulated customers come from."""

from pathlib import Path

from pydantic import Field

from kb.settings.section import Section


class SimulationSettings(Section):
    """What `wellkept simulate` plays."""

    path: Path | None = Field(
        None, description="Folder of scenarios (YAML) and of the sandbox.yaml beside them."
    )
