from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from kb.addresses import Address
from kb.cache import FileCache
from kb.findings import Reach
from kb.links.probe import HttpProbe
from kb.settings import LinksSettings
from tests.kb.links.servers import Names, Page, Site, serving

PAGES = {
    "/ok": Page(),
    "/gone": Page(410),
    "/secret": Page(403),
    "/login": Page(401),
    "/broken": Page(500),
    "/no-head": Page(head=405),
    "/head-404": Page(head=404),
    "/moved": Page(301, {"Location": "/moved-again"}),
    "/moved-again": Page(308, {"Location": "/ok"}),
    "/for-now": Page(302, {"Location": "/ok"}),
    "/to-gone": Page(301, {"Location": "/nowhere"}),
    "/loop": Page(302, {"Location": "/loop"}),
    "/to-file": Page(302, {"Location": "file:///etc/passwd"}),
    "/to-nonsense": Page(302, {"Location": "http://[half"}),
    "/cookie": Page(302, {"Location": "/ok", "Set-Cookie": "a=b"}),
    "/slow": Page(delay_s=0.6),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(PAGES) as running:
        yield running


def anywhere(address: Address) -> bool:
    return True


def probe(cache: FileCache | None = None, **settings: Any) -> HttpProbe:
    values = {"per_host": 1000, "timeout_s": 0.3, **settings}
    return HttpProbe(LinksSettings(**values), cache, allow=anywhere)


@pytest.mark.parametrize(
    ("path", "reach", "status"),
    [
        ("/ok", Reach.OK, 200),
        ("/ok#part", Reach.OK, 200),
        ("/nowhere", Reach.GONE, 404),
        ("/gone", Reach.GONE, 410),
        ("/secret", Reach.FORBIDDEN, 403),
        ("/login", Reach.FORBIDDEN, 401),
        ("/broken", Reach.FAILED, 500),
        ("/no-head", Reach.OK, 200),
        ("/head-404", Reach.OK, 200),
        ("/moved", Reach.OK, 200),
        ("/to-gone", Reach.GONE, 404),
        ("/loop", Reach.FAILED, None),
        ("/to-file", Reach.REFUSED, None),
        ("/to-nonsense", Reach.FAILED, None),
        ("/slow", Reach.TIMEOUT, None),
    ],
)
def test_what_comes_of_a_link(site: Site, path: str, reach: Reach, status: int | None) -> None:
    url = site.url(path)
    found = probe()([url])[url]
    assert (found.url, found.reach, found.status) == (url, reach, status)
    assert found.reason


def test_a_page_that_answers_head_is_not_fetched(site: Site) -> None:
    probe()([site.url("/ok"), site.url("/ok#a"), site.url("/ok#b")])
    assert site.asked() == [("HEAD", "/ok")]


def test_a_permanent_redirect_tells_where_a_page_has_moved(site: Site) -> None:
    urls = [site.url("/moved"), site.url("/for-now")]
    moved, lent = map(probe()(urls).get, urls)
    assert moved is not None
    assert moved.moved_to == site.url("/ok")
    assert lent is not None
    assert lent.moved_to is None


def test_this_machine_and_private_networks_are_not_asked_by_default(site: Site) -> None:
    settings = LinksSettings(per_host=1000)
    names = Names(inner_help_com=["10.0.0.7"], mixed_help_com=["127.0.0.1"])
    urls = [
        site.url("/ok"),
        site.url("/ok", "localhost"),
        site.url("/ok", "[::1]"),
        site.url("/ok", "[::ffff:127.0.0.1]"),
        "http://169.254.169.254/latest/meta-data",
        site.url("/ok", "mixed.help.com"),
        "http://inner.help.com/",
    ]
    real = HttpProbe(settings)(urls[:5])
    named = HttpProbe(settings, resolve=names)(urls[5:])
    assert {item.reach for item in (real | named).values()} == {Reach.REFUSED}
    assert site.requests == []


def test_a_redirect_to_a_private_network_is_not_followed(site: Site) -> None:
    site.pages["/inwards"] = Page(302, {"Location": site.url("/ok", "inner.help.com")})
    names = Names(help_com=["127.0.0.1"], inner_help_com=["127.0.0.2"])

    def allow(address: Address) -> bool:
        return address == ip_address("127.0.0.1")

    url = site.url("/inwards", "help.com")
    found = HttpProbe(LinksSettings(per_host=1000), None, allow, names)([url])[url]
    assert found.reach is Reach.REFUSED
    assert site.asked() == [("HEAD", "/inwards")]


def test_a_name_that_changes_its_mind_is_asked_at_the_address_that_was_checked(site: Site) -> None:
    names = Names(help_com=["127.0.0.1", "127.0.0.9"])
    urls = [site.url("/no-head", "help.com"), site.url("/ok", "help.com")]
    found = HttpProbe(LinksSettings(per_host=1000), None, anywhere, names)(urls)
    assert {item.reach for item in found.values()} == {Reach.OK}
    assert names.asked == ["help.com"]
    assert {item.headers["Host"] for item in site.requests} == {f"help.com:{site.port}"}


def test_a_name_that_is_unknown_twice_is_gone() -> None:
    names = Names(example_com=["93.184.216.34"])
    found = HttpProbe(LinksSettings(), resolve=names)(["https://lost.help.com/a"])
    assert found["https://lost.help.com/a"].reach is Reach.GONE
    assert names.asked == [*["lost.help.com"] * 2, "example.com"]


def test_where_no_name_is_known_no_name_is_gone() -> None:
    found = HttpProbe(LinksSettings(), resolve=Names())(["https://help.com/a", "https://b.com/"])
    assert {item.reach for item in found.values()} == {Reach.FAILED}


def test_a_name_that_cannot_be_looked_up_is_not_gone() -> None:
    async def fail(name: str) -> list[Address]:
        raise OSError("no name server")

    found = HttpProbe(LinksSettings(), resolve=fail)(["https://help.com/a"])
    assert found["https://help.com/a"].reach is Reach.FAILED


def test_neither_credentials_nor_cookies_are_sent(site: Site) -> None:
    probe()([f"http://ann:secret@127.0.0.1:{site.port}/cookie"])
    names = {name.lower() for item in site.requests for name in item.headers}
    assert site.asked() == [("HEAD", "/cookie"), ("HEAD", "/ok")]
    assert not names & {"authorization", "cookie", "referer"}
    assert all(item.headers["User-Agent"].startswith("Wellkept/") for item in site.requests)


def test_a_host_is_asked_no_faster_than_it_may_be(site: Site) -> None:
    for number in range(4):
        site.pages[f"/{number}"] = Page()
    started = monotonic()
    probe(per_host=10)([site.url(f"/{number}") for number in range(4)])
    assert len(site.requests) == 4
    assert all(item.at - started >= turn / 10 for turn, item in enumerate(site.requests))


def test_a_host_that_waited_for_room_is_not_pressed_to_catch_up(site: Site) -> None:
    names = Names(a_com=["127.0.0.1"], b_com=["127.0.0.1"])
    site.pages["/held"] = Page(delay_s=0.25)
    urls = [site.url("/held", "a.com"), site.url("/ok", "b.com"), site.url("/no-head", "b.com")]
    HttpProbe(LinksSettings(per_host=10, concurrency=1), None, anywhere, names)(urls)
    held, *others = site.requests
    assert [item.path for item in (held, *others[:2])] == ["/held", "/no-head", "/no-head"]
    assert others[1].at - held.at >= 0.25 + 0.1


def test_hosts_are_asked_at_once(site: Site) -> None:
    names = Names(**{f"host{number}_com": ["127.0.0.1"] for number in range(6)})
    urls = [site.url("/slow", f"host{number}.com") for number in range(6)]
    settings = LinksSettings(per_host=1000, concurrency=6)
    started = monotonic()
    found = HttpProbe(settings, None, anywhere, names)(urls)
    assert {item.reach for item in found.values()} == {Reach.OK}
    assert monotonic() - started < 2.5


def test_a_host_that_does_not_answer_is_given_up(site: Site) -> None:
    for number in range(8):
        site.pages[f"/{number}"] = Page(delay_s=0.3)
    found = probe(timeout_s=0.05)([site.url(f"/{number}") for number in range(8)])
    assert {item.reach for item in found.values()} == {Reach.TIMEOUT}
    assert len(site.requests) == 3


def test_a_busy_host_is_asked_again_when_it_says(site: Site) -> None:
    site.pages["/busy"] = Page(head=429, headers={"Retry-After": "1"})
    started = monotonic()
    found = probe()([site.url("/busy")])[site.url("/busy")]
    assert (found.reach, site.asked()) == (Reach.OK, [("HEAD", "/busy"), ("GET", "/busy")])
    assert monotonic() - started >= 1


def test_a_host_that_wants_a_long_wait_is_left_alone(site: Site) -> None:
    site.pages["/a"] = site.pages["/b"] = Page(429, {"Retry-After": "3600"})
    found = probe()([site.url("/a"), site.url("/b")])
    assert {item.reach for item in found.values()} == {Reach.FORBIDDEN}
    assert len(site.requests) == 1


def test_answers_are_kept_for_as_long_as_is_set(site: Site, tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache.db")
    urls = [site.url("/ok"), site.url("/nowhere"), site.url("/broken")]
    first = probe(cache)(urls)
    asked = len(site.requests)
    assert probe(cache)(urls) == first
    assert {item.path for item in site.requests[asked:]} == {"/broken"}
    asked = len(site.requests)
    probe(cache, cache_days=0)(urls)
    assert {item.path for item in site.requests[asked:]} == {"/ok", "/nowhere", "/broken"}


def test_a_page_stays_gone_until_its_host_says_otherwise(site: Site, tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache.db")
    url = site.url("/nowhere")

    def found(days: int) -> Reach:
        later = datetime.now(UTC) + timedelta(days=days)
        settings = LinksSettings(per_host=1000)
        return HttpProbe(settings, cache, anywhere, clock=lambda: later)([url])[url].reach

    assert found(0) is Reach.GONE
    site.pages["/nowhere"] = Page(500)
    assert found(10) is Reach.GONE
    site.pages["/nowhere"] = Page(200)
    assert found(20) is Reach.OK


def test_progress_is_told(site: Site) -> None:
    told: list[tuple[int, int | None]] = []

    def progress(step: str, done: int, total: int | None) -> None:
        told.append((done, total))

    probe()([site.url("/ok"), site.url("/nowhere")], progress)
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("url", ["ftp://help.com/a", "http://", "http://[half", "https://a b.com"])
def test_what_is_no_web_address_raises_nothing(url: str) -> None:
    assert HttpProbe(LinksSettings(), resolve=Names())([url])[url].reach in (
        Reach.REFUSED,
        Reach.FAILED,
        Reach.GONE,
    )
