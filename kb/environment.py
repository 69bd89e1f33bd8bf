"""What Wellkept sets in the environment for the processes and libraries that it starts."""

import gc
import os
from pathlib import Path

from kb.settings import PREFIX

_UNUSED_SERVICES = (
    "TASK_RUN_RECORDER",
    "EVENT_PERSISTER",
    "TRIGGERS",
    "SCHEDULER",
    "LATE_RUNS",
    "FOREMAN",
)
"""Of Prefect's server: an embedded run has no use for them, and they trace at exit."""

_QUIET = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "1",
    "RAGAS_DO_NOT_TRACK": "true",
    "TOKENIZERS_PARALLELISM": "false",
    "UNSTRUCTURED_DISABLE_NOTICE": "1",
}

# Objects made before the youngest are looked through, and rounds until the older ones are.
_SELDOM = (50_000, 50, 100)


def export(home: Path, config: Path | None) -> None:
    """Hands the choice of home and file to whatever this process starts next."""
    os.environ[f"{PREFIX}HOME"] = str(home)
    if config:
        os.environ[f"{PREFIX}CONFIG"] = str(config)


def lend_secret(name: str, value: str) -> None:
    """Sets a secret of this process and those that it starts, such as the token of a backend that
    a simulation makes. What the operator had set there does not reach them."""
    os.environ[name] = value


def quiet_libraries() -> None:
    """No telemetry and no notices, unless the operator has chosen otherwise. Libraries read the
    environment when they are imported: call it before."""
    _set_defaults(_QUIET)


def contain_prefect(home: Path) -> None:
    """Prefect's state below `home`, a folder that exists, and its embedded server quiet: what
    goes wrong in a flow is raised, and said once. Call it before Prefect is imported."""
    _set_defaults(
        {
            "PREFECT_HOME": str(home.absolute() / "prefect"),
            "PREFECT_LOGGING_LEVEL": "CRITICAL",
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
            **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _UNUSED_SERVICES},
        }
    )


def collect_seldom() -> None:
    """Makes the search for garbage in cycles rare. Thousands of articles are millions of objects
    that stay: going through them again and again took a fifth of a check of 5,000 articles that
    were read before. What dies young is still found, so that memory grows no further."""
    gc.set_threshold(*_SELDOM)


def _set_defaults(values: dict[str, str]) -> None:
    for name, value in values.items():
        os.environ.setdefault(name, value)
