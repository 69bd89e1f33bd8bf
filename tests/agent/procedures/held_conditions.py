"""Conditions as operators put them, written before the reader was tuned; with what they mean."""

HELD = {
    "the order's status equals delivered": "order.status is delivered",
    "the order is still processing": "order.status is processing",
    "the order has already been cancelled": "order.status is cancelled",
    "the order was cancelled": "order.status is cancelled",
    "the order is in transit": "order.status is in_transit",
    "the order hasn't been delivered yet": "order.status is not delivered",
    "the order isn't a gift": "not (order.is_gift is yes)",
    "the order is a gift": "order.is_gift is yes",
    "the total of the order is higher than 250 euros": "order.total is more than 250",
    "order total >= $75.50": "order.total is at least 75.5",
    "the total is 50 or less": "order.total is at most 50",
    "the amount paid is lower than the total": "order.paid_amount is less than order.total",
    "the order's total does not exceed 100": "order.total is at most 100",
    "the order was placed within the last 24 hours": "hours since order.placed_at is at most 24",
    "less than two hours have passed since the order was placed": (
        "hours since order.placed_at is less than 2"
    ),
    "it was delivered over two weeks ago": "days since order.delivered_at is more than 14",
    "the delivery was more than 30 days ago": "days since order.delivered_at is more than 30",
    "the delivery date is over 30 days ago": "days since order.delivered_at is more than 30",
    "the order was not delivered within the last 30 days": (
        "not (days since order.delivered_at is at most 30)"
    ),
    "the shipping country is Germany or Austria": (
        "order.shipping_address.country is Germany or order.shipping_address.country is Austria"
    ),
    "they live in Berlin": None,
    "the order ships to Norway": None,
    "the reason is either damaged or wrong item": "reason is one of damaged, wrong item",
    "the reason isn't changed my mind": "reason is not changed my mind",
    "the customer hasn't been verified": "identity.level is not verified",
    "the customer is logged in": "identity.level is verified",
    "the quantity is between 2 and 5": "quantity is at least 2 and quantity is at most 5",
    "the quantity is no more than three": "quantity is at most 3",
    "the order has a note": "order.note is known",
    "there is no note on the order": "order.note is unknown",
    "the payment method is “gift card”": "order.payment_method is gift card",
    "the payment method contains card": "order.payment_method contains card",
    "the light is red or orange": "light is red or light is orange",
    "the light is neither green nor blue": "not (light is one of green, blue)",
    "the order was delivered and the total is under 20": (
        "order.status is delivered and order.total is less than 20"
    ),
    "the order is not delivered and not cancelled": (
        "order.status is not delivered and order.status is not cancelled"
    ),
    "order.total > 100 and order.status = delivered": (
        "order.total is more than 100 and order.status is delivered"
    ),
    "the order can still be cancelled": "order.can_cancel is yes",
    "the order can no longer be cancelled": "not (order.can_cancel is yes)",
    "cancelling the order is not possible": None,
    "the total is more than 100 or the order is a gift": (
        "order.total is more than 100 or order.is_gift is yes"
    ),
    "the customer's plan is Business": "identity.plan is Business",
    "the customer is not on the Free plan": "identity.plan is not Free",
}
"""None: it may not be understood; then it is an error, and never a guess."""

HELD_SUBSCRIPTION = {
    "the subscription is active": "subscription.status is active",
    "the subscription has been paused": "subscription.status is paused",
    "the subscription renews in less than 3 days": (
        "days since subscription.renews_at is more than -3"
    ),
    "the renewal is more than a week away": "days since subscription.renews_at is less than -7",
    "auto-renew is on": "subscription.auto_renew is yes",
    "auto renew is switched off": "subscription.auto_renew is no",
    "the subscription has more than 10 seats": "subscription.seats is more than 10",
    "they are on the Team plan": "subscription.plan is Team",
    "the plan is Team or Business": "subscription.plan is Team or subscription.plan is Business",
    "the subscription costs more than 20 a month": None,
    "the renewal date has passed": "hours since subscription.renews_at is at least 0",
}
