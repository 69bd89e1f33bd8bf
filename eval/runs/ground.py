"""What answers beside the articles: a turn may stand for another only on the same ground."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from platform import python_version
from re import match
from typing import Any

from eval.golden.case import Case
from eval.simulation.reading import SANDBOX_FILE
from eval.simulation.sandbox import read_sandbox
from kb.code import code_fingerprint
from kb.errors import ConfigError
from kb.pinned import SETTINGS, pinned_settings
from kb.settings import Settings
from kb.types import Article, Asset

# What plays a case, and what notes what it asks: a trace that was taken with less noted says less
# than it seems to. The metrics are not of it: scores are made anew each time.
_PLAYING = ("eval.playing", "eval.simulation", "eval.runs.trace", "eval.runs.watching")
_NAME = r"[A-Za-z0-9._-]+"


@dataclass(frozen=True, slots=True)
class Subject:
    """A release that is tried, by digests. `ground` is of everything that answers but the
    articles, `whole` of these too; `settings` names what it pins beside articles and files, and
    `stage` the backends of cases that act. `hours`: what is said when a person takes over tells
    whether somebody is there."""

    release_id: str
    ground: str
    whole: str
    settings: str
    stage: str
    hours: bool = False


def subject_of(
    release_id: str,
    settings: Settings,
    encoder: str,
    assets: Iterable[Asset],
    articles: Sequence[Article],
) -> Subject:
    """The release of these articles and assets, answering by these settings with this encoder."""
    pinned = pinned_settings(encoder, settings)
    parts = {
        "settings": pinned.text,
        "assets": sorted(
            [it.kind, it.name, it.version, _digest(it.text)] for it in assets if it.kind != SETTINGS
        ),
        "sign in": settings.identity.secret is not None,
        "prices": settings.llm.model_dump(include=_prices(settings)),
        "playing": code_fingerprint(*_PLAYING),
        "libraries": libraries(),
    }
    ground = _digest(parts)
    texts = sorted([article.id, article.content_hash, article.text] for article in articles)
    whole = _digest([ground, texts])
    stage = _stage(settings.simulation.path)
    hours = bool(settings.handover.hours)
    return Subject(release_id, ground, whole, pinned.version, stage, hours)


def case_key(case: Case) -> str:
    """Names what is asked: everything of a case that has a part in its conversation, and not what
    its turn is held against."""
    return _digest(
        {
            "earlier": case.earlier,
            "question": case.question,
            "who": asdict(case.who),
            "decision": case.decision.value,
            "acts": case.acts,
            "given": case.given,
            "end_state": case.end_state,
        }
    )


def author_of(case: Case) -> str:
    """Of what the case's author goes by when the agent asks back."""
    return _digest([case.reference, sorted(case.articles)])


@lru_cache
def libraries() -> Mapping[str, str]:
    """Versions of Python and of the libraries that Wellkept names, by name."""
    found = {"python": python_version()}
    for name in _required():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _required() -> Iterator[str]:
    for line in requires("wellkept") or []:
        named = match(_NAME, line)
        if named and "extra ==" not in line:
            yield named[0].lower()


def _prices(settings: Settings) -> set[str]:
    return {name for name in type(settings.llm).model_fields if name.endswith("_price")}


def _stage(folder: Path | None) -> str:
    """Of the backends' own files; empty without backends."""
    if folder is None or not (folder / SANDBOX_FILE).is_file():
        return ""
    try:
        file = read_sandbox(folder)
    except ConfigError:
        # It is told when a case that acts is played.
        return ""
    started = [folder / part for backend in file.backends.values() for part in backend.start]
    places = {path.resolve().parent for path in started if path.is_file()}
    files = sorted(path for place in places for path in place.rglob("*") if path.suffix != ".pyc")
    return _digest(
        [
            file.model_dump(mode="json"),
            [
                [path.name, sha256(path.read_bytes()).hexdigest()]
                for path in files
                if path.is_file()
            ],
        ]
    )


def _digest(values: Any) -> str:
    text = json.dumps(values, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()
