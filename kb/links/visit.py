"""Visits to hosts: their addresses are checked first, and they are not pressed."""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from ipaddress import ip_address
from time import monotonic

import httpx

from kb.addresses import Address
from kb.findings import Reach
from kb.links.addresses import Allow, NoSuchName, Resolve
from kb.settings import LinksSettings

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_BUSY = frozenset({429, 503})
_LONGEST_WAIT_S = 20.0
"""A host that asks to wait longer is left alone for this run."""
_SECOND_LOOK_S = 1.0
_MOST_ADDRESSES = 3
_CONTROL = "example.com"
"""A name that is always there (RFC 2606); it is looked up and never asked."""


class Failed(Exception):
    """A url that gave no answer; `str` is for people."""

    def __init__(self, reach: Reach, reason: str) -> None:
        super().__init__(reason)
        self.reach = reach


@dataclass(frozen=True, slots=True)
class Answer:
    """A host's answer: where it redirects to, and how long it asks to wait, if it does."""

    status: int
    location: str | None = None
    wait_s: float | None = None

    @property
    def is_permanent(self) -> bool:
        return self.status in _PERMANENT

    @property
    def is_busy(self) -> bool:
        return self.status in _BUSY


class Visitor:
    """Asks hosts, each at most `per_host` times a second, and `concurrency` of them at once.

    Every address of a name must be allowed, and the connection goes to an address that was
    checked, so that a name that changes its mind gains nothing. Neither cookies nor credentials
    are sent, proxies and the rest of the environment are not heeded, and no body is read.
    """

    def __init__(self, settings: LinksSettings, allow: Allow, resolve: Resolve) -> None:
        self._settings = settings
        self._allow = allow
        self._resolve = resolve
        self._room = asyncio.Semaphore(settings.concurrency)
        self._next_turn: dict[str, float] = {}
        self._names: dict[str, asyncio.Task[list[Address]]] = {}
        self._control: asyncio.Task[bool] | None = None
        self._client = httpx.AsyncClient(
            headers={"User-Agent": f"Wellkept/{version('wellkept')} (link check)"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=settings.timeout_s,
            trust_env=False,
            # A connection belongs to one name; the pool tells them apart by address alone.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def close(self) -> None:
        for task in self._names.values():
            task.cancel()
        await self._client.aclose()

    async def ask(self, url: str) -> Answer:
        """HEAD, and GET where HEAD is refused or a page is missing by it. Raises `Failed`."""
        target = _parsed(url)
        addresses = await self._checked(target)
        answer = await self._request("HEAD", target, addresses)
        if answer.is_busy and answer.wait_s is not None and answer.wait_s <= _LONGEST_WAIT_S:
            await asyncio.sleep(answer.wait_s)
            return await self._request("GET", target, addresses)
        if answer.status < httpx.codes.BAD_REQUEST or answer.is_busy:
            return answer
        return await self._request("GET", target, addresses)

    async def _checked(self, url: httpx.URL) -> list[Address]:
        name = url.raw_host.decode("ascii")
        if name not in self._names:
            self._names[name] = asyncio.create_task(self._look_up(name))
        addresses = await self._names[name]
        if not all(map(self._allow, addresses)):
            raise Failed(Reach.REFUSED, f"{url.host} is an address of a private network")
        return addresses[:_MOST_ADDRESSES]

    async def _look_up(self, name: str) -> list[Address]:
        """Raises `Failed`; a name is gone when it is unknown twice and others are known."""
        try:
            return [ip_address(name)]
        except ValueError:
            pass
        try:
            try:
                return await self._resolve(name)
            except NoSuchName:
                await asyncio.sleep(_SECOND_LOOK_S)
                return await self._resolve(name)
        except NoSuchName:
            if await self._knows_the_internet():
                raise Failed(Reach.GONE, f"there is no host {name}") from None
            raise Failed(Reach.FAILED, f"{name} is not known on this network") from None
        except (OSError, UnicodeError) as error:
            raise Failed(Reach.FAILED, f"{name} could not be looked up: {error}") from None

    async def _knows_the_internet(self) -> bool:
        """Whether names are known at all: behind a firewall none or a few are."""
        if self._control is None:
            self._control = asyncio.create_task(self._resolves(_CONTROL))
        return await self._control

    async def _resolves(self, name: str) -> bool:
        try:
            return bool(await self._resolve(name))
        except (NoSuchName, OSError):
            return False

    async def _request(self, method: str, url: httpx.URL, addresses: list[Address]) -> Answer:
        failure = Failed(Reach.FAILED, f"{url.host} has no address")
        for address in addresses:
            await self._turn(url.host)
            async with self._room:
                self._take(url.host)
                try:
                    async with asyncio.timeout(self._settings.timeout_s):
                        return await self._send(method, url, address)
                except Failed as error:
                    failure = error
                except TimeoutError:
                    failure = _timed_out(url)
        raise failure

    async def _send(self, method: str, url: httpx.URL, address: Address) -> Answer:
        request = self._client.build_request(
            method,
            url.copy_with(host=str(address), username=None, password=None, fragment=None),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        try:
            response = await self._client.send(request, stream=True, follow_redirects=False)
        except httpx.TimeoutException:
            raise _timed_out(url) from None
        except (httpx.HTTPError, ssl.SSLError) as error:
            raise Failed(Reach.FAILED, f"{url.host}: {error}") from None
        await response.aclose()
        location = response.headers.get("Location")
        return Answer(
            response.status_code,
            location if response.status_code in REDIRECTS else None,
            _wait_s(response.headers.get("Retry-After")),
        )

    async def _turn(self, host: str) -> None:
        """Waits until the host may be asked again, and takes the turn."""
        while (left := self._next_turn.get(host, 0.0) - monotonic()) > 0:
            await asyncio.sleep(left)
        self._take(host)

    def _take(self, host: str) -> None:
        """The next turn is counted from now: who was late must not be followed at once."""
        self._next_turn[host] = monotonic() + 1 / self._settings.per_host


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Failed(Reach.FAILED, f"not an address: {error}") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise Failed(Reach.REFUSED, "only http and https addresses are tried")
    return parsed


def _timed_out(url: httpx.URL) -> Failed:
    return Failed(Reach.TIMEOUT, f"{url.host} did not answer in time")


def _wait_s(header: str | None) -> float | None:
    """Seconds; the header holds them or a date. None when it says neither."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
