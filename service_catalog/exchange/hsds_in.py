"""Reading Open Referral HSDS 3: files that came out of a catalog, and those of others.

A record with our attributes is read back whole. Of others, what has a place is taken over and
nothing is made up: what lacks stays a hole, and what had no place is listed. Takes a page or list
of services, one service, organizations with their services, or services at a location.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from service_catalog.errors import CatalogError
from service_catalog.exchange.hsds import own_leaves
from service_catalog.exchange.hsds_out import to_page
from service_catalog.exchange.hsds_parts import locations, organizations, take_own
from service_catalog.exchange.hsds_service import at_home, foreign, shared
from service_catalog.exchange.imported import Imported, new_id
from service_catalog.exchange.leaves import tree
from service_catalog.exchange.raw import Raw
from service_catalog.schema import Catalog

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
_GONE = ("inactive", "defunct")
_ORGANIZATIONS_ONLY = frozenset(
    {"services", "website", "tax_status", "legal_status", "year_incorporated", "logo", "programs"}
)
# One of these tells a record of HSDS from any other JSON.
_TELLING = _ORGANIZATIONS_ONLY | {
    "status",
    "service",
    "organization",
    "organization_id",
    "service_at_locations",
    "schedules",
}


def read_json(content: bytes) -> Any:
    """Return the JSON in `content`. Raises CatalogError for what is none, or is too large."""
    if len(content) > MAX_BYTES:
        raise CatalogError(f"is larger than {MAX_BYTES // 1_000_000} MB; split the file")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CatalogError("is not UTF-8 text; save the file with the encoding UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise CatalogError(f"is not valid JSON ({error}); ask for it anew") from None
    level, depth = [document], 0
    while level:
        level = [inner for one in level for inner in _inside(one)]
        depth += 1
        if depth > MAX_DEPTH:
            raise CatalogError(f"is nested more than {MAX_DEPTH} deep; no service goes so deep")
    return document


def from_hsds(document: Any, today: date) -> Imported:
    """Return what `document`, read from JSON, says. Raises CatalogError when it is no HSDS."""
    document = deepcopy(document)
    reader = _Reader(today)
    if isinstance(document, dict) and isinstance(document.get("contents"), list):
        reader.head(document)
    for record in _records(document):
        if "status" not in record and record.keys() & _ORGANIZATIONS_ONLY:
            reader.organization(record)
        else:
            reader.service(Raw(record))
    return reader.whole()


def changed_since(document: Any, catalog: Catalog, today: date) -> list[str]:
    """Return where a file of ours says more, or something else, than `catalog` that was read of it.

    Somebody changed a field that only repeats another, or added one that we do not know.
    """
    before, after = _by_id(document), _by_id(to_page(catalog, today))
    return [
        f"{record.get('name')}: {key} was changed outside the catalog and is not taken over"
        for one, record in before.items()
        if one in after
        for key in sorted({*record, *after[one]} - {"status"})
        if record.get(key) != after[one].get(key)
    ]


class _Reader:
    def __init__(self, today: date) -> None:
        self._today = today
        self._imported = Imported()
        self._organizations = organizations(self._imported)
        self._locations = locations(self._imported)
        self._services: list[dict[str, Any]] = []
        self._head: dict[str, Any] = {}

    def head(self, document: dict[str, Any]) -> None:
        """Take what stands beside the services: the catalog's own fields and all its parts."""
        page = Raw(document)
        if page.record.get("total_pages", 1) not in (0, 1):
            message = f"holds one page of {page.record['total_pages']}; import the others too"
            self._imported.told.append(message)
        self._head = tree(own_leaves(page.take("attributes")))
        for raw in page.many("organizations"):
            self._organizations.add(raw)
        for raw in page.many("locations"):
            self._locations.add(raw)

    def organization(self, record: dict[str, Any]) -> None:
        """Take an organization over, with the services it lists."""
        services = Raw({"services": record.pop("services", None)}).many("services")
        self._organizations.add(Raw(deepcopy(record)))
        for raw in services:
            self.service(Raw({**raw.record, "organization": deepcopy(record)}))

    def service(self, raw: Raw) -> None:
        """Take one service over, or tell why not."""
        if raw.record.get("status") in _GONE:
            name = raw.record.get("name")
            self._imported.told.append(f"{name}: is {raw.record['status']}, so it is left out")
            return
        found = take_own(raw)
        own = any(where == ("id",) for where, _ in found)
        found += shared(raw, own, self._organizations, self._locations)
        found = found if own else at_home([*found, *foreign(raw, self._today)])
        self._keep(raw, tree(found), own)

    def _keep(self, raw: Raw, data: dict[str, Any], own: bool) -> None:
        where = ("services", len(self._services))
        self._services.append(data)
        if own:
            return
        taken = [one["id"] for one in self._services[:-1]]
        data["id"] = new_id(data, taken, "tjeneste")
        name = f"services[{data['id']}]"
        self._imported.comments.setdefault(where, []).append(f"HSDS-id: {raw.id or 'ingen'}")
        if raw.take("status") == "temporarily closed":
            message = "is temporarily closed; add an alert with its days, or take it out"
            comment = "TODO midlertidig stengt: skriv alerts med fra- og til-dato, eller ta den ut"
            self._imported.tell(where, name, message, comment)
        if "schedule" in data:
            message = "its times were read as Norwegian time, without public holidays; check them"
            comment = "Kontroller åpningstidene: lest som norsk tid, og helligdager mangler"
            self._imported.tell(where, name, message, comment)
        self._imported.tell_what_is_left(where, name, raw)

    def whole(self) -> Imported:
        """Return all that was read."""
        lists = {
            "organizations": self._organizations.data,
            "locations": self._locations.data,
            "services": self._services,
        }
        found = {name: value for name, value in lists.items() if value}
        self._imported.data = {**self._head, **found}
        return self._imported


def _records(document: Any) -> Iterator[dict[str, Any]]:
    """Yield every service, or organization, with its place nested in it."""
    if isinstance(document, dict) and isinstance(document.get("contents"), list):
        document = document["contents"]
    for record in document if isinstance(document, list) else [document]:
        if not isinstance(record, dict) or not record.keys() & _TELLING:
            raise CatalogError(
                "holds something that is no service of HSDS 3; give the JSON form, "
                "a page or list of services or organizations (not the tabular form)"
            )
        if isinstance(record.get("service"), dict):
            service = record.pop("service")
            yield {**service, "service_at_locations": [record]}
        else:
            yield record


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _by_id(document: Any) -> dict[str, dict[str, Any]]:
    page = document if isinstance(document, dict) else {}
    parts = ("contents", "organizations", "locations")
    found = (one for name in parts for one in Raw(page).many(name))
    return {raw.id: raw.record for raw in found}
