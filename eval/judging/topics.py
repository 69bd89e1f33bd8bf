"""What a help center is about, in a few words: what topic adherence holds answers against."""

import re
from collections.abc import Sequence

from kb.types import Article

# With fewer folders than this the titles say more.
_FEW = 3
# A judge is shown them with every case.
_MOST = 60


def topics(articles: Sequence[Article], audience: Sequence[str] = ()) -> list[str]:
    """The names of the folders that hold articles, which stay the same while articles come and
    go; of a help center with hardly any, the articles' titles. In alphabetical order, at most
    sixty. Articles for nobody of `audience` are left out."""
    seen = [item for item in articles if _is_for(item, audience)]
    folders = {_words(item.path.split("/")[0]) for item in seen if "/" in item.path}
    folders.discard("")
    found = folders if len(folders) >= _FEW else {item.title for item in seen}
    return sorted(found)[:_MOST]


def _is_for(article: Article, audience: Sequence[str]) -> bool:
    return not article.audience or bool(set(article.audience) & set(audience))


def _words(folder: str) -> str:
    return " ".join(re.split(r"[-_\s]+", folder)).strip()
