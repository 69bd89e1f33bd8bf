"""The customers, orders and plans that the shop begins with, in every state."""

from typing import Any

CURRENCY = {"us": "USD", "ca": "CAD", "eu": "EUR", "uk": "GBP"}
CARRIER = {"us": "UPS", "ca": "Canada Post", "eu": "DHL", "uk": "Royal Mail"}
PRICES = {
    "Sprout": {"us": "39.00", "ca": "52.00", "eu": "42.00", "uk": "36.00"},
    "Sprout Pro": {"us": "69.00", "ca": "92.00", "eu": "74.00", "uk": "63.00"},
    "Hub": {"us": "59.00", "ca": "79.00", "eu": "64.00", "uk": "55.00"},
    "Grower bundle": {"us": "239.00", "ca": "319.00", "eu": "257.00", "uk": "219.00"},
    "Engraved planter": {"us": "24.00", "ca": "32.00", "eu": "26.00", "uk": "22.00"},
    "Sprout, refurbished": {"us": "29.00", "ca": "39.00", "eu": "31.00", "uk": "27.00"},
}
SHIPPING = {"us": ("4.95", 75), "ca": ("9.95", 120), "eu": ("5.95", 80), "uk": ("5.50", 70)}

# id, name, e-mail, locale
CUSTOMERS = (
    ("c-1001", "Mia Brandt", "mia@post.example", "en-US"),
    ("c-1002", "Tom Okafor", "tom.okafor@post.example", "en-US"),
    ("c-1003", "Ana Ruiz", "ana.ruiz@correo.example", "es-ES"),
    ("c-1004", "Liam Hughes", "liam@hughes.example", "en-GB"),
    ("c-1005", "Chloe Tremblay", "chloe.t@courriel.example", "fr-CA"),
    ("c-1006", "Priya Nair", "office@greenwall.example", "en-US"),
    ("c-1007", "Jonas Weber", "jonas.weber@brief.example", "de-DE"),
    ("c-1008", "Sofia Rossi", "sofia@lettera.example", "it-IT"),
    ("c-1009", "Ben Carter", "ben.carter@post.example", "en-US"),
    ("c-1010", "Grace Kim", "grace.kim@post.example", "en-US"),
    ("c-1011", "Noah Silva", "noah.silva@post.example", "en-US"),
    ("c-1012", "Ella Novak", "ella@dopis.example", "en-US"),
)

# street, city, postal code, country
HOMES = {
    "c-1001": ("12 Elm Street", "Dayton, OH", "45402", "US"),
    "c-1002": ("880 Lake Drive", "Madison, WI", "53703", "US"),
    "c-1003": ("Calle Mayor 8", "Madrid", "28013", "ES"),
    "c-1004": ("4 Mill Lane", "Bristol", "BS1 4QA", "GB"),
    "c-1005": ("210 Rue Cartier", "Montréal, QC", "H2K 4E6", "CA"),
    "c-1006": ("1 Market Plaza", "San Francisco, CA", "94105", "US"),
    "c-1007": ("Lindenweg 3", "Bremen", "28195", "DE"),
    "c-1008": ("Via Roma 21", "Torino", "10121", "IT"),
    "c-1009": ("77 Pine Avenue", "Denver, CO", "80203", "US"),
    "c-1010": ("5 Harbor Street", "Portland, ME", "04101", "US"),
    "c-1011": ("340 Oak Road", "Austin, TX", "78701", "US"),
}

# number, customer, region, items, placed, shipped, delivered (hours ago), payment
ORDERS: tuple[tuple[Any, ...], ...] = (
    ("LH-48213", "c-1001", "us", {"Sprout Pro": 1, "Sprout": 1}, 310, 290, 190, "Visa card"),
    ("LH-48790", "c-1001", "us", {"Hub": 1}, 0.7, None, None, "Visa card"),
    ("LH-48301", "c-1002", "us", {"Sprout": 2}, 130, 76, None, "PayPal account"),
    ("LH-46020", "c-1002", "us", {"Hub": 1, "Sprout": 1}, 1240, 1200, 1080, "PayPal account"),
    ("LH-48155", "c-1003", "eu", {"Sprout": 1}, 480, 450, 290, "Mastercard"),
    ("LH-48477", "c-1003", "eu", {"Sprout Pro": 1, "Hub": 1}, 200, 180, 44, "Mastercard"),
    ("LH-48190", "c-1004", "uk", {"Sprout Pro": 1}, 400, 380, 260, "Visa card"),
    ("LH-48792", "c-1004", "uk", {"Sprout": 2}, 1.2, None, None, "Visa card"),
    ("LH-47410", "c-1005", "ca", {"Sprout": 2, "Hub": 1}, 700, 670, None, "American Express card"),
    ("LH-48440", "c-1005", "ca", {"Sprout": 1}, 230, 210, 60, "American Express card"),
    ("LH-48222", "c-1006", "us", {"Grower bundle": 2}, 320, 300, 200, "Visa card"),
    ("LH-48788", "c-1006", "us", {"Grower bundle": 1}, 1.5, None, None, "Visa card"),
    ("LH-48260", "c-1007", "eu", {"Engraved planter": 2}, 300, 280, 150, "PayPal account"),
    (
        "LH-48266",
        "c-1007",
        "eu",
        {"Engraved planter": 1, "Hub": 1},
        290,
        270,
        148,
        "PayPal account",
    ),
    ("LH-48110", "c-1008", "eu", {"Sprout": 2, "Hub": 1}, 560, 540, 400, "Mastercard"),
    ("LH-48005", "c-1009", "us", {"Sprout": 1}, 620, 600, 500, "Visa card"),
    ("LH-48350", "c-1009", "us", {"Sprout Pro": 1}, 170, None, None, "Visa card"),
    ("LH-48781", "c-1010", "us", {"Sprout": 3}, 5, None, None, "Visa card"),
    ("LH-48240", "c-1010", "us", {"Sprout": 1}, 300, 280, 170, "Visa card"),
    ("LH-48520", "c-1010", "us", {"Sprout Pro": 2}, 190, 170, 80, "Visa card"),
    ("LH-48600", "c-1011", "us", {"Sprout, refurbished": 2}, 160, 140, 30, "PayPal account"),
    ("LH-47990", "c-1011", "us", {"Sprout": 1}, 850, 830, 715, "PayPal account"),
    ("LH-48705", "c-1011", "us", {"Sprout Pro": 1}, 28, 6, None, "PayPal account"),
    ("LH-48793", "c-1011", "us", {"Sprout": 1}, 0.9, None, None, "PayPal account"),
    ("LH-48611", None, "us", {"Sprout": 1}, 150, 130, None, "Visa card"),
    ("LH-48795", None, "us", {"Hub": 1, "Sprout": 1}, 0.4, None, None, "PayPal account"),
)
CANCELLED = {"LH-48350"}
GUESTS = {
    "LH-48611": (
        "Rosa Lind",
        "rosa.lind@post.example",
        ("9 Birch Court", "Toledo, OH", "43604", "US"),
    ),
    "LH-48795": (
        "Ivan Petrov",
        "ivan@pisma.example",
        ("61 Cedar Lane", "Tampa, FL", "33602", "US"),
    ),
}

# id, order, amount, reason, status, hours ago
REFUNDS = (
    ("R-1", "LH-48110", "42.00", "faulty", "paid", 200),
    ("R-2", "LH-48005", "43.95", "faulty", "paid", 300),
    ("R-3", "LH-48240", "32.05", "unwanted", "awaiting return", 20),
)

# customer, plan, period, bought, status, price, currency, paid, renews, ends, paused until (days
# from now), discount, offered (days from now)
PLANS: tuple[tuple[Any, ...], ...] = (
    ("c-1001", "Plus", "monthly", "web", "active", "4.99", "USD", -11, 19, None, None, 0, None),
    ("c-1002", "Plus", "yearly", "web", "active", "49.00", "USD", -5, 360, None, None, 0, None),
    ("c-1003", "Plus", "yearly", "web", "active", "54.00", "EUR", -100, 265, None, None, 0, None),
    (
        "c-1004",
        "Plus",
        "monthly",
        "app_store",
        "active",
        "5.49",
        "GBP",
        -3,
        27,
        None,
        None,
        0,
        None,
    ),
    (
        "c-1005",
        "Plus",
        "yearly",
        "google_play",
        "active",
        "67.00",
        "CAD",
        -40,
        325,
        None,
        None,
        0,
        None,
    ),
    ("c-1006", "Studio", "monthly", "web", "active", "29.00", "USD", -20, 10, None, None, 0, None),
    ("c-1007", "Free", "none", "web", "active", "0.00", "EUR", None, None, None, None, 0, None),
    ("c-1008", "Plus", "monthly", "web", "paused", "5.49", "EUR", -50, 40, None, 40, 0, None),
    ("c-1009", "Plus", "monthly", "web", "cancelled", "4.99", "USD", -18, None, 12, None, 0, None),
    ("c-1010", "Plus", "monthly", "web", "active", "4.99", "USD", -8, 22, None, None, 0, -95),
    ("c-1011", "Free", "none", "web", "active", "0.00", "USD", None, None, None, None, 0, None),
    ("c-1012", "Studio", "yearly", "web", "active", "290.00", "USD", -13, 352, None, None, 0, None),
)

# customer, second step, recovery codes left, e-mail address changed (days ago)
SECURITY = (
    ("c-1001", "authenticator app", 8, None),
    ("c-1004", "text message", 2, None),
    ("c-1006", "passkey", 8, None),
    ("c-1011", "authenticator app", 0, 3),
)
