"""Changes for the worse to articles and to the golden set."""

from tests.forty.change import Change, Way
from tests.forty.world import World


def _deleted(*paths: str) -> Way:
    def make(world: World) -> None:
        for path in paths:
            (world.center / "articles" / path).unlink()

    return Way(f"{', '.join(paths)} deleted", make, about=paths)


def _said(path: str, *changes: tuple[str, str]) -> Way:
    def make(world: World) -> None:
        world.edit(f"articles/{path}", *changes)

    old, new = changes[0]
    return Way(f"{path}: '{old}' became '{new}'", make, about=(path,))


def _added(path: str, text: str, *others: str) -> Way:
    def make(world: World) -> None:
        world.rewrite(f"articles/{path}", lambda said: f"{said.rstrip()}\n\n{text}\n")

    return Way(f"{path} also says: {text.splitlines()[-1]}", make, about=(path, *others))


def _emptied(text: str) -> Way:
    told = "golden.jsonl holds nothing" if not text.strip() else "golden.jsonl holds three cases"

    def make(world: World) -> None:
        lines = world.read("golden.jsonl").splitlines(keepends=True)
        world.write("golden.jsonl", "".join(lines[:3]) if text else "")

    return Way(told, make, says=("empty", "few"))


ARTICLE_DELETED = Change(
    "1",
    "an article deleted",
    (
        _deleted("sensors/batteries.md"),
        _deleted("plans-and-billing/cancel-or-pause.md"),
        _deleted("troubleshooting/hub-lights.md"),
        _deleted("account-and-security/locked-out.md"),
        _deleted("app/vacation-mode.md", "plans-and-billing/free-trial.md"),
    ),
    refused=True,
)
WRONG_NUMBER = Change(
    "2",
    "a wrong number in an article",
    (
        _said("account-and-security/locked-out.md", ("for 30 minutes", "for 90 minutes")),
        _said("sensors/batteries.md", ("up to 6 months per charge", "up to 3 months per charge")),
        _said("plans-and-billing/yearly-plans.md", ("within 14 days of", "within 40 days of")),
        _said("plans-and-billing/free-trial.md", ("Plus for 14 days", "Plus for 41 days")),
        _said("shipping/delivery-times.md", ("European Union | 4–7", "European Union | 14–17")),
        _said("teams/inviting-members.md", ("seven days", "seventeen days")),
    ),
    refused=True,
)
CONTRADICTION = Change(
    "3",
    "a contradiction introduced",
    (
        _added(
            "account-and-security/reset-your-password.md",
            "After five wrong passwords in a row the sign-in is locked for 2 hours.",
            "account-and-security/locked-out.md",
        ),
        _added(
            "app/watering-reminders.md",
            "Vacation mode can be on for at most 30 days.",
            "app/vacation-mode.md",
        ),
        _added(
            "plans-and-billing/plans-compared.md",
            "You can try Plus for 30 days.",
            "plans-and-billing/free-trial.md",
        ),
    ),
    refused=True,
)
GOLDEN_EMPTIED = Change(
    "19", "a golden set emptied", (_emptied(""), _emptied("three")), refused=True, cases=False
)
