"""One-time codes to a mailbox, and how an account is protected."""

import secrets
import sys
from datetime import datetime, timedelta

from larkspur.refusals import Missing, Refused
from larkspur.storage import Row, Storage
from larkspur.wire import Person, Security, Sent

CODE_MINUTES = 10
CODES_AN_HOUR = 3
TRIES = 5
SANDBOX_CODE = "246810"
RECENT_DAYS = 7
_WRONG = "the code is wrong or has expired"


def send_code(storage: Storage, email: str, sandbox: bool) -> Sent:
    """The same answer whether or not there is an account: strangers learn nothing."""
    address = email.strip().lower()
    _limit(storage, address)
    code = SANDBOX_CODE if sandbox else f"{secrets.randbelow(10**6):06d}"
    _store(storage, address, code)
    if _customer(storage, address) is not None and not sandbox:
        print(f"To {address}: your code is {code}", file=sys.stderr, flush=True)
    return Sent(email=address, minutes=CODE_MINUTES)


def check_code(storage: Storage, email: str, code: str) -> Person:
    """Whose mailbox it is. Only the newest code counts, once, for ten minutes and five tries."""
    address = email.strip().lower()
    customer, sent = _customer(storage, address), storage.find("codes", email=address)
    if customer is None or not sent or not _good(storage, sent[-1]):
        raise Refused(_WRONG, 422)
    newest = sent[-1]
    if not secrets.compare_digest(newest["code"].encode(), code.strip().encode()):
        raise WrongCode(newest["id"], newest["tries"] + 1)
    storage.change("codes", newest["id"], used=1)
    return Person(customer_id=customer["id"], email=customer["email"], name=customer["name"])


def security(storage: Storage, customer_id: str) -> Security:
    if storage.get("customers", customer_id) is None:
        raise Missing("customer")
    row = storage.get("security", customer_id) or {}
    changed = row.get("email_changed_at")
    return Security(
        two_step=row.get("two_step") or "off",
        recovery_codes=row.get("recovery_codes") or 0,
        email_changed_recently=bool(changed and changed >= storage.ago(days=RECENT_DAYS)),
    )


class WrongCode(Refused):
    """A try that counts: unlike other refusals it is written down."""

    def __init__(self, code_id: str, tries: int) -> None:
        super().__init__(_WRONG, 422)
        self.code_id, self.tries = code_id, tries


def _good(storage: Storage, row: Row) -> bool:
    fresh = storage.now() <= datetime.fromisoformat(row["expires_at"])
    return fresh and not row["used"] and row["tries"] < TRIES


def _limit(storage: Storage, email: str) -> None:
    since = storage.ago(hours=1)
    if sum(row["sent_at"] > since for row in storage.find("codes", email=email)) >= CODES_AN_HOUR:
        raise Refused("no more than three codes an hour can be sent", 422)


def _store(storage: Storage, email: str, code: str) -> None:
    now = storage.now()
    storage.add(
        "codes",
        {
            "id": f"K-{storage.number('codes')}",
            "email": email,
            "code": code,
            "sent_at": now.isoformat(),
            "expires_at": (now + timedelta(minutes=CODE_MINUTES)).isoformat(),
            "used": 0,
            "tries": 0,
        },
    )


def _customer(storage: Storage, email: str) -> Row | None:
    return next((row for row in storage.find("customers") if row["email"] == email), None)
