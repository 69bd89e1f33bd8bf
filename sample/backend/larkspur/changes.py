"""What was changed, kept so that it can be found again by its key."""

from datetime import date

from larkspur.refusals import Missing
from larkspur.storage import Storage
from larkspur.wire import Change


def record(
    storage: Storage,
    customer_id: str,
    kind: str,
    subject: str,
    note: str,
    key: str,
    until: date | None = None,
) -> Change:
    row = storage.add(
        "changes",
        {
            "id": f"C-{storage.number('changes')}",
            "customer_id": customer_id,
            "kind": kind,
            "subject": subject,
            "status": "done",
            "until": until.isoformat() if until else None,
            "note": note,
            "created_at": storage.now().isoformat(),
            "key": key,
        },
    )
    return _view(row)


def find_change(storage: Storage, customer_id: str, key: str) -> Change:
    for row in storage.find("changes", customer_id=customer_id, key=key):
        return _view(row)
    raise Missing("change")


def _view(row: dict[str, object]) -> Change:
    return Change(**{name: row[name] for name in Change.model_fields})
