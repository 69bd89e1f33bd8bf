"""Brings what waits in the outbox to people, until it is there."""

import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from agent.outbox.delivery import Delivery, Undelivered, Way
from agent.outbox.queue import Queue
from agent.outbox.ways import open_ways
from kb.settings import OutboxSettings
from kb.store.database import Database

_log = logging.getLogger("wellkept.outbox")

# The first wait after a failure doubles up to the longest.
FIRST_WAIT_S, LONGEST_WAIT_S = 15.0, 3600.0
# A delivery takes a few requests; after this many time-outs its bearer is taken for dead.
_REQUESTS = 6
_LEAST_LEASE_S = 60.0
# Even what waited for days because no server ran is tried so often.
_LEAST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the outbox came to."""

    delivered: int = 0
    postponed: int = 0
    given_up: int = 0


class Courier:
    """Delivers at least once, in the order of each case. Several may work on one database.
    Raises `ConfigError` as `open_ways` does."""

    def __init__(
        self,
        database: Database,
        settings: OutboxSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        ways: Mapping[str, Way] | None = None,
    ) -> None:
        self.queue = Queue(database)
        self._ways = open_ways(settings) if ways is None else ways
        self._lease_s = max(_LEAST_LEASE_S, settings.timeout_s * _REQUESTS)
        self._longest = timedelta(hours=settings.max_hours)
        self._now = now

    @property
    def has_ways(self) -> bool:
        return bool(self._ways)

    def deliver(self, stopped: Callable[[], bool] = lambda: False) -> Round:
        """Tries everything that is due, once, or until it is `stopped`. Raises `Transient` when
        the database can't be read."""
        counts = {"delivered": 0, "postponed": 0, "given_up": 0}
        while not stopped():
            found = self.queue.claim(list(self._ways), self._now(), self._lease_s)
            if found is None:
                break
            counts[self._bring(found)] += 1
        return Round(**counts)

    def _bring(self, delivery: Delivery) -> str:
        try:
            receipt = self._ways[delivery.way].send(delivery)
        except Undelivered as error:
            return self._put_off(delivery, str(error), error.wait_s)
        except Exception as error:  # noqa: BLE001 whatever it is, the case is not lost by it
            _log.exception("a delivery by %s failed", delivery.way)
            return self._put_off(delivery, type(error).__name__, 0.0)
        self.queue.delivered(delivery, self._now(), receipt)
        return "delivered"

    def _put_off(self, delivery: Delivery, error: str, asked_s: float) -> str:
        until = self._now() + timedelta(seconds=max(asked_s, _wait_s(delivery.attempts)))
        late = until > delivery.created_at + self._longest
        if late and delivery.attempts >= _LEAST_TRIES:
            self.queue.given_up(delivery, self._now(), error)
            _log.error("case %s was not delivered: %s", delivery.handoff_id, error)
            return "given_up"
        self.queue.postponed(delivery, until, error)
        _log.warning("case %s is tried again at %s: %s", delivery.handoff_id, until, error)
        return "postponed"


def _wait_s(attempts: int) -> float:
    """Twice as long after every failure, and not in step with others."""
    return min(FIRST_WAIT_S * 2.0 ** min(attempts - 1, 16), LONGEST_WAIT_S) * random.uniform(
        0.8, 1.2
    )
