"""Small help centers whose articles agree and disagree at random."""

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from kb.corpus import Corpus
from kb.detectors.contradiction import plugin
from kb.findings import Finding
from kb.ports import Cache
from kb.settings import HygieneSettings
from kb.types import Article
from tests.kb.articles import article

TODAY = date(2026, 1, 1)
THINGS = ("invoice", "backup", "webhook", "campaign", "survey")
# Of other things than the articles above, in other words.
ELSEWHERE = (
    "Ferns thrive beside brooks. Moss covers {n} boulders in every glade.",
    "Otters sleep afloat. A raft of otters drifts for {n} hours.",
    "Granite weathers slowly. Glaciers carved {n} valleys there.",
)

_sentence = st.one_of(
    st.builds("A {} is kept for {} days.".format, st.sampled_from(THINGS), st.integers(2, 4)),
    st.builds(
        "Every {} may have up to {} authors.".format, st.sampled_from(THINGS), st.integers(5, 6)
    ),
    st.builds(
        "Members {} delete the {}.".format,
        st.sampled_from(("can", "cannot")),
        st.sampled_from(THINGS),
    ),
    st.builds("The Larch plan costs ${} a month.".format, st.integers(9, 10)),
)
texts = st.lists(_sentence, min_size=1, max_size=4).map(" ".join)
centers = st.dictionaries(st.sampled_from([f"{n}.md" for n in range(6)]), texts, min_size=2)
elsewhere = st.lists(
    st.builds(str.format, st.sampled_from(ELSEWHERE), n=st.integers(2, 9)), min_size=1, max_size=9
)


def articles_of(center: Mapping[str, str]) -> list[Article]:
    """One article for each path and text."""
    return [article(path, f"# About {path[0]}\n\n{text}\n") for path, text in center.items()]


def found(articles: list[Article], cache: Cache | None = None) -> list[Finding]:
    """The contradictions, as the detector finds them."""
    return list(plugin.detect(Corpus(articles, TODAY, HygieneSettings(), cache=cache)))
