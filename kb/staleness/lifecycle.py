"""When well-known platforms stopped getting security fixes, by their makers' own calendars.

Sources: learn.microsoft.com/lifecycle, ubuntu.com/about/release-cycle (standard support),
debian.org/releases (long-term support), centos.org, php.net/eol.php, devguide.python.org/versions,
nodejs.org/en/about/previous-releases, ruby-lang.org/en/downloads/branches,
postgresql.org/support/versioning, mysql.com/support/eol-notice, dotnet.microsoft.com/platform/
support/policy. Only what had ended, or its end was announced, when this was written.
"""

from datetime import date

ENDS: dict[str, dict[str, date]] = {
    "windows": {
        "xp": date(2014, 4, 8),
        "vista": date(2017, 4, 11),
        "7": date(2020, 1, 14),
        "8": date(2016, 1, 12),
        "8.1": date(2023, 1, 10),
    },
    "windows server": {"2008": date(2020, 1, 14), "2012": date(2023, 10, 10)},
    "internet explorer": {str(v): date(2022, 6, 15) for v in range(6, 12)},
    "ubuntu": {
        "14.04": date(2019, 4, 30),
        "16.04": date(2021, 4, 30),
        "18.04": date(2023, 5, 31),
        "20.04": date(2025, 5, 31),
    },
    "debian": {
        "8": date(2020, 6, 30),
        "9": date(2022, 6, 30),
        "10": date(2024, 6, 30),
        "11": date(2026, 8, 31),
    },
    "centos": {"6": date(2020, 11, 30), "7": date(2024, 6, 30), "8": date(2021, 12, 31)},
    "php": {
        "5": date(2018, 12, 31),
        "7.0": date(2019, 1, 10),
        "7.1": date(2019, 12, 1),
        "7.2": date(2020, 11, 30),
        "7.3": date(2021, 12, 6),
        "7.4": date(2022, 11, 28),
        "8.0": date(2023, 11, 26),
        "8.1": date(2025, 12, 31),
    },
    "python": {
        "2": date(2020, 1, 1),
        "3.5": date(2020, 9, 30),
        "3.6": date(2021, 12, 23),
        "3.7": date(2023, 6, 27),
        "3.8": date(2024, 10, 7),
        "3.9": date(2025, 10, 31),
    },
    "node": {
        "8": date(2019, 12, 31),
        "10": date(2021, 4, 30),
        "12": date(2022, 4, 30),
        "14": date(2023, 4, 30),
        "16": date(2023, 9, 11),
        "18": date(2025, 4, 30),
        "20": date(2026, 4, 30),
    },
    "ruby": {
        "2": date(2023, 3, 31),
        "3.0": date(2024, 4, 23),
        "3.1": date(2025, 3, 26),
        "3.2": date(2026, 3, 31),
    },
    "postgresql": {
        "9": date(2021, 11, 11),
        "10": date(2022, 11, 10),
        "11": date(2023, 11, 9),
        "12": date(2024, 11, 21),
        "13": date(2025, 11, 13),
    },
    "mysql": {
        "5.6": date(2021, 2, 5),
        "5.7": date(2023, 10, 31),
        "8.0": date(2026, 4, 30),
    },
    ".net core": {"2": date(2021, 8, 21), "3": date(2022, 12, 13)},
}
ALIASES = {
    "node.js": "node",
    "nodejs": "node",
    "postgres": "postgresql",
    "ie": "internet explorer",
    "windows server": "windows server",
}


def ended(product: str, version: str) -> date | None:
    """The last day of support; None for what is unknown. `3.6.2` falls under `3.6`, then `3`."""
    name = product.casefold()
    ends = ENDS.get(ALIASES.get(name, name), {})
    parts = version.casefold().removesuffix(".x").split(".")
    for length in range(len(parts), 0, -1):
        day = ends.get(".".join(parts[:length]))
        if day:
            return day
    return None
