"""Refunds: what one would come to, making it, taking it back."""

from datetime import datetime
from decimal import Decimal
from typing import cast

from larkspur import policy
from larkspur.changes import record
from larkspur.orders import own_order
from larkspur.refusals import Missing, Refused
from larkspur.storage import Row, Storage
from larkspur.wire import Change, NewRefund, Quote, Reason, Refund, money

_AFTER_RETURN = "no later than 5 business days after the parcel has reached our warehouse"
_AT_ONCE = "no later than 5 business days from now; nothing needs to be sent back"


def quote(storage: Storage, customer_id: str, number: str, reason: Reason) -> Quote:
    order = own_order(storage, customer_id, number)
    amount = _refundable(storage, order, reason)
    send_back = policy.needs_return(order, reason, storage.now())
    return Quote(
        number=order["id"],
        reason=reason,
        amount=money(amount),
        currency=order["currency"],
        send_back=send_back,
        when=_AFTER_RETURN if send_back else _AT_ONCE,
        label_cost=money(policy.LABEL[order["region"]] if reason == "unwanted" else "0"),
        payment_method=order["payment_method"],
    )


def create_refund(
    storage: Storage, customer_id: str, number: str, wanted: NewRefund, key: str
) -> Refund:
    order = own_order(storage, customer_id, number)
    most = _refundable(storage, order, wanted.reason)
    amount = Decimal(wanted.amount)
    if not 0 < amount <= most:
        raise Refused(f"at most {money(most)} {order['currency']} can be refunded", 422)
    send_back = policy.needs_return(order, wanted.reason, storage.now())
    row = storage.add(
        "refunds",
        {
            "id": f"R-{storage.number('refunds')}",
            "order_id": order["id"],
            "customer_id": customer_id,
            "amount": money(amount),
            "currency": order["currency"],
            "reason": wanted.reason,
            "status": "awaiting return" if send_back else "approved",
            "created_at": storage.now().isoformat(),
            "key": key,
        },
    )
    return _view(storage, row)


def cancel_refund(storage: Storage, customer_id: str, refund_id: str, key: str) -> Change:
    """Takes back a refund that has not been paid yet."""
    row = storage.get("refunds", refund_id)
    if row is None or row["customer_id"] != customer_id:
        raise Missing("refund")
    if row["status"] in ("paid", "cancelled"):
        raise Refused(f"the refund is {row['status']} already")
    storage.change("refunds", refund_id, status="cancelled")
    note = f"order {row['order_id']} is kept"
    return record(storage, customer_id, "refund cancelled", refund_id, note, key)


def find_refund(storage: Storage, customer_id: str, key: str) -> Refund:
    for row in storage.find("refunds", customer_id=customer_id, key=key):
        return _view(storage, row)
    raise Missing("refund")


def _refundable(storage: Storage, order: Row, reason: Reason) -> Decimal:
    items = storage.find("items", order_id=order["id"])
    refunds = storage.find("refunds", order_id=order["id"])
    return policy.refundable(order, items, refunds, reason, storage.now())


def _view(storage: Storage, row: Row) -> Refund:
    order = cast(Row, storage.get("orders", row["order_id"]))
    given = ("amount", "currency", "reason", "status", "created_at")
    return Refund(
        refund_id=row["id"],
        number=row["order_id"],
        send_back=policy.needs_return(
            order, row["reason"], datetime.fromisoformat(row["created_at"])
        ),
        payment_method=order["payment_method"],
        **{name: row[name] for name in given},
    )
