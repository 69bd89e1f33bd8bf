"""The app by its import string: `uvicorn --factory api.server:app`."""

from fastapi import FastAPI

from api.app import create_app
from kb.configuration import load


def app() -> FastAPI:
    """The app on the settings of `wellkept.toml` and the environment. Raises `ConfigError`."""
    return create_app(load())
