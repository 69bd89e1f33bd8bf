"""The tables. Every row has a text `id`; money is decimal text, times are ISO 8601 in UTC."""

TABLES = {
    "customers": "id TEXT PRIMARY KEY, name TEXT, email TEXT, locale TEXT",
    "orders": "id TEXT PRIMARY KEY, customer_id TEXT, email TEXT, region TEXT, status TEXT, "
    "placed_at TEXT, shipped_at TEXT, delivered_at TEXT, carrier TEXT, tracking TEXT, "
    "currency TEXT, goods TEXT, shipping TEXT, total TEXT, payment_method TEXT",
    "items": "id TEXT PRIMARY KEY, order_id TEXT, name TEXT, quantity INTEGER, price TEXT, "
    "engraved INTEGER",
    "addresses": "id TEXT PRIMARY KEY, name TEXT, street TEXT, city TEXT, postal_code TEXT, "
    "country TEXT",
    "refunds": "id TEXT PRIMARY KEY, order_id TEXT, customer_id TEXT, amount TEXT, "
    "currency TEXT, reason TEXT, status TEXT, created_at TEXT, key TEXT",
    "subscriptions": "id TEXT PRIMARY KEY, customer_id TEXT, plan TEXT, period TEXT, "
    "bought TEXT, status TEXT, price TEXT, currency TEXT, paid_at TEXT, renews_at TEXT, "
    "ends_at TEXT, paused_until TEXT, discount_percent INTEGER, offered_at TEXT",
    "security": "id TEXT PRIMARY KEY, two_step TEXT, recovery_codes INTEGER, email_changed_at TEXT",
    "codes": "id TEXT PRIMARY KEY, email TEXT, code TEXT, sent_at TEXT, expires_at TEXT, "
    "used INTEGER, tries INTEGER",
    "changes": "id TEXT PRIMARY KEY, customer_id TEXT, kind TEXT, subject TEXT, status TEXT, "
    "until TEXT, note TEXT, created_at TEXT, key TEXT",
}
BOOKKEEPING = {
    "kept": "id TEXT PRIMARY KEY, operation TEXT, request TEXT, answer TEXT",
}
