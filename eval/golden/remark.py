"""Something to tell about a case of a golden set."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a case. `rule` is a stable name; an `error` makes the set's scores wrong.
    `path` is the article that it is about, if it is about one."""

    case_id: str
    rule: str
    message: str
    error: bool = False
    path: str = field(default="", compare=False)
