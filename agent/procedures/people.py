"""What operators call those they serve."""

_NAMES = (
    "customer",
    "user",
    "caller",
    "client",
    "guest",
    "patient",
    "passenger",
    "member",
    "person",
    "subscriber",
    "traveller",
    "traveler",
    "policyholder",
    "policy holder",
    "tenant",
    "student",
    "account holder",
    "cardholder",
    "card holder",
    "buyer",
    "shopper",
    "visitor",
    "employee",
    "resident",
    "driver",
    "applicant",
    "borrower",
)
NAMED = "(?:" + "|".join(_NAMES) + ")"
WHO = rf"(?:(?:the\s+|our\s+|your\s+|this\s+)?{NAMED}|them|him|her)"
"""After a verb: `tell them`."""
THEY = rf"(?:(?:the\s+|our\s+|this\s+)?{NAMED}|they|he|she)"
"""Before one: `they say`."""
WORDS = frozenset(word for name in _NAMES for word in (name, f"{name}s") if " " not in name)
