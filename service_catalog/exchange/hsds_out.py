"""A catalog as Open Referral HSDS 3.0: one page of full services, as its API gives them.

`contents` holds the services with everything nested in them, as the compiled schema
`service.json` has it. Beside it stand the organizations and locations once more (some have no
service) and the attributes of the catalog itself, which HSDS has no object for.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from service_catalog.exchange.hsds import (
    LOCATION,
    ORGANIZATION,
    PHONE,
    SERVICE,
    VERSION,
    Homes,
    attributes,
    uid,
)
from service_catalog.exchange.hsds_hours import to_schedules
from service_catalog.exchange.leaves import filled, leaves
from service_catalog.municipalities import municipality
from service_catalog.schema import Catalog, Location, Organization, Service
from service_catalog.yaml_file import Key, Where

Record = dict[str, Any]
_Leaves = dict[Where, Any]

_PARTS = frozenset({"organizations", "locations", "services"})
_POST_TOWN = re.compile(r".*, (?P<code>\d{4}) (?P<city>[^,]+)", re.DOTALL)


def to_json(catalog: Catalog, today: date) -> str:
    """Return `catalog` as the text of an HSDS file."""
    return json.dumps(to_page(catalog, today), ensure_ascii=False, indent=2) + "\n"


def to_page(catalog: Catalog, today: date) -> Record:
    """Return `catalog` as HSDS; `today` decides which services are closed just now."""
    services = [_service(catalog, service, today) for service in catalog.services]
    head = {name: value for name, value in filled(catalog).items() if name not in _PARTS}
    return {
        "version": VERSION,
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
        "organizations": [_organization(catalog, one) for one in catalog.organizations],
        "locations": [_location(catalog, one) for one in catalog.locations],
        "attributes": attributes(leaves(head), "catalog", uid(catalog.key)) if head else [],
    }


def confidential_addresses(catalog: Catalog) -> list[str]:
    """Return the ids of locations whose address nobody may publish, and that have one."""
    secret = {place for one in catalog.services if one.confidential for place in one.location_ids}
    return [one.id for one in catalog.locations if one.id in secret and one.address]


def _service(catalog: Catalog, service: Service, today: date) -> Record:
    owner = uid(catalog.key, "service", service.id)
    rest: _Leaves = dict(leaves(filled(service)))
    record = {"id": owner, "status": _status(service, today), **_homed(rest, SERVICE)}
    if len(service.assured_date) != len("2026-05-01"):  # a bare year is no date there
        rest[("assured_date",)] = record.pop("assured_date")
    record["phones"] = [
        {"id": uid(owner, "phone", index), "type": "voice", **_homed(rest, PHONE, "phones", index)}
        for index in range(len(service.phones))
    ]
    record["languages"] = [
        {"id": uid(owner, "language", index), "code": rest.pop(("languages", index))}
        for index in range(len(service.languages))
    ]
    record |= _told(service) | _placed(catalog, service, owner, rest)
    record["attributes"] = attributes(rest.items(), "service", owner)
    return {key: value for key, value in record.items() if value != []}


def _told(service: Service) -> Record:
    """Return what only repeats, in HSDS's own fields, values that go along as attributes."""
    told: Record = {}
    if service.schedule:
        told["schedules"] = [
            {"id": uid(service.id, "schedule", index), **schedule}
            for index, schedule in enumerate(to_schedules(service.schedule.opening_hours))
        ]
    if service.interpretation_services:
        told["interpretation_services"] = "Tolk kan brukes."
    if service.alerts:
        told["alert"] = " ".join(
            f"{one.text.nb} ({one.valid_from} – {one.valid_to})" for one in service.alerts
        )
    if service.cost == "free":
        option = {"option": "Gratis", "amount": 0, "currency": "NOK"}
        told["cost_options"] = [{"id": uid(service.id, "cost"), **option}]
    elif service.fees_description:
        option = {"option": service.fees_description.nb}
        told["cost_options"] = [{"id": uid(service.id, "cost"), **option}]
    return told


def _placed(catalog: Catalog, service: Service, owner: str, rest: _Leaves) -> Record:
    """Return who runs the service and where it is, with what stands there of them."""
    organizations = {one.id: one for one in catalog.organizations}
    locations = {one.id: one for one in catalog.locations}
    placed: Record = {"service_areas": _areas(catalog, service, owner)}
    if service.organization_id in organizations:
        del rest[("organization_id",)]
        placed["organization"] = _organization(catalog, organizations[service.organization_id])
    at: list[Record] = []
    if locations.keys() >= set(service.location_ids):
        for index, place in enumerate(service.location_ids):
            del rest[("location_ids", index)]
            at.append(
                {"id": uid(owner, "at", index), "location": _location(catalog, locations[place])}
            )
    return {**placed, "service_at_locations": at}


def _areas(catalog: Catalog, service: Service, owner: str) -> list[Record]:
    """Return the municipalities, or the bydeler, that the service is for."""
    names: list[tuple[str, str]] = [(name, "") for name in service.districts]
    if not names and catalog.municipality:
        names = [(catalog.name, catalog.municipality)]
    for number in service.service_area:
        found = municipality(number)
        names.append((found.name if found else number, number))
    return [
        {"id": uid(owner, "area", index), "name": name, "extent": number, "extent_type": "text"}
        if number
        else {"id": uid(owner, "area", index), "name": name}
        for index, (name, number) in enumerate(names)
    ]


def _organization(catalog: Catalog, organization: Organization) -> Record:
    owner = uid(catalog.key, "organization", organization.id)
    rest: _Leaves = dict(leaves(filled(organization)))
    record = {"id": owner, "description": organization.name.nb, **_homed(rest, ORGANIZATION)}
    return {**record, "attributes": attributes(rest.items(), "organization", owner)}


def _location(catalog: Catalog, location: Location) -> Record:
    owner = uid(catalog.key, "location", location.id)
    rest: _Leaves = dict(leaves(filled(location)))
    record: Record = {"id": owner, "location_type": "physical", **_homed(rest, LOCATION)}
    if location.address is not None and location.id not in confidential_addresses(catalog):
        address = rest.pop(("address",))
        record["addresses"] = [{"id": uid(owner, "address"), **_address(catalog, address)}]
    if location.accessibility is not None:
        text = rest.pop(("accessibility", "nb"))
        record["accessibility"] = [{"id": uid(owner, "accessibility"), "description": text}]
    return {**record, "attributes": attributes(rest.items(), "location", owner)}


def _address(catalog: Catalog, address: str) -> Record:
    """Return the address whole; its parts only as far as it says them."""
    post = _POST_TOWN.fullmatch(address)
    city = post["city"] if post else catalog.name if address.endswith(catalog.name) else ""
    here = municipality(catalog.municipality or "") if city == catalog.name else None
    return {
        "address_1": address,
        "city": city,
        "state_province": here.county if here else "",
        "postal_code": post["code"] if post else "",
        "country": "NO",
        "address_type": "physical",
    }


def _status(service: Service, today: date) -> str:
    closed = any(alert.closed and alert.holds(today) for alert in service.alerts)
    return "temporarily closed" if closed else "active"


def _homed(rest: _Leaves, homes: Homes, *under: Key) -> Record:
    """Take out of `rest` what HSDS has a place for."""
    return {
        key: rest.pop((*under, *where)) for where, key in homes.items() if (*under, *where) in rest
    }
