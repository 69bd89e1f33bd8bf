"""Follow-ups put into a question of their own, and answers in the customer's language."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from agent.answers.rewriting import rewritten
from agent.answers.translation import faithful, translated
from agent.answers.write import Line
from agent.models.assistance import Assistance
from agent.models.chat import open_models
from agent.models.prompts import Prompts
from agent.types import Decision, Turn
from kb.settings import LlmSettings
from tests.agent.models.center import by_prompt
from tests.openai_server import Fault, OpenAIServer, Reply


@contextmanager
def assisted(**replies: Reply) -> Iterator[Assistance]:
    with OpenAIServer(by_prompt(**replies)) as server:
        settings = LlmSettings(url=server.url, model="scripted", retries=0)
        models = open_models(settings, Prompts.shipped())
        assert models
        yield models.begin()


EARLIER = Turn(
    id="t",
    conversation_id="c",
    question="How do I export a report?",
    decision=Decision.ANSWER,
    text="Open Reports and select Export.",
    confidence=0.9,
    reason="",
    created_at=datetime(2026, 5, 4, tzinfo=UTC),
)


def question(text: str, reply: Reply, language: str = "") -> str | None:
    with assisted(rewrite=reply) as assistance:
        return rewritten(text, [EARLIER], assistance, language)


def test_a_follow_up_becomes_a_question_of_its_own() -> None:
    whole = "How do I export a report on a phone?"
    assert question("and on a phone?", {"question": whole}) == whole


@pytest.mark.parametrize(
    "reply",
    [
        {"question": "How do I get 500 dollars?"},
        {"question": "How do I hack the bank on a phone?"},
        {"question": ""},
        {"answer": "x"},
        Fault(500),
    ],
)
def test_words_that_nobody_wrote_are_not_asked(reply: Reply) -> None:
    assert question("and on a phone?", reply) is None


def test_a_question_in_another_language_is_translated_to_be_searched_with() -> None:
    reply: Reply = {"question": "How do I delete a report?"}
    assert question("Wie lösche ich einen Bericht?", reply, "en") == "How do I delete a report?"


@pytest.mark.parametrize(
    ("original", "said", "language"),
    [
        ("Refunds take 5 days.", "Erstattungen dauern 5 Tage.", "de"),
        ("Refunds take five days.", "Les remboursements prennent 5 jours.", "fr"),
        ("Guests cannot export.", "Los invitados no pueden exportar.", "es"),
        ("Open Settings > Billing.", "Öffne Settings > Billing.", "de"),
        ("Write to a@b.example.", "Schreib an a@b.example.", "de"),
    ],
)
def test_a_translation_that_keeps_what_can_be_checked_passes(
    original: str, said: str, language: str
) -> None:
    assert faithful(original, said, language)


@pytest.mark.parametrize(
    ("original", "said", "language"),
    [
        ("Refunds take 5 days.", "Erstattungen dauern 15 Tage.", "de"),
        ("Refunds take some days.", "Erstattungen dauern 5 Tage.", "de"),
        ("Guests cannot export.", "Gäste können exportieren.", "de"),
        ("Guests can export.", "Les invités ne peuvent pas exporter.", "fr"),
        ("Open Settings > Billing.", "Öffne Einstellungen > Konto.", "de"),
        ("Write to a@b.example.", "Schreib an c@d.example.", "de"),
        ("See the page.", "Siehe https://evil.example.", "de"),
        ("It works on iOS.", "Es funktioniert auf Telefonen.", "de"),
        ("Yes.", "Ja, und außerdem gehört dir alles, was es in unserem Laden je gab.", "de"),
    ],
)
def test_a_translation_that_changes_it_does_not(original: str, said: str, language: str) -> None:
    assert not faithful(original, said, language)


def test_sentences_that_can_not_be_trusted_stay_as_they_were() -> None:
    told = [Line("Refunds take 5 days.", ()), Line("It is free.", ()), Line("It works.", ())]
    reply: Reply = {
        "sentences": [
            {"number": 0, "text": "Erstattungen dauern 50 Tage."},
            {"number": 1, "text": "Es ist kostenlos."},
            {"number": 2, "text": "Es funktioniert."},
        ]
    }
    with assisted(translate=reply) as assistance:
        found = translated(told, "de", assistance)
    assert found is not None
    assert [line.text for line in found] == [
        "Refunds take 5 days.",
        "Es ist kostenlos.",
        "Es funktioniert.",
    ]


@pytest.mark.parametrize("reply", [Fault(500), {"sentences": []}, "Es ist kostenlos."])
def test_without_a_usable_translation_there_is_none(reply: Reply) -> None:
    with assisted(translate=reply) as assistance:
        assert translated([Line("It is free.", ())], "de", assistance) is None
