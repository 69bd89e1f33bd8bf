"""In which language a message is written.

The script decides where it can. Among languages of the Latin script the little words do: a message
is foreign when it has those of another language and none of English, and a statistical guess
agrees. Short, misspelt English has no such words, and stays English.
"""
# ruff: noqa: E501  a list of words is easier to read on few lines

import re
from functools import cache

# Scripts that name the language by themselves, or nearly.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
# Little words, without those that English has too.
_LITTLE = {
    "de": "ich du er sie es wir ihr mein meine meinen meinem dein ist sind bin habe haben hat kann können kannst wie wo"
    " wann warum welche welcher nicht kein keine und oder aber der das den dem ein eine einen einem für mit auf"
    " zu von nach bei über mich mir bitte geht gibt wird werden muss möchte auch noch schon hallo danke",
    "fr": "je tu il elle nous vous mon ma mes votre vos est sont suis ai avez avons peut puis pouvez comment où quand"
    " pourquoi quel quelle quels pas ne et ou mais le la les un une des du de au aux pour avec dans sur que qui"
    " bonjour merci faire cette ce ces faut combien",
    "es": "yo tú él ella nosotros mi mis su sus es son está están estoy tengo puedo puede pueden cómo como dónde donde"
    " cuándo cuando cuánto cuanto qué que cuál no y o pero el la los las un una del de para con por en hola gracias hacer"
    " hay se lo le quiero necesito",
    "it": "io tu lui lei noi mio mia miei il lo la gli le un una dei delle della del di da è sono ho hai posso può"
    " potete come dove quando perché quale quanto non e o ma per con su che ciao grazie fare questo questa vorrei",
    "pt": "eu você ele ela nós meu minha meus o a os as um uma do da dos das de em no na para com por é são está"
    " estou tenho posso pode como onde quando porque qual quanto não e ou mas que olá obrigado obrigada fazer quero",
    "nl": "ik jij hij zij wij mijn jouw uw het een de en of maar is zijn ben heb hebben heeft kan kunnen hoe waar"
    " wanneer waarom welke niet geen voor met op van naar bij over hallo bedankt dank graag wordt moet wil ook nog",
    "pl": "ja ty on ona mój moja moje jest są jestem mam masz może mogę jak gdzie kiedy dlaczego który nie i lub ale"
    " dla z na w do od po przez czy się to proszę dziękuję cześć chcę",
    "sv": "jag du han hon vi ni min mitt mina är har kan hur var när varför vilken inte och eller men en ett den det"
    " för med på av till från om hej tack vill måste ska också",
    "da": "jeg du han hun vi min mit mine er har kan hvordan hvor hvornår hvorfor hvilken ikke og eller men en et den"
    " det for med på af til fra om hej tak vil skal også",
    "tr": "ben sen biz benim var yok nasıl nerede ne zaman neden hangi değil ve veya ama bir bu için ile mi mı mu mü"
    " merhaba teşekkürler istiyorum",
    "cs": "já ty on ona můj moje je jsou jsem mám může můžu jak kde kdy proč který ne a nebo ale pro s na v do od po"
    " se to prosím děkuji chci",
}  # fmt: skip
_ENGLISH = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "my",
        "your",
        "our",
        "their",
        "is",
        "are",
        "am",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "done",
        "have",
        "has",
        "had",
        "can",
        "could",
        "will",
        "would",
        "should",
        "how",
        "what",
        "when",
        "where",
        "why",
        "which",
        "who",
        "not",
        "dont",
        "cant",
        "isnt",
        "doesnt",
        "and",
        "or",
        "but",
        "for",
        "with",
        "on",
        "in",
        "at",
        "of",
        "to",
        "from",
        "by",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "me",
        "us",
        "them",
        "if",
        "so",
        "then",
        "as",
        "about",
        "after",
        "before",
        "without",
        "into",
        "out",
        "up",
        "get",
        "got",
        "want",
        "need",
        "help",
        "please",
        "thanks",
        "hello",
        "hi",
        "yes",
        "ok",
        "im",
        "ive",
        "its",
        "no",
        "any",
        "some",
        "more",
        "new",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A guess of langdetect counts from here on.
_SURE = 0.85
_LEAST_LETTERS = 2


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a language other than English that the message is clearly in; None
    for English and for everything that is not clear."""
    for code, script in _SCRIPTS:
        letters = [char for char in text if char.isalpha()]
        found = len(script.findall(text))
        if found >= _LEAST_LETTERS and found >= 0.4 * len(letters):
            return code
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    english = sum(word.replace("'", "") in _ENGLISH for word in words)
    best = max(_LITTLE, key=lambda code: _little(words, code))
    found = _little(words, best)
    if found < 2 or found <= 2 * english:
        return None
    return best if _agrees(text, best, found, len(words)) else None


def _little(words: list[str], code: str) -> int:
    return sum(word in _words_of(code) for word in words)


@cache
def _words_of(code: str) -> frozenset[str]:
    """Those that English has too say nothing."""
    return frozenset(_LITTLE[code].split()) - _ENGLISH


def _agrees(text: str, code: str, found: int, words: int) -> bool:
    """Whether the statistical guess is the same, or takes it for another language than English
    where half of the words are little words of this one."""
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    try:
        guesses = detect_langs(text)
    except LangDetectException:
        return False
    first = guesses[0]
    if first.lang == code and first.prob >= _SURE:
        return True
    return first.lang != "en" and 2 * found >= words
