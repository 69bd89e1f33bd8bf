"""One message to one reply: the stages of a turn in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from agent.answers.calibration import Calibration
from agent.answers.choices import Pick, headings, picked
from agent.answers.compose import compose
from agent.answers.decide import Choice, ask
from agent.answers.followup import continued, did_not_help
from agent.answers.inquiry import SEARCHED, Found, Inquiry, narrowed
from agent.answers.languages import base, languages_there_are, matching
from agent.answers.questions import Asked, split_questions
from agent.answers.reply import Reply, joined
from agent.answers.rewriting import rewritten
from agent.answers.vocabulary import Vocabulary
from agent.answers.wording import clarifying
from agent.answers.write import cite
from agent.models.assistance import Assistance
from agent.ports import KnowledgeBase
from agent.replies import HANDOFF, SMALL_TALK
from agent.screening.language import language_of
from agent.screening.smalltalk import small_talk
from agent.state import State
from agent.stopwatch import Stopwatch
from agent.types import Citation, Decision, HandoffReason, Turn
from kb.settings import AgentSettings
from kb.types import Hit

__all__ = ["SEARCHED", "Reply", "Responder"]

HANDED_OVER_EVIDENCE = 3
Say = Callable[[str], None]
_NEW = State()


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for all questions of one message."""

    locale: str | None
    watch: Stopwatch
    assistance: Assistance | None = None
    say: Say | None = None
    language: str = ""
    unsure: int = 0


class Responder:
    """Replies from one release. Holds nothing of a conversation. `paths` leads from the path of
    an article to its id."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        settings: AgentSettings,
        calibration: Calibration | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._settings = settings
        articles = knowledge.articles()
        languages = Counter(base(article.locale) for article in articles)
        self._locales = {article.locale for article in articles}
        self._language = max(languages, key=lambda code: languages[code], default="en")
        self.paths = {article.path: article.id for article in articles}
        self.inquiry = Inquiry(
            knowledge,
            vocabulary or Vocabulary.of(articles),
            calibration or Calibration.shipped(settings),
            settings.audience,
        )

    def reply(
        self,
        text: str,
        earlier: Sequence[Turn],
        locale: str | None,
        watch: Stopwatch,
        state: State = _NEW,
        assistance: Assistance | None = None,
        say: Say | None = None,
        due: HandoffReason | None = None,
    ) -> Reply:
        """The reply to a message after these turns. With a model, follow-ups are rewritten and
        answers come in the customer's language; `say` gets an answer's pieces as they pass. `due`:
        a rule wants it handed over for this, with the articles that come near."""
        with watch.stage("screen"):
            kind = small_talk(text)
            language = language_of(text) or ""
        if kind:
            return Reply(Decision.ANSWER, SMALL_TALK[kind], 1.0, f"small talk: {kind}")
        own = matching(language, self._locales) if language else None
        setting = _Setting(
            own or (matching(locale, self._locales) if locale else None),
            watch,
            assistance,
            say,
            "" if own else language,
            state.unsure,
        )
        if setting.language and assistance is None:
            return self._in_another_language(setting)
        if state.options or state.unsure:
            chosen = picked(text, state.options)
            if chosen is not None:
                return self._chosen(chosen, earlier, setting)
        if due:
            found = self.inquiry.find(text, setting.locale, watch)
            return self._handed_over(due, 1.0, f"rule: {due}", found.hits)
        return self._answered(text, earlier, setting)

    def _in_another_language(self, setting: _Setting) -> Reply:
        """No article is in the customer's language, and no model is there to translate."""
        text = languages_there_are(setting.language, self._locales)
        choice = ask(
            0.0, f"the message is in another language ({setting.language})", (), setting.unsure
        )
        if choice.handoff:
            return self._handed_over(choice.handoff, 0.0, choice.reason, ())
        return Reply(Decision.CLARIFY, text, 0.0, choice.reason, unsure=choice.unsure)

    def _chosen(self, chosen: str | Pick, earlier: Sequence[Turn], setting: _Setting) -> Reply:
        """After a clarifying question that was answered."""
        root = continued("", earlier) or ""
        if chosen is Pick.PERSON or chosen is Pick.NONE:
            wanted = chosen is Pick.PERSON
            reason = HandoffReason.ASKED_FOR_PERSON if wanted else HandoffReason.LOW_CONFIDENCE
            why = "a person was offered and is wanted" if wanted else "none of the choices fits"
            found = self.inquiry.find(root, setting.locale, setting.watch)
            return self._handed_over(reason, 0.0, why, found.hits)
        found = self.inquiry.find(f"{root} {chosen}", setting.locale, setting.watch)
        found = replace(found, evidence=narrowed(found.evidence, chosen))
        choice = self.inquiry.decide(found, setting.unsure, picked=True)
        return self._carried_out(choice, found, setting)

    def _answered(self, text: str, earlier: Sequence[Turn], setting: _Setting) -> Reply:
        """Each question of the message by itself; where none of several can be answered the
        message may have been one question after all."""
        questions = split_questions(text)
        if len(questions) == 1:
            return self._one(questions[0], earlier, setting)
        apart = replace(setting, say=None)
        replies = [
            self._one(asked, earlier if not n else (), apart) for n, asked in enumerate(questions)
        ]
        if any(reply.decision is Decision.ANSWER for reply in replies):
            return joined([asked.text for asked in questions], replies)
        return self._one(Asked(text, text), earlier, setting)

    def _one(self, asked: Asked, earlier: Sequence[Turn], setting: _Setting) -> Reply:
        found = self._found(asked.whole, earlier, setting)
        reply = self._carried_out(self.inquiry.decide(found, setting.unsure), found, setting)
        return self._unrepeated(reply, asked, earlier, found, setting)

    def _unrepeated(
        self, reply: Reply, asked: Asked, earlier: Sequence[Turn], found: Found, setting: _Setting
    ) -> Reply:
        """The reply, unless what was just said did not help."""
        last = earlier[-1] if earlier else None
        if not last or not last.citations or not reply.citations:
            return reply
        if not did_not_help(asked.text):
            return reply
        cited = {citation.article_id for citation in reply.citations}
        rest = [item for item in found.evidence.candidates if item.article.id not in cited]
        why = "the same answer again would not help"
        choice = ask(reply.confidence, why, headings(rest), setting.unsure)
        return self._carried_out(choice, found, setting)

    def _found(self, text: str, earlier: Sequence[Turn], setting: _Setting) -> Found:
        """What there is on a question after these turns; a model, where there is one, says what
        it means."""
        if setting.assistance and (earlier or setting.language):
            own = self._language if setting.language else ""
            meant = rewritten(text, earlier, setting.assistance, own)
            if meant is not None:
                return self.inquiry.find(meant, setting.locale, setting.watch)
        whole = continued(text, earlier)
        if whole is None:
            return self.inquiry.find(text, setting.locale, setting.watch)
        return self.inquiry.find_continued(text, whole, setting.locale, setting.watch)

    def _carried_out(self, choice: Choice, found: Found, setting: _Setting) -> Reply:
        retrieved = tuple(dict.fromkeys(hit.passage.path for hit in found.hits))
        if choice.decision is Decision.CLARIFY:
            return Reply(
                choice.decision,
                clarifying(choice.options, unsure=bool(choice.unsure)),
                choice.confidence,
                choice.reason,
                retrieved=retrieved,
                unsure=choice.unsure,
                options=choice.options,
            )
        if choice.handoff:
            return self._handed_over(choice.handoff, choice.confidence, choice.reason, found.hits)
        with setting.watch.stage("write"):
            draft = compose(
                self.inquiry.weigh_sentences(found.evidence),
                self._knowledge,
                self._settings,
                setting.assistance,
                setting.say,
                setting.language,
            )
        if draft.handoff:
            handed = self._handed_over(draft.handoff, choice.confidence, draft.why, found.hits)
            return replace(handed, struck=draft.struck)
        return Reply(
            Decision.ANSWER,
            draft.text,
            choice.confidence,
            choice.reason,
            draft.citations,
            retrieved=retrieved,
            struck=draft.struck,
            writer=draft.writer,
        )

    def _handed_over(
        self, reason: HandoffReason, confidence: float, why: str, hits: Sequence[Hit]
    ) -> Reply:
        return Reply(
            Decision.HANDOFF,
            HANDOFF[reason],
            confidence,
            why,
            handoff=reason,
            retrieved=tuple(dict.fromkeys(hit.passage.path for hit in hits)),
            evidence=tuple(self._nearest(hits)),
        )

    def _nearest(self, hits: Sequence[Hit]) -> Iterable[Citation]:
        for hit in hits[:HANDED_OVER_EVIDENCE]:
            article = self._knowledge.article(hit.passage.article_id)
            if article:
                heading = " > ".join(hit.passage.heading_path)
                yield cite(article, hit.passage.start, hit.passage.end, heading)
