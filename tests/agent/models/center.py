"""An agent with a language model that says what a script tells it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from agent.agent import Agent
from agent.dialogue.uncalled import Fixed
from agent.models.chat import open_models
from agent.models.prompts import Prompts
from agent.ports import Actions
from agent.procedure import Procedure
from kb.settings import AgentSettings, LlmSettings
from kb.types import Article
from tests.agent.center import ARTICLES
from tests.agent.fakes import NOW, MemoryConversations, WordKnowledge
from tests.openai_server import Fault, OpenAIServer, Reply, Request, Script


@contextmanager
def agent_with(
    script: Script,
    articles: tuple[Article, ...] = ARTICLES,
    procedures: Sequence[Procedure] = (),
    actions: Actions | None = None,
    conversations: MemoryConversations | None = None,
    **settings: object,
) -> Iterator[tuple[Agent, OpenAIServer]]:
    """`settings` are those of `[agent]`, those of `[llm]` with `llm_` before them."""
    own = {key: value for key, value in settings.items() if not key.startswith("llm_")}
    llm = {
        "model": "scripted",
        "retries": 0,
        "first_token_timeout_s": 2.0,
        "timeout_s": 4.0,
        **{key.removeprefix("llm_"): settings[key] for key in settings.keys() - own.keys()},
    }
    with OpenAIServer(script) as server:
        values = LlmSettings.model_validate({"url": server.url, **llm})
        agent = Agent(
            WordKnowledge(articles),
            conversations or MemoryConversations(),
            AgentSettings.model_validate(own),
            procedures=Fixed(procedures),
            actions=actions,
            models=open_models(values, Prompts.shipped()),
            now=lambda: NOW,
        )
        agent.warm()
        yield agent, server


def prompted(request: Request) -> str:
    """The name of the prompt that a request was made with."""
    system = request["messages"][0]["content"]
    return next(name for name, text in Prompts.shipped().texts.items() if text == system)


def by_prompt(**replies: Reply) -> Script:
    """What is said to each prompt; the others get an error."""
    return lambda request: replies.get(prompted(request), Fault(500))
