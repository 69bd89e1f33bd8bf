"""A large help center made of a small one: copies whose terms were renamed, so that no two
passages are alike and links hold within a copy."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

_WORD = re.compile(r"\b[a-z]{6,}\b")
# Targets of links and images, code, tags and front matter stay as they are.
_KEPT = re.compile(r"(\]\([^)]*\)|`[^`]*`|```.*?```|<[^>]*>|\A---\n.*?\n---\n)", re.S)
_SUFFIXES = {".md", ".mdx", ".html", ".txt"}
_VOCABULARY = 2_000
_SEED = 11


def blow_up(folders: Sequence[Path], target: Path, articles: int) -> Path:
    """Fills `target` with exactly `articles` articles (as they are the first time round) and
    returns it; a target of that size is left alone, so that a later run is spared the work."""
    marker = target / ".articles"
    if marker.exists() and marker.read_text() == str(articles):
        return target
    texts = dict(_texts(folders))
    words = _common_words(texts.values())
    for number, (path, text) in enumerate(_copies(texts, words, articles)):
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        if number + 1 == articles:
            break
    marker.write_text(str(articles))
    return target


def _texts(folders: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES:
                name = Path(folder.parent.name if folder.name == "files" else folder.name)
                yield name / path.relative_to(folder), path.read_text("utf-8", errors="replace")


def _common_words(texts: Iterable[str]) -> list[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text))
    return [word for word, _ in counts.most_common(_VOCABULARY)]


def _copies(
    texts: Mapping[Path, str], words: Sequence[str], articles: int
) -> Iterator[tuple[Path, str]]:
    for copy in range(-(-articles // len(texts))):
        renamed = _renaming(words, copy)
        for path, text in texts.items():
            yield Path(f"copy-{copy:03}") / path, rename(text, renamed)


def _renaming(words: Sequence[str], copy: int) -> Mapping[str, str]:
    """Every word to another one of them; the first copy keeps its own."""
    if copy == 0:
        return {}
    shuffled = list(words)
    Random(_SEED + copy).shuffle(shuffled)
    return dict(zip(words, shuffled, strict=True))


def rename(text: str, renamed: Mapping[str, str]) -> str:
    """The text with its words renamed, but for what must stay so that it still parses."""
    parts = _KEPT.split(text)
    return "".join(
        part if place % 2 else _WORD.sub(lambda match: renamed.get(match[0], match[0]), part)
        for place, part in enumerate(parts)
    )
