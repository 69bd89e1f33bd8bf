"""The articles that answers cite, as JSON and as pages."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from api.pages.templates import render
from api.problems import described
from api.rendering import groups
from api.schemas import ArticleOut
from api.stores import Opened, Stores
from kb.types import Article

Position = Annotated[int, Query(ge=0, le=1_000_000_000)]

router = APIRouter(tags=["articles"])


@router.get("/v1/articles/{article:path}", responses=described(404, 503))
async def article_text(article: str, stores: Opened) -> ArticleOut:
    """An article of the live release by its path or id, if customers may read it."""
    return ArticleOut.of(await _readable(article, stores))


@router.get("/articles/{article:path}", response_class=HTMLResponse, include_in_schema=False)
async def article_page(
    article: str, request: Request, stores: Opened, start: Position = 0, end: Position = 0
) -> HTMLResponse:
    """The article's text with the words from `start` to `end` marked."""
    found = await _readable(article, stores)
    published = found.url if (found.url or "").startswith(("https://", "http://")) else None
    return render(
        request,
        "article.html",
        center=stores.settings.center.name,
        article=found,
        published=published,
        groups=groups(found, start, end),
        quoted=end > start,
    )


async def _readable(name: str, stores: Stores) -> Article:
    agent = await stores.live.agent()
    found = await to_thread.run_sync(agent.article, name)
    audience = set(stores.settings.agent.audience)
    if found is None or (found.audience and not audience.intersection(found.audience)):
        raise HTTPException(404, f"there is no article {name}")
    return found
