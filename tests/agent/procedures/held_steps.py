"""Steps as operators put them, written before the reader was tuned; with what they come to."""

HELD: dict[str, str] = {
    "Please ask the customer for their order number.": "Ask for order_number",
    "Ask the customer what their order number is.": "Ask for order_number",
    "Ask which order it is about.": "!",
    "Get the order number from the customer.": "Ask for order_number",
    "Find out why: ask for the reason.": "Ask for reason",
    "Request the customer's email address.": "Ask for email",
    "Ask the customer to provide the order number.": "Ask for order_number",
    "Collect the order number.": "Ask for order_number",
    'Ask the customer "Which order is this about?" and save the answer as order_number.': (
        "Ask for order_number: “Which order is this about?”"
    ),
    "You need the order number; ask for it.": "!",
    "Look the order up using `find_order`.": "Call find_order with number = order_number",
    "Use `find_order` to look up the order.": "Call find_order with number = order_number",
    "Fetch the order by its number with `find_order`.": (
        "Call find_order with number = order_number"
    ),
    "Run `find_order` for the order number.": "Call find_order with number = order_number",
    "Call `find_order` (number = order_number).": "Call find_order with number = order_number",
    "Check the order in our system using `find_order`.": (
        "Call find_order with number = order_number"
    ),
    "Retrieve the customer's subscription via `find_subscription`.": "Call find_subscription",
    "Look up their order.": "Call find_order with number = order_number",
    "Say “Thanks, one moment please.”": "Tell: “Thanks, one moment please.”",
    "Let the customer know that their order is on its way.": "Tell: “Your order is on its way.”",
    "Inform them that we can't change the order any more.": (
        "Tell: “We can not change the order any more.”"
    ),
    'Apologise to the customer and say "I\'m sorry about that."': "Tell: “I'm sorry about that.”",
    "Reply with 'Your total is {order.total}.'": "Tell: “Your total is {order.total}.”",
    "Explain that refunds take five days.": "Tell: “Refunds take five days.”",
    "Tell the customer the order's total.": "Tell: “The order's total: {order.total}.”",
    "Wait until the customer has restarted the router.": "Wait for a reply",
    "Wait for their reply.": "Wait for a reply",
    "Have the customer restart the app and wait for them to come back.": (
        "Wait for a reply to “Please restart the app.”"
    ),
    "Ask the customer to send us a photo.": "Wait for a reply to “Please send us a photo.”",
    "Escalate to the fraud team.": "Hand over to fraud",
    "Transfer the conversation to billing, because the payment is disputed.": (
        "Hand over to billing: the payment is disputed"
    ),
    "Pass the case on to a human.": "Hand over to a person",
    'Hand the customer over to second-level support because "the device is dead".': (
        "Hand over to second-level support: the device is dead"
    ),
    "Escalate this to a person in the legal team.": "Hand over to legal",
    'Route to retention with the reason "wants to leave".': (
        "Hand over to retention: wants to leave"
    ),
    "Ask if the light is green.": "Ask: “Is the light green?”",
    "Ask whether they would like a replacement instead.": (
        "Confirm: “Would you like a replacement instead?”"
    ),
    'Offer the customer "20% off for three months. Would you like that?"': (
        "Confirm: “20% off for three months. Would you like that?”"
    ),
    "Ask the customer to confirm: “I'll cancel order {order.number}. OK?”": (
        "Confirm: “I'll cancel order {order.number}. OK?”"
    ),
    'Get the customer\'s confirmation: "Shall I refund {order.total}?"': (
        "Confirm: “Shall I refund {order.total}?”"
    ),
    "Confirm that they want to cancel order {order.number}.": (
        "Confirm: “You want to cancel order {order.number}. Is that right?”"
    ),
}
"""`!`: an error, and never a guess."""
