"""Lays out what the shop begins with, relative to a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from larkspur.population import (
    CANCELLED,
    CARRIER,
    CURRENCY,
    CUSTOMERS,
    GUESTS,
    HOMES,
    ORDERS,
    PLANS,
    PRICES,
    REFUNDS,
    SECURITY,
    SHIPPING,
)

Row = dict[str, Any]


def rows_at(now: datetime) -> dict[str, list[Row]]:
    """Rows by table, laid out relative to `now`."""
    return {
        "customers": [
            {"id": name, "name": full, "email": email, "locale": locale}
            for name, full, email, locale in CUSTOMERS
        ],
        "orders": [_order(now, *line) for line in ORDERS],
        "items": [item for line in ORDERS for item in _items(line)],
        "addresses": [_address(line[0], line[1]) for line in ORDERS],
        "refunds": [_refund(now, *line) for line in REFUNDS],
        "subscriptions": [_plan(now, *line) for line in PLANS],
        "security": [
            {
                "id": customer,
                "two_step": method,
                "recovery_codes": left,
                "email_changed_at": changed and _before(now, changed * 24),
            }
            for customer, method, left, changed in SECURITY
        ],
    }


def _order(
    now: datetime,
    number: str,
    customer: str | None,
    region: str,
    items: dict[str, int],
    placed: float,
    shipped: float | None,
    delivered: float | None,
    payment: str,
) -> Row:
    goods = sum(Decimal(PRICES[name][region]) * count for name, count in items.items())
    price, free_from = SHIPPING[region]
    shipping = Decimal("0.00") if goods >= free_from else Decimal(price)
    return {
        "id": number,
        "customer_id": customer,
        "email": _email(number, customer),
        "region": region,
        "status": _status(number, shipped, delivered),
        "placed_at": _before(now, placed),
        "shipped_at": _before(now, shipped),
        "delivered_at": _before(now, delivered),
        "carrier": CARRIER[region] if shipped else None,
        "tracking": f"{region.upper()}{number[3:]}00{region.upper()}" if shipped else None,
        "currency": CURRENCY[region],
        "goods": str(goods),
        "shipping": str(shipping),
        "total": str(goods + shipping),
        "payment_method": payment,
    }


def _status(number: str, shipped: float | None, delivered: float | None) -> str:
    if number in CANCELLED:
        return "cancelled"
    return "delivered" if delivered else "shipped" if shipped else "processing"


def _items(line: tuple[Any, ...]) -> Iterator[Row]:
    number, region, items = line[0], line[2], line[3]
    for place, (name, count) in enumerate(items.items(), start=1):
        yield {
            "id": f"{number}/{place}",
            "order_id": number,
            "name": name,
            "quantity": count,
            "price": PRICES[name][region],
            "engraved": int("Engraved" in name),
        }


def _email(number: str, customer: str | None) -> str:
    if customer is None:
        return GUESTS[number][1]
    return next(email for name, _, email, _ in CUSTOMERS if name == customer)


def _address(number: str, customer: str | None) -> Row:
    if customer is None:
        name, _, home = GUESTS[number]
    else:
        name = next(full for who, full, _, _ in CUSTOMERS if who == customer)
        home = HOMES[customer]
    street, city, postal_code, country = home
    return {
        "id": number,
        "name": name,
        "street": street,
        "city": city,
        "postal_code": postal_code,
        "country": country,
    }


def _refund(
    now: datetime, name: str, order: str, amount: str, reason: str, status: str, hours: float
) -> Row:
    line = next(line for line in ORDERS if line[0] == order)
    return {
        "id": name,
        "order_id": order,
        "customer_id": line[1],
        "amount": amount,
        "currency": CURRENCY[line[2]],
        "reason": reason,
        "status": status,
        "created_at": _before(now, hours),
        "key": None,
    }


def _plan(
    now: datetime,
    customer: str,
    plan: str,
    period: str,
    bought: str,
    status: str,
    price: str,
    currency: str,
    paid: int | None,
    renews: int | None,
    ends: int | None,
    paused: int | None,
    discount: int,
    offered: int | None,
) -> Row:
    days = {"paid_at": paid, "renews_at": renews, "ends_at": ends, "paused_until": paused}
    return {
        "id": f"S-{customer[2:]}",
        "customer_id": customer,
        "plan": plan,
        "period": period,
        "bought": bought,
        "status": status,
        "price": price,
        "currency": currency,
        **{name: _after(now, value) for name, value in days.items()},
        "discount_percent": discount,
        "offered_at": _after(now, offered),
    }


def _before(now: datetime, hours: float | None) -> str | None:
    return None if hours is None else (now - timedelta(hours=hours)).isoformat()


def _after(now: datetime, days: int | None) -> str | None:
    return None if days is None else (now + timedelta(days=days)).isoformat()
