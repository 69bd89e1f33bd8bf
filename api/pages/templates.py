"""Pages from templates; everything put into them is escaped."""

from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent


def render(request: Request, name: str, **values: object) -> HTMLResponse:
    """The page in the reader's own server's paths."""
    root = request.scope.get("root_path", "")
    return HTMLResponse(_environment().get_template(name).render(root=root, **values))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
