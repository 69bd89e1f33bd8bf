"""`openapi.json`, which actions are read from."""

import json
from pathlib import Path

from larkspur.app import create_app
from larkspur.storage import Storage

PATH = Path(__file__).parents[1] / "openapi.json"


def document() -> str:
    """The document as the running shop serves it, as text with a line end."""
    storage = Storage()
    try:
        return json.dumps(create_app(storage, "").openapi(), indent=2, ensure_ascii=False) + "\n"
    finally:
        storage.close()


def write() -> None:
    PATH.write_text(document(), encoding="utf-8")
