"""The rules of the shop, as the help center states them. Pure: rows in, decisions out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from larkspur.refusals import Refused

RETURN_DAYS = 30
DAMAGE_DAYS = 7
CHANGE_HOURS = 2
YEARLY_REFUND_DAYS = 14
OFFER_PERCENT = 50
OFFER_MONTHS = 3
LABEL = {"us": Decimal("6.95"), "ca": Decimal("8.95"), "eu": Decimal("5.00"), "uk": Decimal("4.50")}
STANDARD = {"us": "4.95", "ca": "9.95", "eu": "5.95", "uk": "5.50"}
OUTWARD_REFUNDED = ("eu", "uk")
LATE_BUSINESS_DAYS = {"us": 10, "ca": 15, "eu": 10, "uk": 10}
REASONS = ("unwanted", "damaged", "faulty", "wrong")

Row = dict[str, Any]
_NONE = Decimal("0.00")


def changeable(order: Row, now: datetime) -> bool:
    """Whether the order can still be changed or called off."""
    return order["status"] == "processing" and now <= change_until(order)


def change_until(order: Row) -> datetime:
    return datetime.fromisoformat(order["placed_at"]) + timedelta(hours=CHANGE_HOURS)


def returnable_until(order: Row) -> datetime | None:
    """None before it has been delivered."""
    if not order["delivered_at"]:
        return None
    return datetime.fromisoformat(order["delivered_at"]) + timedelta(days=RETURN_DAYS)


def refunded(refunds: Sequence[Row]) -> Decimal:
    """What was refunded or is going to be."""
    return sum((Decimal(row["amount"]) for row in refunds if row["status"] != "cancelled"), _NONE)


def refundable(
    order: Row, items: Sequence[Row], refunds: Sequence[Row], reason: str, now: datetime
) -> Decimal:
    """How much goes back for this reason. Raises `Refused` when nothing does."""
    _check_window(order, now)
    left = Decimal(order["total"]) - refunded(refunds)
    if left <= 0:
        raise Refused("this order has been refunded in full")
    amount = _for_change_of_mind(order, items, refunds) if reason == "unwanted" else _all(order)
    return min(amount, left)


def needs_return(order: Row, reason: str, now: datetime) -> bool:
    """Parts that broke on the way and are reported in time need not be sent back."""
    reported_in_time = _age(order["delivered_at"], now) <= timedelta(days=DAMAGE_DAYS)
    return not (reason == "damaged" and reported_in_time)


def late(order: Row, now: datetime) -> bool:
    """Whether a parcel that is still on its way counts as lost."""
    if order["status"] != "shipped":
        return False
    shipped = datetime.fromisoformat(order["shipped_at"])
    days = (shipped.date() + timedelta(days=n) for n in range(1, (now - shipped).days + 1))
    return sum(day.weekday() < 5 for day in days) >= LATE_BUSINESS_DAYS[order["region"]]


def plan_refund_until(plan: Row) -> datetime | None:
    """Until when a yearly payment on the website is paid back in full; else None."""
    if plan["period"] != "yearly" or plan["bought"] != "web" or not plan["paid_at"]:
        return None
    return datetime.fromisoformat(plan["paid_at"]) + timedelta(days=YEARLY_REFUND_DAYS)


def offer_available(plan: Row, now: datetime) -> bool:
    """Half price for some months: monthly plans from the website, once a year."""
    offered = plan["offered_at"]
    recently = offered is not None and _age(offered, now) < timedelta(days=365)
    return (
        plan["bought"] == "web"
        and plan["period"] == "monthly"
        and plan["status"] == "active"
        and not recently
    )


def can_pause(plan: Row) -> bool:
    return (plan["plan"], plan["bought"], plan["status"]) == ("Plus", "web", "active")


def _check_window(order: Row, now: datetime) -> None:
    if order["status"] == "cancelled":
        raise Refused("this order was cancelled")
    until = returnable_until(order)
    if until is None:
        raise Refused("this order has not been delivered yet")
    if now > until:
        raise Refused(f"the return window of {RETURN_DAYS} days ended on {until.date()}", 422)


def _for_change_of_mind(order: Row, items: Sequence[Row], refunds: Sequence[Row]) -> Decimal:
    kept = [item for item in items if item["engraved"]]
    goods = sum(
        (Decimal(item["price"]) * item["quantity"] for item in items if not item["engraved"]),
        _NONE,
    )
    if not goods:
        raise Refused("engraved planters can't be returned unless they are faulty", 422)
    amount = goods - refunded(refunds) - LABEL[order["region"]]
    if order["region"] in OUTWARD_REFUNDED and not kept and not refunded(refunds):
        amount += min(Decimal(order["shipping"]), Decimal(STANDARD[order["region"]]))
    if amount <= 0:
        raise Refused("nothing is left of the price once the return label is taken off", 422)
    return amount


def _all(order: Row) -> Decimal:
    return Decimal(order["total"])


def _age(time: str, now: datetime) -> timedelta:
    return now - datetime.fromisoformat(time)
