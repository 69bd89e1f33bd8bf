"""An evaluation for people and other tools to read."""

from enum import StrEnum


class Format(StrEnum):
    """What an evaluation is written as."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    MARKDOWN = "markdown"
