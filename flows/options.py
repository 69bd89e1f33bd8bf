"""Options that every command takes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option(
        "--home", help="Folder of all state (WELLKEPT_HOME; default .wellkept).", show_default=False
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="Settings file (WELLKEPT_CONFIG; default wellkept.toml, optional).",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="JSON on stdout; messages on stderr.")]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Folders of articles; default: \\[sources] paths.", show_default=False),
]


def settings_of(home: Path | None, config: Path | None) -> "Settings":
    """Raises `ConfigError`."""
    from kb.configuration import load

    return load(config, home)
