"""What is said in a language that no article is in: which languages there are."""
# ruff: noqa: E501  a sentence is easier to read on one line

from collections.abc import Collection

# By ISO 639-1 code: what to say with {languages}, and how English is called there.
_SAID = {
    "ar": ("يمكنني حاليًا الإجابة فقط بـ: {languages}. هل يمكنك الكتابة بها، أم أصلك بأحد موظفينا؟", "الإنجليزية"),
    "cs": ("Zatím umím odpovídat jen v těchto jazycích: {languages}. Napíšete mi tak, nebo vás mám předat člověku?", "angličtina"),
    "da": ("Jeg kan indtil videre kun svare på: {languages}. Vil du skrive på det, eller skal jeg finde en medarbejder?", "engelsk"),
    "de": ("Ich kann hier nur auf {languages} antworten. Magst du so schreiben, oder soll ich einen Menschen holen?", "Englisch"),
    "el": ("Προς το παρόν μπορώ να απαντήσω μόνο στα: {languages}. Θέλετε να γράψετε έτσι ή να σας συνδέσω με άνθρωπο;", "αγγλικά"),
    "es": ("Por ahora solo puedo responder en: {languages}. ¿Puedes escribir así, o te paso con una persona?", "inglés"),
    "fr": ("Pour l'instant, je ne peux répondre qu'en : {languages}. Voulez-vous écrire ainsi, ou dois-je vous passer une personne ?", "anglais"),
    "he": ("כרגע אני יכול לענות רק ב: {languages}. אפשר לכתוב כך, או שאעביר אותך לנציג אנושי?", "אנגלית"),
    "hi": ("अभी मैं केवल इन भाषाओं में उत्तर दे सकता हूँ: {languages}। क्या आप इसमें लिखेंगे, या मैं किसी व्यक्ति से जोड़ दूँ?", "अंग्रेज़ी"),
    "it": ("Per ora posso rispondere solo in: {languages}. Vuoi scrivere così, o ti passo una persona?", "inglese"),
    "ja": ("現在お答えできる言語は次のとおりです：{languages}。この言語で書いていただけますか。それとも担当者におつなぎしましょうか。", "英語"),
    "ko": ("지금은 다음 언어로만 답변할 수 있습니다: {languages}. 이 언어로 써 주시겠어요, 아니면 상담원에게 연결해 드릴까요?", "영어"),
    "nl": ("Ik kan voorlopig alleen antwoorden in: {languages}. Wil je zo schrijven, of zal ik er een medewerker bij halen?", "Engels"),
    "pl": ("Na razie mogę odpowiadać tylko w językach: {languages}. Czy napiszesz w ten sposób, czy połączyć z człowiekiem?", "angielski"),
    "pt": ("Por enquanto só consigo responder em: {languages}. Pode escrever assim, ou prefere falar com uma pessoa?", "inglês"),
    "ru": ("Пока я могу отвечать только на этих языках: {languages}. Напишете так или соединить вас с человеком?", "английский"),
    "sv": ("Än så länge kan jag bara svara på: {languages}. Vill du skriva så, eller ska jag hämta en människa?", "engelska"),
    "th": ("ตอนนี้ฉันตอบได้เฉพาะภาษา: {languages} คุณจะเขียนเป็นภาษานี้ หรือให้ฉันส่งต่อให้เจ้าหน้าที่?", "อังกฤษ"),
    "tr": ("Şimdilik yalnızca şu dillerde yanıt verebiliyorum: {languages}. Böyle yazar mısınız, yoksa bir kişiye bağlayayım mı?", "İngilizce"),
    "uk": ("Поки що я можу відповідати лише цими мовами: {languages}. Напишете так чи з'єднати вас з людиною?", "англійська"),
    "zh": ("目前我只能用以下语言回答：{languages}。您可以用这种语言写吗？还是为您转接人工？", "英语"),
}  # fmt: skip
_IN_ENGLISH = "I can answer in {languages} only. Could you write in that, or shall I get a person?"
_NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nb": "Norwegian",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def base(locale: str) -> str:
    """`pt` of `pt-BR`."""
    return locale.replace("_", "-").split("-", maxsplit=1)[0].lower()


def matching(wanted: str, locales: Collection[str]) -> str | None:
    """The locale of the articles that suits a wanted one: the same, else the first by name of the
    same language."""
    if wanted in locales:
        return wanted
    return next((own for own in sorted(locales) if base(own) == base(wanted)), None)


def languages_there_are(code: str, locales: Collection[str]) -> str:
    """Says in a customer's language, where it is among the most common ones, and in English which
    languages the articles are in."""
    own = sorted({base(locale) for locale in locales})
    names = [_NAMES.get(language, language) for language in own]
    english = _IN_ENGLISH.format(languages=" or ".join(names))
    if code not in _SAID:
        return english
    said, called = _SAID[code]
    theirs = [
        called if language == "en" else name for language, name in zip(own, names, strict=True)
    ]
    return f"{said.format(languages=', '.join(theirs))}\n\n{english}"
