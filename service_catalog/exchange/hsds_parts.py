"""Reading the organizations and locations of HSDS, which many services point to."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from service_catalog.exchange.hsds import LOCATION, ORGANIZATION, Homes, is_own, own_leaves
from service_catalog.exchange.imported import Imported, new_id
from service_catalog.exchange.leaves import Leaf, tree
from service_catalog.exchange.raw import Raw


def take_own(raw: Raw) -> list[Leaf]:
    """Take the values out of a record that a catalog once put into its attributes."""
    given = raw.record.get("attributes")
    found = list(own_leaves(given))
    if isinstance(given, list):
        raw.record["attributes"] = [one for one in given if not is_own(one)]
    return found


def take_homes(raw: Raw, homes: Homes, own: bool) -> list[Leaf]:
    """Take what HSDS has a place for: exactly as it stands when it is our `own`."""
    found = (
        (where, raw.take(key) if own and key in raw.record else raw.value(key))
        for where, key in homes.items()
    )
    return [(where, value) for where, value in found if value is not None]


class Parts:
    """The organizations, or the locations, met so far; each is taken over once."""

    def __init__(self, imported: Imported, kind: str, homes: Homes) -> None:
        self._imported, self._kind, self._homes = imported, kind, homes
        self._ids: dict[str, str] = {}
        self._first: dict[str, dict[str, Any]] = {}
        self.data: list[dict[str, Any]] = []

    def add(self, raw: Raw) -> str:
        """Take a record over; return the id that it has in the catalog."""
        first = deepcopy(raw.record)
        if raw.id in self._ids:
            if first != self._first[raw.id]:
                message = "stands there more than once, not always the same; the first was taken"
                self._imported.told.append(f"{self._kind}[{self._ids[raw.id]}]: {message}")
            raw.record.clear()
            return self._ids[raw.id]
        found = take_own(raw)
        own = any(where == ("id",) for where, _ in found)
        found += take_homes(raw, self._homes, own)
        found += (
            (_address(raw, own) + _accessibility(raw, own)) if self._kind == "locations" else []
        )
        return self._keep(raw, tree(found), first)

    def _keep(self, raw: Raw, data: dict[str, Any], first: dict[str, Any]) -> str:
        where = (self._kind, len(self.data))
        own = "id" in data
        if not own:
            taken = [one["id"] for one in self.data]
            data["id"] = new_id(data, taken, self._kind[:-1])
        part_id = str(data["id"])
        self.data.append(data)
        self._ids[raw.id or f"{self._kind} {len(self.data)}"] = part_id
        self._first[raw.id] = first
        if not own:
            self._imported.comments.setdefault(where, []).append(f"HSDS-id: {raw.id or 'ingen'}")
            _drop_repeated(raw)
            self._imported.tell_what_is_left(where, f"{self._kind}[{part_id}]", raw)
        raw.record.clear()
        return part_id


def organizations(imported: Imported) -> Parts:
    return Parts(imported, "organizations", ORGANIZATION)


def locations(imported: Imported) -> Parts:
    return Parts(imported, "locations", LOCATION)


def _address(raw: Raw, own: bool) -> list[Leaf]:
    """Take the first address, as one line."""
    address = next(iter(raw.many("addresses")), None)
    if address is None:
        return []
    if own:
        return [(("address",), address.take("address_1"))]
    town = " ".join(filter(None, [address.text("postal_code"), address.text("city")]))
    line = [address.text("address_1"), address.text("address_2"), town]
    whole = ", ".join(part for part in line if part)
    return [(("address",), whole)] if whole else []


def _accessibility(raw: Raw, own: bool) -> list[Leaf]:
    first = next(iter(raw.many("accessibility")), None)
    if first is None:
        return []
    text = first.take("description") if own else first.text("description")
    return [] if text is None else [(("accessibility", "nb"), text)]


def _drop_repeated(raw: Raw) -> None:
    """Leave out what says nothing: that a place is a place, and that an address is one."""
    if raw.record.get("location_type") == "physical":
        raw.take("location_type")
    for address in raw.many("addresses"):
        if address.record.get("address_type") == "physical":
            address.take("address_type")
