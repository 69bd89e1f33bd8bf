"""The chat page and its files."""

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from starlette.exceptions import HTTPException

from api.pages.templates import FOLDER, render
from api.stores import Opened

_SERVED = frozenset({".css", ".js", ".svg"})

router = APIRouter(include_in_schema=False)


@router.get("/")
async def chat_page(request: Request, stores: Opened) -> HTMLResponse:
    settings = stores.settings
    return render(
        request,
        "chat.html",
        center=settings.center.name,
        longest=settings.agent.max_message_chars,
        sign_in=stores.verify is not None,
    )


@router.get("/static/{name}")
async def static_file(name: str) -> FileResponse:
    path = FOLDER / name
    if path.suffix not in _SERVED or path.parent != FOLDER or not path.is_file():
        raise HTTPException(404, f"there is no file {name}")
    return FileResponse(path, headers={"Cache-Control": "no-cache"})
