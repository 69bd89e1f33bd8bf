"""Orders and refunds over HTTP."""

from functools import partial
from typing import Any

from fastapi import APIRouter

from larkspur import orders, refunds
from larkspur.changes import find_change
from larkspur.doors import Customer, Kept, Key, Number, Shop
from larkspur.keys import once
from larkspur.wire import (
    Change,
    NewAddress,
    NewRefund,
    Order,
    OrderList,
    Quote,
    Reason,
    Refund,
    Tracking,
)

router = APIRouter(tags=["shop"])
_ORDER = "/customers/{customer_id}/orders/{order_number}"


@router.get("/customers/{customer_id}/orders", operation_id="listOrders")
def list_orders(shop: Shop, customer_id: Customer) -> OrderList:
    """All orders of a customer, newest first."""
    return orders.list_orders(shop, customer_id)


@router.get(_ORDER, operation_id="getOrder")
def get_order(shop: Shop, customer_id: Customer, order_number: Number) -> Order:
    """One order of a customer."""
    return orders.find_order(shop, customer_id, order_number)


@router.get("/tracking/{order_number}", operation_id="trackOrder")
def track_order(shop: Shop, order_number: Number, postal_code: str) -> Tracking:
    """Where a parcel is, for whoever knows its number and where it goes."""
    return orders.track(shop, order_number, postal_code)


@router.put(f"{_ORDER}/address", operation_id="changeAddress", response_model=Change)
def change_address(
    shop: Shop, customer_id: Customer, order_number: Number, body: NewAddress, key: Key
) -> Any:
    """Sends an order somewhere else, within two hours after it was placed."""
    asked = {"customer": customer_id, "order": orders.normal(order_number), **body.model_dump()}
    act = partial(orders.change_address, shop, customer_id, order_number, body, key)
    return once(shop, "changeAddress", key, asked, act)


@router.post(f"{_ORDER}/cancellation", operation_id="cancelOrder", response_model=Change)
def cancel_order(shop: Shop, customer_id: Customer, order_number: Number, key: Key) -> Any:
    """Calls an order off, within two hours after it was placed."""
    asked = {"customer": customer_id, "order": orders.normal(order_number)}
    act = partial(orders.cancel_order, shop, customer_id, order_number, key)
    return once(shop, "cancelOrder", key, asked, act)


@router.get(f"{_ORDER}/refund-quote", operation_id="quoteRefund")
def quote_refund(shop: Shop, customer_id: Customer, order_number: Number, reason: Reason) -> Quote:
    """What a refund would come to, by the shop's rules."""
    return refunds.quote(shop, customer_id, order_number, reason)


@router.post(f"{_ORDER}/refunds", operation_id="createRefund", response_model=Refund)
def create_refund(
    shop: Shop, customer_id: Customer, order_number: Number, body: NewRefund, key: Key
) -> Any:
    """Refunds an order the way it was paid."""
    asked = {"customer": customer_id, "order": orders.normal(order_number), **body.model_dump()}
    act = partial(refunds.create_refund, shop, customer_id, order_number, body, key)
    return once(shop, "createRefund", key, asked, act)


@router.post(
    "/customers/{customer_id}/refunds/{refund_id}/cancellation",
    operation_id="cancelRefund",
    response_model=Change,
)
def cancel_refund(shop: Shop, customer_id: Customer, refund_id: str, key: Key) -> Any:
    """Takes back a refund that has not been paid yet."""
    asked = {"customer": customer_id, "refund": refund_id}
    act = partial(refunds.cancel_refund, shop, customer_id, refund_id, key)
    return once(shop, "cancelRefund", key, asked, act)


@router.get("/customers/{customer_id}/refunds/by-key/{idempotency_key}", operation_id="findRefund")
def find_refund(shop: Shop, customer_id: Customer, idempotency_key: Kept) -> Refund:
    """The refund that was made with this key."""
    return refunds.find_refund(shop, customer_id, idempotency_key)


@router.get("/customers/{customer_id}/changes/by-key/{idempotency_key}", operation_id="findChange")
def get_change(shop: Shop, customer_id: Customer, idempotency_key: Kept) -> Change:
    """The change that was made with this key."""
    return find_change(shop, customer_id, idempotency_key)
