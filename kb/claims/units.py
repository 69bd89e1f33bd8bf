"""Units and number words: what a word after a number multiplies it by."""

from kb.claims.values import ValueKind

_DAY = 86_400.0

# Months and years are intervals: "one month" and "30 days" can both hold.
DURATIONS: dict[str, tuple[float, float]] = {
    "ms": (0.001, 0.001),
    "millisecond": (0.001, 0.001),
    "second": (1, 1),
    "sec": (1, 1),
    "s": (1, 1),
    "minute": (60, 60),
    "min": (60, 60),
    "hour": (3_600, 3_600),
    "hr": (3_600, 3_600),
    "h": (3_600, 3_600),
    "day": (_DAY, _DAY),
    "night": (_DAY, _DAY),
    "week": (7 * _DAY, 7 * _DAY),
    "fortnight": (14 * _DAY, 14 * _DAY),
    "month": (28 * _DAY, 31 * _DAY),
    "quarter": (90 * _DAY, 92 * _DAY),
    "year": (365 * _DAY, 366 * _DAY),
}

# Decimal and binary prefixes are meant alike in help centers (1 MB, 1,024 KB): see SIZE_SLACK.
SIZES = {
    "byte": 1.0,
    "kb": 1e3,
    "kib": 1e3,
    "kilobyte": 1e3,
    "mb": 1e6,
    "mib": 1e6,
    "megabyte": 1e6,
    "gb": 1e9,
    "gib": 1e9,
    "gigabyte": 1e9,
    "tb": 1e12,
    "tib": 1e12,
    "terabyte": 1e12,
}
SIZE_SLACK = 1.024

LENGTHS = {
    "mm": 0.001,
    "millimetre": 0.001,
    "millimeter": 0.001,
    "cm": 0.01,
    "centimetre": 0.01,
    "centimeter": 0.01,
    "m": 1.0,
    "metre": 1.0,
    "meter": 1.0,
    "km": 1_000.0,
    "kilometre": 1_000.0,
    "kilometer": 1_000.0,
    "inch": 0.0254,
    "inche": 0.0254,
    "ft": 0.3048,
    "feet": 0.3048,
    "foot": 0.3048,
    "mile": 1_609.344,
}

# Compared only within one unit.
MEASURES = {
    "°c": "celsius",
    "°f": "fahrenheit",
    "degree": "degree",
    "kg": "kilogram",
    "kilogram": "kilogram",
    "kilo": "kilogram",
    "g": "gram",
    "gram": "gram",
    "lb": "pound",
    "ghz": "gigahertz",
    "mhz": "megahertz",
    "hz": "hertz",
    "mah": "milliampere hour",
    "watt": "watt",
    "w": "watt",
    "volt": "volt",
    "v": "volt",
    "mbps": "mbps",
    "kbps": "kbps",
    "gbps": "gbps",
    "px": "pixel",
    "pixel": "pixel",
    "pt": "point",
    "dpi": "dpi",
    "fps": "fps",
    "litre": "litre",
    "liter": "litre",
    "ml": "millilitre",
}

CURRENCIES = {
    "$": "usd",
    "us$": "usd",
    "usd": "usd",
    "dollar": "usd",
    "€": "eur",
    "eur": "eur",
    "euro": "eur",
    "£": "gbp",
    "gbp": "gbp",
    "chf": "chf",
    "¥": "jpy",
    "jpy": "jpy",
    "yen": "jpy",
    "₹": "inr",
    "inr": "inr",
    "cad": "cad",
    "aud": "aud",
    "cent": "cent",
}

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

NUMBER_WORDS: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(_ONES)},
    **{word: float(n * 10) for n, word in enumerate(_TENS, start=2)},
    **{
        f"{ten}-{one}": float(t * 10 + o)
        for t, ten in enumerate(_TENS, start=2)
        for o, one in enumerate(_ONES[1:10], start=1)
    },
    "dozen": 12.0,
    "hundred": 100.0,
}

MULTIPLIERS = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mio": 1e6,
    "billion": 1e9,
    "dozen": 12.0,
}

PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})


def measure(word: str) -> tuple[ValueKind, str, float, float] | None:
    """Kind, base unit and the factors (low, high) of a unit word; None when it is no unit."""
    word = word.lower().rstrip(".")
    for form in (word, word.removesuffix("s")):
        if form in DURATIONS:
            return ValueKind.DURATION, "second", *DURATIONS[form]
        if form in SIZES:
            return ValueKind.SIZE, "byte", SIZES[form] / SIZE_SLACK, SIZES[form] * SIZE_SLACK
        if form in LENGTHS:
            return ValueKind.LENGTH, "metre", LENGTHS[form], LENGTHS[form]
        if form in MEASURES:
            return ValueKind.MEASURE, MEASURES[form], 1.0, 1.0
        if form in CURRENCIES:
            return ValueKind.MONEY, CURRENCIES[form], 1.0, 1.0
    if word in ("%", "percent", "per cent"):
        return ValueKind.PERCENT, "percent", 1.0, 1.0
    return None
