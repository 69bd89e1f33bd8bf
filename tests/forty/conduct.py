"""Changes for the worse to what the agent may do, and to a release behind the gate's back."""

from sqlalchemy import text as sql

from kb.build import Workspace
from kb.types import Release
from tests.forty.change import Change, Way
from tests.forty.steps import Meanwhile
from tests.forty.world import World

_PROCEDURES = "procedures"


def _step(procedure: str, begins: str, cases: str) -> Way:
    """A step taken out, and those after it numbered anew."""

    def make(world: World) -> None:
        world.rewrite(f"{_PROCEDURES}/{procedure}.md", lambda text: _without(text, begins))

    return Way(f"{procedure}.md lacks '{begins} …'", make, says=(cases,))


def _without(text: str, begins: str) -> str:
    lines = text.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.partition(". ")[2].startswith(begins))
    number = int(lines[at].partition(".")[0])
    end = at + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    rest = []
    for line in lines[end:]:
        head, dot, tail = line.partition(". ")
        later = bool(dot) and head.isdigit() and int(head) > number
        rest.append(f"{int(head) - 1}. {tail}" if later else line)
    kept = "".join([*lines[:at], *rest])
    for following in range(number + 1, number + len(lines)):
        kept = kept.replace(f"go to step {following}.", f"go to step {following - 1}.")
    return kept


def _edited(told: str, name: str, *changes: tuple[str, str], says: str) -> Way:
    return Way(f"{name}: {told}", lambda world: world.edit(name, *changes), says=(says,))


def _both(told: str, says: str) -> Way:
    def make(world: World) -> None:
        world.edit(f"{_PROCEDURES}/refund.md", ("limits:\n  quote.amount: 150\n", ""))
        world.edit("actions.toml", ("most = 150", "most = 15000"))

    return Way(told, make, says=(says,))


STEP_REMOVED = Change(
    "13",
    "a procedure step removed",
    (
        _step("refund", "If the order was delivered more than 30 days ago", "refund"),
        _step("order-cancellation", "If security.email_changed_recently", "order-cancellation"),
        _step("order-status", "If parcel.late is true", "order-status"),
        _step("refund", "Confirm with the customer", "refund"),
    ),
    refused=True,
    cases=False,
)
LIMIT_LIFTED = Change(
    "14",
    "an action limit lifted",
    (
        _both("no refund is too high for the agent (procedure and action)", "refund"),
        _edited(
            "the procedure refunds any amount", f"{_PROCEDURES}/refund.md",
            ("limits:\n  quote.amount: 150\n", ""), says="refund",
        ),
        _edited(
            "the action refunds up to 15,000", "actions.toml",
            ("most = 150", "most = 15000"), says="issue_refund",
        ),
        _edited(
            "200 refunds a day", "actions.toml",
            ("per_customer_per_day = 2 }", "per_customer_per_day = 200 }"), says="issue_refund",
        ),
    ),
    refused=True,
    cases=False,
)  # fmt: skip


def _rows(statement: str, **values: str) -> Meanwhile:
    def edit(work: Workspace, built: Release) -> None:
        with work.database.write("forty") as session:
            session.execute(sql(statement), {"release": built.id, **values})

    return edit


def _index(work: Workspace, built: Release) -> None:
    index = work.backend.open(built.id)
    ids = sorted(index.ids())[:5]
    index.close()
    target = work.backend.create(built.id, work.encoder.dimension)
    target.delete(ids)
    target.close()


# What takes place between the evaluation and the promotion, by the way's own words.
MEANWHILE: dict[str, Meanwhile] = {
    "an article taken out of it": _rows(
        "DELETE FROM release_article WHERE release_id = :release AND article_id LIKE :path",
        path="%batteries.md",
    ),
    "the text of a procedure rewritten": _rows(
        "UPDATE asset_version SET text = replace(text, 'quote.amount: 150', 'quote.amount: 9999') "
        "WHERE name = 'refund' AND version IN (SELECT version FROM release_asset "
        "WHERE release_id = :release AND name = 'refund')"
    ),
    "passages taken out of its index": _index,
    "its fingerprint rewritten": _rows(
        "UPDATE release SET fingerprint = 'another' WHERE id = :release"
    ),
}


def _changed(world: World) -> None:
    """Something harmless, so that there is a release to be edited."""
    world.edit("articles/sensors/batteries.md", ("No metal tools, please.", "No metal, please."))


EDITED = Change(
    "20",
    "a release edited after evaluation",
    tuple(Way(told, _changed) for told in MEANWHILE),
    refused=True,
    cases=False,
)
