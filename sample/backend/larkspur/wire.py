"""What goes over the wire. Money is decimal text; times are ISO 8601 in UTC."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, WithJsonSchema

Money = Annotated[
    str,
    StringConstraints(pattern=r"^\d{1,7}(\.\d{1,2})?$"),
    WithJsonSchema({"type": "string", "format": "decimal", "examples": ["42.05"]}),
]
Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=120,
        # Neither markup nor links: a label is printed from it.
        pattern=r"^[^<>{}\[\]|\\:\x00-\x1f\x7f]+$",
    ),
]
Reason = Literal["unwanted", "damaged", "faulty", "wrong"]


class Address(BaseModel):
    """Where an order goes."""

    name: str
    street: str
    city: str
    postal_code: str
    country: str = Field(description="Two letters, such as US.")


class NewAddress(BaseModel):
    """Where an order is to go instead; name and country stay as they are when not given."""

    street: Line
    city: Line
    postal_code: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=12)
    ]
    name: Line | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None


class Item(BaseModel):
    """One line of an order."""

    name: str
    quantity: int
    price: Money
    engraved: bool


class Order(BaseModel):
    """An order as its customer may see it."""

    number: str = Field(description="Such as LH-48213.")
    status: Literal["processing", "shipped", "delivered", "cancelled"]
    summary: str = Field(description="What was ordered, such as `1 × Hub, 2 × Sprout`.")
    items: list[Item]
    placed_at: datetime
    shipped_on: date | None
    delivered_on: date | None
    engraved_only: bool = Field(description="Nothing in it but engraved planters.")
    changeable: bool = Field(description="Whether it can still be changed or called off.")
    change_until: datetime
    returnable_until: date | None
    late: bool = Field(description="On its way for so long that it counts as lost.")
    carrier: str | None
    tracking: str | None
    currency: str
    shipping: Money
    total: Money
    refunded: Money = Field(description="What has been refunded or is going to be.")
    refundable: Money = Field(description="What is left of the total.")
    payment_method: str
    address: Address


class OrderList(BaseModel):
    """Orders, newest first."""

    count: int
    numbers: str = Field(description="Their numbers, separated by commas.")
    orders: list[Order]


class Tracking(BaseModel):
    """Where a parcel is; nothing about who gets it."""

    number: str
    status: Literal["processing", "shipped", "delivered", "cancelled"]
    shipped_on: date | None
    delivered_on: date | None
    late: bool
    carrier: str | None
    tracking: str | None


class Quote(BaseModel):
    """What a refund would come to."""

    number: str
    reason: Reason
    amount: Money
    currency: str
    send_back: bool = Field(description="Whether the goods have to be sent back first.")
    when: str = Field(description="When it is paid, to follow `it is paid`.")
    label_cost: Money = Field(description="What is taken off for the return label.")
    payment_method: str


class NewRefund(BaseModel):
    """A refund that is wanted."""

    amount: Money
    reason: Reason


class Refund(BaseModel):
    """A refund. `awaiting return`: paid when the parcel has come back; `approved`: paid with the
    next run; `paid`; `cancelled`."""

    refund_id: str
    number: str = Field(description="Of the order.")
    amount: Money
    currency: str
    reason: Reason
    status: Literal["awaiting return", "approved", "paid", "cancelled"]
    send_back: bool
    payment_method: str
    created_at: datetime


class Subscription(BaseModel):
    """The plan of an account; `Free` when nothing is paid."""

    id: str
    plan: Literal["Free", "Plus", "Studio"]
    period: Literal["monthly", "yearly", "none"]
    bought: Literal["web", "app_store", "google_play"]
    status: Literal["active", "paused", "cancelled"]
    price: Money
    currency: str
    paid_on: date | None
    renews_on: date | None
    ends_on: date | None
    paused_until: date | None
    discount_percent: int
    can_pause: bool
    offer_available: bool
    offer_percent: int
    offer_months: int
    refund_until: date | None = Field(
        description="Last day on which a yearly payment is paid back."
    )
    would_end: date = Field(description="Last day of the plan, were it cancelled now.")


class NewPause(BaseModel):
    """How long a plan is put on hold."""

    months: int = Field(ge=1, le=3)


class Change(BaseModel):
    """A change that took place. `until` is the last day of a cancelled plan, of a pause or of a
    discount."""

    id: str
    kind: Literal[
        "address",
        "order cancelled",
        "refund cancelled",
        "pause",
        "offer",
        "plan cancelled",
        "plan resumed",
    ]
    subject: str = Field(description="Number of the order, or id of the plan or refund.")
    status: Literal["done"]
    until: date | None
    note: str
    created_at: datetime


class NewCode(BaseModel):
    """Where a one-time code goes."""

    email: Line


class CodeToCheck(BaseModel):
    """What the customer typed."""

    email: Line
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=12)]


class Sent(BaseModel):
    """Says the same whether or not there is an account."""

    email: str
    minutes: int = Field(description="How long the code is good for.")


class Person(BaseModel):
    """Whose mailbox it was."""

    customer_id: str
    email: str
    name: str


class Security(BaseModel):
    """How an account is protected."""

    two_step: str = Field(description="The method, or `off`.")
    recovery_codes: int
    email_changed_recently: bool


class Problem(BaseModel):
    """Why not."""

    detail: str


def money(value: Decimal | str) -> str:
    return f"{Decimal(value):.2f}"
