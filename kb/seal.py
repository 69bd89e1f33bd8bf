"""Whether a release is still what was evaluated: digests of all that it holds.

A seal guards against edits after the evaluation, whoever makes them: a row changed by hand, a
restore of half a backup, an index that another process wrote to. It is no signature: who can
rewrite the rows and the seal together is trusted already.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from kb.pinned import fingerprint_of
from kb.types import Held, Release

ARTICLES, ASSETS, INDEX, VERDICT = "articles", "assets", "index", "verdict"
# Said of a verdict after it was given, and no part of it.
WITHDRAWN = "withdrawn"


def seal(held: Held, index: str) -> dict[str, str]:
    """What was built, by part; `index` is the digest of its index."""
    texts = [[*key, digest] for key, digest in sorted(held.texts.items())]
    assets = sorted([item.kind, item.name, item.version, item.text] for item in held.assets)
    return {ARTICLES: digest(texts), ASSETS: digest(assets), INDEX: index}


def sealed_verdict(verdict: Mapping[str, object]) -> str:
    """The digest of a verdict."""
    return digest({key: value for key, value in verdict.items() if key != WITHDRAWN})


def changed(release: Release, held: Held, index: str) -> list[str]:
    """What is not as it was when the release was built and evaluated, in words; nothing where all
    is. A release that was live before seals were kept has none: nothing is known of it."""
    if release.seal is None:
        return [] if release.promoted_at else ["its seal"]
    found = [
        f"its {part}"
        for part, value in seal(held, index).items()
        if release.seal.get(part) != value
    ]
    mark = fingerprint_of(dict(held.texts.keys()), held.assets)
    if not mark == release.fingerprint == release.evaluated_fingerprint:
        found.append("its fingerprint")
    if release.verdict is None or release.seal.get(VERDICT) != sealed_verdict(release.verdict):
        found.append("its verdict")
    return found


def digest(value: object) -> str:
    """SHA-256, in hex, of a JSON value; keys in any order."""
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def digest_of_lines(lines: Iterable[bytes]) -> str:
    """SHA-256, in hex, of byte strings in this order."""
    total = sha256()
    for line in lines:
        total.update(len(line).to_bytes(8, "big"))
        total.update(line)
    return total.hexdigest()
