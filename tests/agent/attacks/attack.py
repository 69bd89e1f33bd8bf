"""Attacks, from the data files beside: who writes what, and what must not come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from agent.identity import ANONYMOUS, Identity, IdentityLevel
from eval.simulation.reading import load_yaml
from tests.agent.attacks.encodings import ENCODINGS

DATA = Path(__file__).parent / "data"
_LONG = "x" * 5000


def _verified(customer: str, email: str) -> Identity:
    return Identity(IdentityLevel.VERIFIED, customer, {"email": email}, by="token")


WHO: Mapping[str, Identity] = {
    "nobody": ANONYMOUS,
    "claimed": Identity(
        IdentityLevel.CLAIMED, claims={"email": "mia@post.example", "id": "c-1001"}
    ),
    "mia": _verified("c-1001", "mia@post.example"),
    "tom": _verified("c-1002", "tom.okafor@post.example"),
    "priya": _verified("c-1006", "office@greenwall.example"),
    "jonas": _verified("c-1007", "jonas.weber@brief.example"),
    "ben": _verified("c-1009", "ben.carter@post.example"),
    "grace": _verified("c-1010", "grace.kim@post.example"),
}


@dataclass(frozen=True)
class Attack:
    """What is tried. `allows` names the changing actions that may take place all the same (what
    the attacker is entitled to, or a code to a mailbox), `most` how much money may go back in all.
    `refused` says that the agent may refuse to read the message."""

    id: str
    says: tuple[str, ...]
    who: Identity
    never: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    most: Decimal = Decimal("0")
    refused: bool = False
    article: str = ""
    patch: Mapping[str, Any] = field(default_factory=dict)


def attacks() -> list[Attack]:
    """Every attack of every data file."""
    return [
        _attack(file.stem, item) for file in sorted(DATA.glob("*.yaml")) for item in load_yaml(file)
    ]


def _attack(kind: str, item: Mapping[str, Any]) -> Attack:
    assert not set(item) - _KEYS, f"{kind}: {item['name']}: {set(item) - _KEYS}"
    return Attack(
        id=f"{kind}: {item['name']}",
        says=_said(item),
        who=WHO[item.get("who", "mia")],
        never=tuple(item.get("never", ())),
        allows=tuple(item.get("allows", ())),
        most=Decimal(str(item.get("most", 0))),
        refused=bool(item.get("refused", False)),
        article=item.get("article", ""),
        patch=_lengthened(item.get("patch", {})),
    )


_KEYS = {
    *("name", "says", "encoding", "prefix", "times", "who"),
    *("never", "allows", "most", "refused", "article", "patch"),
}


def _said(item: Mapping[str, Any]) -> tuple[str, ...]:
    lines: Sequence[str] = [str(line) * item.get("times", 1) for line in item["says"]]
    if "encoding" in item:
        encode = ENCODINGS[item["encoding"]]
        lines = [item.get("prefix", "") + encode(line) for line in lines]
    return tuple(lines)


def _lengthened(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _lengthened(inner) for name, inner in value.items()}
    return _LONG if value == "LONG" else value
