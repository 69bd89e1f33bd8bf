"""Topics on a small help center with the real model and the real index."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from kb.corpus import Corpus
from kb.detectors.gap import plugin
from kb.encoder import SentenceEncoder
from kb.gaps import cluster
from kb.index.edge import EdgeBackend
from kb.indexing import build_index
from kb.passages import split
from kb.retrieve import Retriever
from kb.settings import EncoderSettings, HygieneSettings, SearchSettings
from kb.types import Cluster, Hit, Question
from tests.kb.detectors.documents import TODAY, article

ARTICLES = [
    article(
        "reset.md",
        "# Reset your password\n\nChoose Forgot password on the sign-in page. We send a link by "
        "e-mail that lets you set a new password. The link works for one hour.\n",
    ),
    article(
        "shipping.md",
        "# Shipping and delivery\n\nParcels to Europe arrive within five days. Shipping costs $6. "
        "You can track your parcel with the tracking number that we send when it leaves.\n",
    ),
    article(
        "refunds.md",
        "# Returns and refunds\n\nReturn an item within 30 days and we refund the price to your "
        "card. Print the return label from your orders.\n",
    ),
    article(
        "battery.md",
        "# Change the battery\n\nThe sensor runs for a year on one coin battery. Open the cap, "
        "take the old battery out and put the new battery in.\n",
    ),
]
COVERED = {
    "p": [
        "how do i reset my password",
        "forgot my password",
        "password link expired",
        "new password?",
    ],
    "s": [
        "how long does shipping take to europe",
        "track my parcel",
        "shipping costs",
        "where is my parcel",
    ],
    "r": [
        "can i return an item",
        "refund to my card",
        "print the return label",
        "how many days to return",
    ],
    "b": [
        "change the battery",
        "which battery does the sensor need",
        "how long does the battery last",
    ],
}
GIFTS = [
    "do you sell gift cards",
    "can i buy a gift voucher for my sister",
    "gift card for a birthday",
    "is there a voucher that i can give as a gift",
    "redeem a gift card",
]
TALK = ["hi", "thanks!", "ok", "hello", "thank you"]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(EncoderSettings())


@pytest.fixture(scope="module")
def search(
    encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, int], Iterable[Hit]]]:
    index = EdgeBackend(tmp_path_factory.mktemp("index")).create("r", encoder.dimension)
    build_index([p for a in ARTICLES for p in split(a, 160)], encoder, index, [], None)
    yield Retriever(index, encoder, SearchSettings()).search
    index.close()


def asked(gifts: int = len(GIFTS), resolved: bool | None = None) -> list[Question]:
    topics = {**COVERED, "g": GIFTS[:gifts], "t": TALK}
    return [
        Question(f"{name}{n}", text, resolved=resolved)
        for name, texts in topics.items()
        for n, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def topics(encoder: SentenceEncoder, search: Callable[[str, int], Iterable[Hit]]) -> list[Cluster]:
    return cluster(asked(), encoder, search, HygieneSettings())


def test_an_uncovered_topic_is_one_cluster_and_covered_ones_have_no_verdict(
    topics: list[Cluster],
) -> None:
    uncovered = [topic for topic in topics if topic.verdict]
    assert [topic.question_ids for topic in uncovered] == [tuple(f"g{n}" for n in range(5))]
    assert "gift" in uncovered[0].label
    assert "gift" in uncovered[0].suggestion


def test_covered_questions_are_grouped_by_topic_with_the_article_that_answers(
    topics: list[Cluster],
) -> None:
    for topic in topics:
        names = {question[0] for question in topic.question_ids}
        assert len(names) == 1
    nearest = {topic.question_ids[0][0]: topic.nearest[0] for topic in topics}
    assert nearest["p"] == "reset.md"
    assert nearest["b"] == "battery.md"


def test_small_talk_is_no_topic(topics: list[Cluster]) -> None:
    assert not [q for topic in topics for q in topic.question_ids if q.startswith("t")]


def test_the_detector_reports_the_uncovered_topic_beside_the_nearest_article(
    encoder: SentenceEncoder, search: Callable[[str, int], Iterable[Hit]]
) -> None:
    corpus = Corpus(ARTICLES, TODAY, HygieneSettings(), asked(), search, encoder)
    (finding,) = plugin.detect(corpus)
    assert finding.title.startswith("5 customers asked")
    assert finding.owner == "docs@example.com"
    source = {item.id: item for item in ARTICLES}[finding.evidence[0].article_id]
    assert source.text[finding.evidence[0].start : finding.evidence[0].end] == (
        finding.evidence[0].quote
    )
    reordered = Corpus(ARTICLES, TODAY, HygieneSettings(), asked()[::-1], search, encoder)
    assert [item.id for item in plugin.detect(reordered)] == [finding.id]


def test_fewer_questions_than_the_setting_are_no_gap(
    encoder: SentenceEncoder, search: Callable[[str, int], Iterable[Hit]]
) -> None:
    corpus = Corpus(ARTICLES, TODAY, HygieneSettings(min_questions=6), asked(), search, encoder)
    assert list(plugin.detect(corpus)) == []


def test_without_questions_or_an_index_there_is_nothing_to_report() -> None:
    assert list(plugin.detect(Corpus(ARTICLES, TODAY, HygieneSettings(), asked()))) == []


def test_a_covered_topic_whose_customers_all_left_unanswered_is_hard_to_find(
    encoder: SentenceEncoder, search: Callable[[str, int], Iterable[Hit]]
) -> None:
    def verdicts(lost: str) -> list[str]:
        asked = [
            Question(f"{name}{copy}{n}", text, resolved=name != lost)
            for name, texts in COVERED.items()
            for copy in range(3)
            for n, text in enumerate(texts)
        ]
        topics = cluster(asked, encoder, search, HygieneSettings())
        return [f"{t.verdict}: {t.question_ids[0][0]}" for t in topics if t.verdict]

    assert [verdict for verdict in verdicts("p") if "hard" in verdict] == ["hard_to_find: p"]
    assert [verdict for verdict in verdicts("nobody") if "hard" in verdict] == []


def test_an_empty_log_has_no_topics(
    encoder: SentenceEncoder, search: Callable[[str, int], Iterable[Hit]]
) -> None:
    assert cluster([], encoder, search, HygieneSettings()) == []
