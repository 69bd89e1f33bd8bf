"""Which team gets a case."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from agent.types import Citation
from kb.settings import HandoverSettings


def team_of(
    settings: HandoverSettings,
    rule: str,
    procedure: str = "",
    evidence: Sequence[Citation] = (),
    named: str = "",
) -> str:
    """The team that a rule of the operator's or a step names; else the route of the rule, then of
    the procedure, then the first route whose pattern fits the path of the nearest article; else
    the default team."""
    routes = settings.routes
    direct = named or routes.get(rule) or (routes.get(procedure) if procedure else None)
    if direct:
        return direct
    for citation in evidence:
        for pattern, team in routes.items():
            if fnmatchcase(citation.path, pattern):
                return team
    return settings.default_team
