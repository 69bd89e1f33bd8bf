"""In which language a message is, and what is said to one that no article is in."""

import json
from pathlib import Path

import pytest

from agent.answers.languages import languages_there_are, matching
from agent.screening.language import language_of
from agent.types import Decision
from tests.agent.center import ARTICLES, agent_on
from tests.agent.fakes import article

SAMPLE = Path(__file__).parents[2] / "sample"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("de", "Wie kann ich mein Abo kündigen?"),
        ("fr", "Comment puis-je annuler mon abonnement ?"),
        ("es", "¿Cómo puedo cancelar mi suscripción?"),
        ("it", "Come posso annullare il mio abbonamento?"),
        ("pt", "Como posso cancelar a minha assinatura?"),
        ("nl", "Hoe kan ik mijn abonnement opzeggen?"),
        ("sv", "Hur säger jag upp min prenumeration?"),
        ("ru", "Как отменить подписку?"),
        ("zh", "退款需要多久"),
        ("ja", "返金はいつですか"),
        ("ko", "환불은 언제 되나요"),
        ("ar", "كيف يمكنني إلغاء الاشتراك؟"),
    ],
)
def test_a_clear_message_is_recognised(code: str, message: str) -> None:
    assert language_of(message) == code


def test_no_english_question_is_taken_for_another_language() -> None:
    golden = (SAMPLE / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    log = (SAMPLE / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in golden]
    asked = [case["question"] for case in cases if "question" in case]
    asked += [json.loads(line)["text"] for line in log]
    asked += ["pls cancl sub", "de app is ok", "refund??", "un subscribe me", "die app"]
    assert [text for text in asked if language_of(text)] == []


def test_another_language_is_told_which_ones_there_are() -> None:
    turn = agent_on().answer("Wie kann ich mein Abo kündigen?")
    assert turn.decision is Decision.CLARIFY
    assert "nur auf Englisch" in turn.text
    assert "in English only" in turn.text
    assert turn.handoff is None


def test_a_language_that_the_articles_have_is_answered() -> None:
    german = article(
        "rechnung.md",
        "---\ntitle: Rechnung herunterladen\nlocale: de\n---\n"
        "Wo die Rechnung steht und wo die Belege: unter Konto und Belege.\n",
    )
    turn = agent_on((*ARTICLES, german)).answer("Wo steht die Rechnung und wo die Belege?")
    assert turn.decision is Decision.ANSWER
    assert "Konto und Belege" in turn.text


def test_a_language_without_a_phrase_of_its_own_is_told_in_english() -> None:
    said = languages_there_are("xx", {"en", "de-AT"})
    assert said.startswith("I can answer in English or German only.") or "German or English" in said


def test_the_nearest_locale_is_taken() -> None:
    assert matching("pt", {"en", "pt-BR"}) == "pt-BR"
    assert matching("en-GB", {"en"}) == "en"
    assert matching("fr", {"en"}) is None
