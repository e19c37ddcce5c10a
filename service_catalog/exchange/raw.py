"""One record of a foreign data set, taken apart field by field.

What has been taken is gone from the record, so what is left at the end is what had no place.
A field of an unexpected kind is not taken: it is left, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional, Union

from service_catalog.exchange.leaves import dotted, leaves

# Links between records and their own ids: ours are made anew.
_LINKS = ("id", "link_id")


class Raw:
    """A JSON object whose fields can be taken out. Changes the object it is given."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.record = record
        self.id = str(record.get("id") or "")

    def text(self, key: str) -> Optional[str]:
        """Take a text that is not empty."""
        value = self.record.get(key)
        if not isinstance(value, str) or not value.strip():
            return None
        del self.record[key]
        return value.strip()

    def whole_number(self, key: str) -> Optional[int]:
        """Take a number without a fraction."""
        value = self.record.get(key)
        whole = isinstance(value, (int, float)) and not isinstance(value, bool) and value % 1 == 0
        return int(self.record.pop(key)) if whole else None

    def value(self, key: str) -> Optional[Union[str, int]]:
        """Take a text or a whole number."""
        found = self.text(key)
        return self.whole_number(key) if found is None else found

    def one(self, key: str) -> Optional[Raw]:
        """Return the object in a field, or None."""
        value = self.record.get(key)
        return Raw(value) if isinstance(value, dict) and value else None

    def many(self, key: str) -> list[Raw]:
        """Return the objects of a list."""
        value = self.record.get(key)
        return (
            [Raw(one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        )

    def take(self, key: str) -> Any:
        """Take a field, whatever it holds."""
        return self.record.pop(key, None)

    def left(self) -> Iterator[tuple[str, str]]:
        """Yield (field, value) for all that was not taken, without links and empty fields."""
        for where, value in leaves(self.record):
            last = str(where[-1]) if where else ""
            if value in (None, "", {}, []) or last in _LINKS or last.endswith("_id"):
                continue
            yield dotted(where), " ".join(str(value).split())
