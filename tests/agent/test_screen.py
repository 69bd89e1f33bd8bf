"""What goes to a person unread, what is small talk, and what is a question."""

import pytest

from agent.handover.rules import Rulebook
from agent.privacy import redact
from agent.screening.smalltalk import SmallTalk, small_talk
from agent.types import HandoffReason
from kb.settings import HandoverSettings

PERSON = """
talk to a human
agent please
I want a real person
can I speak to someone
let me speak to a manager please
HUMAN
connect me with an agent
I'd like to talk to someone from support
is there a real person there?
I don't want to talk to a bot
how can I talk to a real person?
please have someone call me
transfer me to support
can i chat with a live agent?
I need a human to look at this
get me your supervisor
could you put me through to customer service?
Representative!
please escalate this
"""
ACCOUNT = """
where is my order 12345
refund me
why was I charged twice
change my address on order 88211
cancel my subscription for me
unlock my account
Please cancel my subscription
my package never arrived
Can you delete my account?
I was charged twice this month
What's the status of my order?
I want a refund
could you please check my last invoice
can you change the email on my account
I need you to reset my two-factor authentication
You charged me $49 but I cancelled
Why is my account suspended?
What is my current balance?
Order #48213 hasn't shipped yet
can you tell me which plan I'm on?
Could you upgrade my account to Pro
how much do I still owe?
"""
HARM = """
I want to kill myself
I'll kill you all
My lawyer will contact you
I'm going to sue you
"""
QUESTIONS = """
how do I contact support by phone?
can I add a person to my team?
how do I cancel my subscription?
How do I change my billing address?
How can I get a refund?
What happens if my order arrives damaged?
Can I track my order?
how many agents can I have on the Pro plan?
What is an agent?
How do I kill a process?
cancel my subscription
How do I let customers talk to an agent?
Can customers chat with my team?
When will I be charged?
how do I unlock my account?
How long does a refund take?
Can you import data from another tool?
Can you help me cancel my subscription?
Do you offer phone support?
How do I transfer ownership to another person?
reset my password
My card was declined
How do I assign a conversation to a human agent after the bot?
is there a limit of people per account?
I never received the confirmation email
please tell me how to change my email
My order arrived damaged, what should I do?
How do I check my order status?
hello, how do I cancel?
thanks but it doesn't work
"""


RULES = Rulebook(HandoverSettings())


def reason(text: str) -> HandoffReason | None:
    """Why the message goes to a person."""
    found = RULES.before(text, ()) or RULES.after(text)
    return found.reason if found else None


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(PERSON))
def test_a_wish_for_a_person_is_heard_in_any_words(text: str) -> None:
    assert reason(text) is HandoffReason.ASKED_FOR_PERSON


@pytest.mark.parametrize("text", lines(ACCOUNT))
def test_what_needs_the_account_goes_to_a_person(text: str) -> None:
    assert reason(text) in (HandoffReason.ACCOUNT_ACCESS, HandoffReason.PAYMENT_DISPUTE)


@pytest.mark.parametrize("text", lines(HARM))
def test_harm_and_threats_go_to_a_person(text: str) -> None:
    assert reason(text) in (HandoffReason.SAFETY, HandoffReason.THREAT, HandoffReason.LEGAL)


@pytest.mark.parametrize("text", lines(QUESTIONS))
def test_a_question_is_left_to_the_articles(text: str) -> None:
    assert (reason(text), small_talk(text)) == (None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", SmallTalk.GREETING),
        ("Hello there!", SmallTalk.GREETING),
        ("Hi, how are you?", SmallTalk.GREETING),
        ("thanks!", SmallTalk.THANKS),
        ("ok thank you so much", SmallTalk.THANKS),
        ("great, thanks for your help", SmallTalk.THANKS),
        ("that worked, thanks", SmallTalk.THANKS),
        ("bye", SmallTalk.FAREWELL),
        ("?!", None),
    ],
)
def test_small_talk_is_told_from_questions(text: str, kind: SmallTalk | None) -> None:
    assert small_talk(text) is kind


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("write to jo.doe+x@mail.example.org now", "write to [email] now"),
        ("card 4111 1111 1111 1111", "card [card number]"),
        ("call +49 (0) 30 123456-7", "call [number]"),
        ("my password is hunter2", "my password is [secret]"),
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN [account number]"),
        ("I have 30 days and 12,500 views in 2026", "I have 30 days and 12,500 views in 2026"),
    ],
)
def test_personal_data_is_named_instead_of_shown(text: str, shown: str) -> None:
    assert redact(text) == shown
