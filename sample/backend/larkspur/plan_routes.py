"""Plans, one-time codes and security over HTTP."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request

from larkspur import accounts, plans
from larkspur.doors import Customer, Kept, Key, Shop
from larkspur.keys import answered, once
from larkspur.wire import (
    Change,
    CodeToCheck,
    NewCode,
    NewPause,
    Person,
    Security,
    Sent,
    Subscription,
)

router = APIRouter(tags=["account"])
_PLAN = "/customers/{customer_id}/subscription"


@router.get(_PLAN, operation_id="getSubscription")
def get_subscription(shop: Shop, customer_id: Customer) -> Subscription:
    """The plan of an account."""
    return plans.find_subscription(shop, customer_id)


@router.post(f"{_PLAN}/pause", operation_id="pauseSubscription", response_model=Change)
def pause(shop: Shop, customer_id: Customer, body: NewPause, key: Key) -> Any:
    """Puts Plus on hold for one to three months."""
    asked = {"customer": customer_id, **body.model_dump()}
    act = partial(plans.pause, shop, customer_id, body.months, key)
    return once(shop, "pauseSubscription", key, asked, act)


@router.post(f"{_PLAN}/offer", operation_id="applyOffer", response_model=Change)
def apply_offer(shop: Shop, customer_id: Customer, key: Key) -> Any:
    """Half price for three months, once a year."""
    act = partial(plans.apply_offer, shop, customer_id, key)
    return once(shop, "applyOffer", key, {"customer": customer_id}, act)


@router.post(f"{_PLAN}/cancellation", operation_id="cancelSubscription", response_model=Change)
def cancel(shop: Shop, customer_id: Customer, key: Key) -> Any:
    """Ends a plan that was bought on the website with the period that is paid."""
    act = partial(plans.cancel, shop, customer_id, key)
    return once(shop, "cancelSubscription", key, {"customer": customer_id}, act)


@router.post(f"{_PLAN}/resumption", operation_id="resumeSubscription", response_model=Change)
def resume(shop: Shop, customer_id: Customer, key: Key) -> Any:
    """Takes back a cancellation or ends a pause."""
    act = partial(plans.resume, shop, customer_id, key)
    return once(shop, "resumeSubscription", key, {"customer": customer_id}, act)


@router.get("/customers/{customer_id}/security", operation_id="getSecurity")
def get_security(shop: Shop, customer_id: Customer) -> Security:
    """How an account is protected."""
    return accounts.security(shop, customer_id)


@router.post("/codes", operation_id="sendCode", response_model=Sent)
def send_code(shop: Shop, request: Request, body: NewCode, key: Key) -> Any:
    """Sends a one-time code to a mailbox; says the same whether or not there is an account."""
    sandbox: bool = request.app.state.sandbox
    act = partial(accounts.send_code, shop, body.email, sandbox)
    return once(shop, "sendCode", key, body.model_dump(), act)


@router.post("/codes/check", operation_id="checkCode", response_model=Person)
def check_code(shop: Shop, body: CodeToCheck, key: Key) -> Any:
    """Whose mailbox it is, for whoever has the newest code."""
    act = partial(accounts.check_code, shop, body.email, body.code)
    try:
        return once(shop, "checkCode", key, body.model_dump(), act)
    except accounts.WrongCode as wrong:
        shop.change("codes", wrong.code_id, tries=wrong.tries)
        raise


@router.get("/codes/sent/{idempotency_key}", operation_id="findCode", response_model=Sent)
def find_code(shop: Shop, idempotency_key: Kept) -> Any:
    """That a code was sent with this key."""
    return answered(shop, ("sendCode",), idempotency_key, "code")


@router.get("/codes/checked/{idempotency_key}", operation_id="findCheck", response_model=Person)
def find_check(shop: Shop, idempotency_key: Kept) -> Any:
    """Whose code was checked with this key."""
    return answered(shop, ("checkCode",), idempotency_key, "code")
