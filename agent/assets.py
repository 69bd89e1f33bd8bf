"""The texts beside the articles that a release holds: what the agent does is made of them."""

from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from kb.errors import ConfigError
from kb.settings import Settings
from kb.types import Asset

PROCEDURE, ACTIONS, DEFINITION, CALIBRATION = "procedure", "actions", "definition", "calibration"
PROMPT = "prompt"
_PROMPTS = "agent.models.prompts"


def collect(settings: Settings) -> list[Asset]:
    """Procedures, actions with the files that they are defined by, and the calibration, as the
    settings name them, and the prompts where there is a language model, by kind and name. Raises
    `ConfigError` for a file that can't be read."""
    found = [*_procedures(settings.procedures.path), *_actions(settings.actions.path)]
    if settings.agent.calibration:
        found.append(_asset(CALIBRATION, "confidence", settings.agent.calibration))
    if settings.llm.url and settings.llm.model:
        found += prompts()
    return sorted(found, key=lambda item: (item.kind, item.name))


def prompts() -> list[Asset]:
    """The prompts that come with this version, by name."""
    shipped = [item for item in files(_PROMPTS).iterdir() if item.name.endswith(".md")]
    texts = {item.name.removesuffix(".md"): item.read_text(encoding="utf-8") for item in shipped}
    return [Asset(PROMPT, name, _version(texts[name]), texts[name]) for name in sorted(texts)]


def _procedures(folder: Path | None) -> Iterator[Asset]:
    """Every Markdown file but the conversations written beside (`*.test.md`)."""
    if folder is None:
        return
    if not folder.is_dir():
        raise ConfigError(f"procedures {folder}: no such folder; [procedures] path names it")
    for path in sorted(folder.glob("*.md")):
        if not path.name.endswith(".test.md"):
            yield _asset(PROCEDURE, path.stem, path)


def _actions(path: Path | None) -> Iterator[Asset]:
    """The file and, by their paths relative to it, those that lie in its folder and that it
    names: documents and plug-ins."""
    if path is None:
        return
    yield _asset(ACTIONS, "actions", path)
    for name in sorted(named_files(path)):
        yield _asset(DEFINITION, name, path.parent / name)


def named_files(path: Path) -> set[str]:
    """Paths of the OpenAPI documents and plug-ins that a file of actions names."""
    import tomllib

    try:
        tables = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    backends = tables.get("backend", {})
    return {
        str(backend[key])
        for backend in (backends.values() if isinstance(backends, dict) else ())
        for key in ("openapi", "plugin")
        if isinstance(backend, dict) and key in backend
    }


def _asset(kind: str, name: str, path: Path) -> Asset:
    text = _read(path)
    return Asset(kind, name, _version(text), text)


def _version(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} can't be read: {error}") from None
