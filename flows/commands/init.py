"""`wellkept init`: a commented `wellkept.toml`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.output import say
from kb.errors import ConfigError


def init(
    config: Annotated[Path, typer.Option("--config", help="File to write.")] = Path(
        "wellkept.toml"
    ),
    force: Annotated[bool, typer.Option("--force", help="Replace the file that is there.")] = False,
) -> None:
    """Write a commented wellkept.toml: every setting with its default."""
    from kb.settings_text import commented_toml

    if config.exists() and not force:
        raise ConfigError(f"{config} is there already; --force replaces it")
    try:
        config.write_text(commented_toml(), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{config}: {error.strerror or error}") from None
    say(f"Wrote {config}. Set [sources] paths, then run `wellkept release`.")
