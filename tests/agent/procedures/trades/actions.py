"""The actions of eight made-up backends."""

from agent.action import ActionSpec, Effect, Parameter, ValueType
from agent.identity import IdentityLevel

P, V = Parameter, ValueType
WHO = P("customer_id", bound="identity.customer_id")
SURE = IdentityLevel.VERIFIED


def _read(
    name: str, result: str, *outputs: Parameter, takes: tuple[Parameter, ...] = ()
) -> ActionSpec:
    return ActionSpec(name, inputs=(WHO, *takes), outputs=outputs, result=result, identity=SURE)


def _write(
    name: str, result: str, effect: Effect, *outputs: Parameter, takes: tuple[Parameter, ...] = ()
) -> ActionSpec:
    return ActionSpec(
        name,
        inputs=(WHO, *takes),
        outputs=outputs,
        result=result,
        effect=effect,
        identity=SURE,
        confirm=True,
    )


SPECS = {
    spec.name: spec
    for spec in (
        # telecom
        _read(
            "get_line_status",
            "line",
            P("state", V.CHOICE, choices=("up", "down", "degraded")),
            P("outage", V.BOOLEAN),
            P("outage_until", V.DATE, required=False),
            P("last_sync_at", V.DATE),
        ),
        _write(
            "book_technician", "visit", Effect.CHANGE, P("date", V.DATE), takes=(P("day", V.DATE),)
        ),
        # bank
        _read(
            "find_card",
            "card",
            P("last4"),
            P("status", V.CHOICE, choices=("active", "blocked", "expired")),
            P("holder"),
            takes=(P("last_four"),),
        ),
        _write("block_card", "block", Effect.DELETE, P("reference"), takes=(P("last_four"),)),
        _write(
            "order_replacement",
            "replacement",
            Effect.MONEY,
            P("arrives_on", V.DATE),
            takes=(P("last_four"), P("fee", V.MONEY)),
        ),
        # airline
        _read(
            "get_booking",
            "booking",
            P("reference"),
            P("fare", V.CHOICE, choices=("light", "classic", "flex")),
            P("departs_at", V.DATE),
            P("checked_in", V.BOOLEAN),
            P("passengers", V.INTEGER),
            P("flight", V.OBJECT, fields=(P("number"), P("from"), P("to"))),
            takes=(P("reference"), P("surname")),
        ),
        _read(
            "quote_change",
            "quote",
            P("fee", V.MONEY),
            P("flight_number"),
            takes=(P("reference"), P("new_date", V.DATE)),
        ),
        _write(
            "change_flight",
            "change",
            Effect.MONEY,
            P("flight_number"),
            takes=(P("reference"), P("new_date", V.DATE), P("fee", V.MONEY)),
        ),
        # software
        _read(
            "get_workspace",
            "workspace",
            P("plan"),
            P("seats", V.INTEGER),
            P("seats_used", V.INTEGER),
            P("price_per_seat", V.MONEY),
            P("owner_email", V.EMAIL),
            P("invoice_overdue", V.BOOLEAN),
        ),
        _write(
            "add_seats",
            "purchase",
            Effect.MONEY,
            P("total", V.MONEY),
            takes=(P("count", V.INTEGER),),
        ),
        # clinic
        _read(
            "find_appointment",
            "appointment",
            P("id"),
            P("starts_at", V.DATE),
            P("doctor"),
            P("type", V.CHOICE, choices=("check-up", "surgery", "vaccination")),
        ),
        _read(
            "free_slots", "slots", P("items", V.LIST), P("first", V.DATE), takes=(P("day", V.DATE),)
        ),
        _write(
            "move_appointment",
            "move",
            Effect.CHANGE,
            P("starts_at", V.DATE),
            takes=(P("appointment_id"), P("day", V.DATE)),
        ),
        # insurer
        _read(
            "get_claim",
            "claim",
            P("number"),
            P("state", V.CHOICE, choices=("received", "in review", "approved", "rejected", "paid")),
            P("amount", V.MONEY),
            P("paid_on", V.DATE, required=False),
            P("missing_documents", V.LIST),
            takes=(P("claim_number"),),
        ),
        # hotel
        _read(
            "get_stay",
            "stay",
            P("room"),
            P("checkout_on", V.DATE),
            P("tier", V.CHOICE, choices=("standard", "silver", "gold")),
            P("late_checkout_available", V.BOOLEAN),
            P("late_checkout_price", V.MONEY),
            takes=(P("booking_code"),),
        ),
        _write(
            "add_late_checkout",
            "extra",
            Effect.MONEY,
            P("until"),
            takes=(P("booking_code"), P("price", V.MONEY)),
        ),
        # energy
        _read(
            "last_reading",
            "meter",
            P("number"),
            P("reading", V.NUMBER),
            P("read_at", V.DATE),
        ),
        _write(
            "submit_reading",
            "submission",
            Effect.CHANGE,
            P("usage", V.NUMBER),
            takes=(P("reading", V.NUMBER),),
        ),
    )
}
