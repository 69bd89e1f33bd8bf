"""File names of owners."""

import re
from collections.abc import Iterable
from unicodedata import normalize


def slugs(owners: Iterable[str]) -> dict[str, str]:
    """Owner to a file name without extension; two that read alike get a number."""
    found: dict[str, str] = {}
    for owner in sorted(owners):
        plain = normalize("NFKD", owner).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "nobody"
        base = "owner-index" if base == "index" else base
        taken, slug, number = set(found.values()), base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        found[owner] = slug
    return found
