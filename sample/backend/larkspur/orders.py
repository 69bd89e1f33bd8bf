"""Orders: looking them up, changing where they go, calling them off."""

from decimal import Decimal

from larkspur import policy
from larkspur.changes import record
from larkspur.refusals import Missing, Refused
from larkspur.storage import Row, Storage, day_of
from larkspur.wire import Address, Change, Item, NewAddress, Order, OrderList, Tracking, money

PREFIX = "LH-"
COUNTRIES = {"us": ("US",), "ca": ("CA",), "uk": ("GB",)}


def find_order(storage: Storage, customer_id: str, number: str) -> Order:
    return _view(storage, own_order(storage, customer_id, number))


def list_orders(storage: Storage, customer_id: str) -> OrderList:
    rows = sorted(
        storage.find("orders", customer_id=customer_id),
        key=lambda row: str(row["placed_at"]),
        reverse=True,
    )
    orders = [_view(storage, row) for row in rows]
    return OrderList(
        count=len(orders), numbers=", ".join(order.number for order in orders), orders=orders
    )


def track(storage: Storage, number: str, postal_code: str) -> Tracking:
    """Where a parcel is, for whoever knows both its number and where it goes. A wrong number and
    a wrong postal code look alike."""
    row = storage.get("orders", normal(number))
    address = storage.get("addresses", normal(number))
    if row is None or address is None or _plain(address["postal_code"]) != _plain(postal_code):
        raise Missing("order with this number and postal code")
    return Tracking(
        number=row["id"],
        status=row["status"],
        shipped_on=day_of(row["shipped_at"]),
        delivered_on=day_of(row["delivered_at"]),
        late=policy.late(row, storage.now()),
        carrier=row["carrier"],
        tracking=row["tracking"],
    )


def change_address(
    storage: Storage, customer_id: str, number: str, address: NewAddress, key: str
) -> Change:
    order = own_order(storage, customer_id, number)
    _check_changeable(storage, order)
    given = address.model_dump(exclude_none=True)
    if not _delivers(str(order["region"]), given.get("country")):
        raise Refused("an order can't be moved to another shop's region", 422)
    storage.change("addresses", order["id"], **given)
    note = f"goes to {address.street}, {address.postal_code} {address.city}"
    return record(storage, customer_id, "address", order["id"], note, key)


def cancel_order(storage: Storage, customer_id: str, number: str, key: str) -> Change:
    """Calls the order off; everything that was paid goes back."""
    order = own_order(storage, customer_id, number)
    _check_changeable(storage, order)
    storage.change("orders", order["id"], status="cancelled")
    note = f"{order['total']} {order['currency']} goes back to the {order['payment_method']}"
    return record(storage, customer_id, "order cancelled", order["id"], note, key)


def own_order(storage: Storage, customer_id: str, number: str) -> Row:
    """Raises `Missing` for somebody else's order just as for none."""
    row = storage.get("orders", normal(number))
    if row is None or row["customer_id"] != customer_id:
        raise Missing("order")
    return row


def normal(number: str) -> str:
    """As the shop writes it: `48213` and `lh 48213` are LH-48213."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return f"{PREFIX}{digits}"


def _check_changeable(storage: Storage, order: Row) -> None:
    if order["status"] != "processing":
        raise Refused(f"the order is {order['status']} and can't be changed any more")
    if not policy.changeable(order, storage.now()):
        raise Refused("the order was placed more than two hours ago and is being packed")


def _delivers(region: str, country: str | None) -> bool:
    if country is None:
        return True
    if region in COUNTRIES:
        return country in COUNTRIES[region]
    return country not in {name for names in COUNTRIES.values() for name in names}


def _plain(postal_code: object) -> str:
    return "".join(str(postal_code).split()).upper()


def _view(storage: Storage, row: Row) -> Order:
    items = storage.find("items", order_id=row["id"])
    address = storage.get("addresses", row["id"]) or {}
    until = policy.returnable_until(row)
    gone = policy.refunded(storage.find("refunds", order_id=row["id"]))
    given = ("status", "placed_at", "carrier", "tracking")
    priced = ("currency", "shipping", "total", "payment_method")
    return Order(
        number=row["id"],
        summary=", ".join(f"{item['quantity']} × {item['name']}" for item in items),
        items=[Item(**{name: item[name] for name in Item.model_fields}) for item in items],
        shipped_on=day_of(row["shipped_at"]),
        delivered_on=day_of(row["delivered_at"]),
        changeable=policy.changeable(row, storage.now()),
        change_until=policy.change_until(row),
        returnable_until=until and until.date(),
        late=policy.late(row, storage.now()),
        engraved_only=all(item["engraved"] for item in items),
        refunded=money(gone),
        refundable=money(max(Decimal(row["total"]) - gone, Decimal(0))),
        address=Address(**{name: address[name] for name in Address.model_fields}),
        **{name: row[name] for name in (*given, *priced)},
    )
