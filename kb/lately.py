"""What was made lately, kept in memory."""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lately(Generic[Item]):
    """Keeps at most `most` items by their key, those used last. Safe for many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._lock = Lock()

    def get(self, keys: Collection[str]) -> dict[str, Item]:
        """Those of `keys` that are kept."""
        with self._lock:
            found = {key: self._items[key] for key in keys if key in self._items}
            for key in found:
                self._items.move_to_end(key)
        return found

    def put(self, items: Mapping[str, Item]) -> None:
        with self._lock:
            for key, item in items.items():
                self._items[key] = item
                self._items.move_to_end(key)
            while len(self._items) > self._most:
                self._items.popitem(last=False)
