"""Plans: looking one up, putting it on hold, keeping it for less, ending it, taking that back."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from larkspur import policy
from larkspur.changes import record
from larkspur.refusals import Missing, Refused
from larkspur.storage import Row, Storage, day_of
from larkspur.wire import Change, Subscription

STORES = {"app_store": "the App Store", "google_play": "Google Play"}
_AS_STORED = (
    "id",
    "plan",
    "period",
    "bought",
    "status",
    "price",
    "currency",
    "discount_percent",
)


def find_subscription(storage: Storage, customer_id: str) -> Subscription:
    row = _plan_of(storage, customer_id)
    until = policy.plan_refund_until(row)
    return Subscription(
        paid_on=day_of(row["paid_at"]),
        renews_on=day_of(row["renews_at"]),
        ends_on=day_of(row["ends_at"]),
        paused_until=day_of(row["paused_until"]),
        can_pause=policy.can_pause(row),
        offer_available=policy.offer_available(row, storage.now()),
        offer_percent=policy.OFFER_PERCENT,
        offer_months=policy.OFFER_MONTHS,
        refund_until=until.date() if until and until >= storage.now() else None,
        would_end=_end(storage, row).date(),
        **{name: row[name] for name in _AS_STORED},
    )


def pause(storage: Storage, customer_id: str, months: int, key: str) -> Change:
    """Nothing is paid while it lasts; the next payment moves on by as much."""
    row = _running_plan(storage, customer_id)
    if not policy.can_pause(row):
        raise Refused("only Plus can be put on hold", 422)
    until = storage.now() + relativedelta(months=months)
    renews = datetime.fromisoformat(row["renews_at"]) + (until - storage.now())
    storage.change(
        "subscriptions",
        row["id"],
        status="paused",
        paused_until=until.isoformat(),
        renews_at=renews.isoformat(),
    )
    note = f"on hold for {months} month{'s' if months > 1 else ''}"
    return record(storage, customer_id, "pause", row["id"], note, key, until.date())


def apply_offer(storage: Storage, customer_id: str, key: str) -> Change:
    row = _running_plan(storage, customer_id)
    if not policy.offer_available(row, storage.now()):
        raise Refused("this account can't have the offer now", 422)
    storage.change(
        "subscriptions",
        row["id"],
        discount_percent=policy.OFFER_PERCENT,
        offered_at=storage.now().isoformat(),
    )
    until = (storage.now() + relativedelta(months=policy.OFFER_MONTHS)).date()
    note = f"{policy.OFFER_PERCENT} % off for {policy.OFFER_MONTHS} months"
    return record(storage, customer_id, "offer", row["id"], note, key, until)


def cancel(storage: Storage, customer_id: str, key: str) -> Change:
    """The plan goes on until the end of what has been paid for."""
    row = _plan_of(storage, customer_id)
    _check_ours(row)
    if row["status"] == "cancelled":
        raise Refused("the plan is cancelled already")
    ends = _end(storage, row)
    storage.change(
        "subscriptions",
        row["id"],
        status="cancelled",
        ends_at=ends.isoformat(),
        renews_at=None,
        paused_until=None,
    )
    note = f"{row['plan']} ends"
    return record(storage, customer_id, "plan cancelled", row["id"], note, key, ends.date())


def resume(storage: Storage, customer_id: str, key: str) -> Change:
    """Takes back a cancellation whose last day has not come, or ends a pause."""
    row = _plan_of(storage, customer_id)
    _check_ours(row)
    if row["status"] == "active":
        raise Refused("the plan is running")
    now = storage.now()
    if row["status"] == "cancelled" and now > datetime.fromisoformat(row["ends_at"]):
        raise Refused("the last day of the plan has passed")
    renews = row["ends_at"] if row["status"] == "cancelled" else _after_pause(row, now)
    storage.change(
        "subscriptions",
        row["id"],
        status="active",
        renews_at=renews,
        ends_at=None,
        paused_until=None,
    )
    return record(storage, customer_id, "plan resumed", row["id"], f"{row['plan']} goes on", key)


def _end(storage: Storage, row: Row) -> datetime:
    """What has been paid for is used up; on hold, nothing has."""
    ends = row["ends_at"] or (row["renews_at"] if row["status"] == "active" else None)
    return datetime.fromisoformat(ends) if ends else storage.now()


def _running_plan(storage: Storage, customer_id: str) -> Row:
    row = _plan_of(storage, customer_id)
    _check_ours(row)
    if row["status"] != "active":
        raise Refused(f"the plan is {row['status']}")
    return row


def _after_pause(row: Row, now: datetime) -> str:
    """The next payment, earlier by what is left of the pause."""
    left = datetime.fromisoformat(row["paused_until"]) - now
    return (datetime.fromisoformat(row["renews_at"]) - left).isoformat()


def _plan_of(storage: Storage, customer_id: str) -> Row:
    for row in storage.find("subscriptions", customer_id=customer_id):
        return row
    raise Missing("customer")


def _check_ours(row: Row) -> None:
    if row["plan"] == "Free":
        raise Refused("there is no paid plan on this account")
    if row["bought"] in STORES:
        raise Refused(
            f"the plan was bought in {STORES[row['bought']]}, and only the store can change it"
        )
