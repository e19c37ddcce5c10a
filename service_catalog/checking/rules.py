"""What must hold between the fields of a catalog. Each rule yields (where, message)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Optional

from service_catalog.checking.pathway_rules import broken_pathways
from service_catalog.errors import BadHours
from service_catalog.hours import Holiday, hours_of, midnight, opens_in_a_year
from service_catalog.municipalities import districts_of, municipality
from service_catalog.schema import Catalog, Phone, Service
from service_catalog.terms import NEVER_A_DOOR, ON_CALL
from service_catalog.values import (
    clean_booking_endpoint,
    clean_booking_schedule,
    clean_booking_service_type,
)
from service_catalog.yaml_file import Where

Found = Iterator[tuple[Where, str]]
BOOKING = {
    "booking_endpoint": clean_booking_endpoint,
    "booking_schedule": clean_booking_schedule,
    "booking_service_type": clean_booking_service_type,
}
REAL_NUMBERS = {3: "113", 5: "02800", 6: "116 117", 8: "22 40 00 40"}


def broken_rules(catalog: Catalog, today: date) -> Found:
    """Yield everything in `catalog` that cannot be right."""
    yield from _head(catalog)
    yield from _ids(catalog)
    for index, location in enumerate(catalog.locations):
        if location.district and location.district not in catalog.districts:
            message = _not_among(location.district, "districts", catalog.districts)
            yield ("locations", index, "district"), message
    for index, holiday in enumerate(catalog.school_holidays):
        if holiday.valid_to < holiday.valid_from:
            yield ("school_holidays", index, "valid_to"), "comes before valid_from; swap them"
    for index, service in enumerate(catalog.services):
        for where, message in _service(catalog, service, today):
            yield ("services", index, *where), message
    yield from broken_pathways(catalog, today)


def _head(catalog: Catalog) -> Found:
    if catalog.scope == "national":
        if catalog.municipality:
            yield ("municipality",), "does not go with scope: national; remove one of them"
        return
    if catalog.municipality is None:
        yield ("municipality",), "is missing; write the municipality number, as in 3413"
        return
    known = municipality(catalog.municipality)
    if known is None:
        yield (
            ("municipality",),
            f"{catalog.municipality!r} is no municipality number of 2024; look it up in "
            "service_catalog/places/municipalities.csv",
        )
        return
    if catalog.name.casefold() not in {name.casefold() for name in known.names}:
        yield ("name",), f"{catalog.name!r} does not belong to {known.number}: that is {known.name}"
    if known.fictional and not catalog.fictional:
        yield ("fictional",), f"{known.number} is not a real place; write fictional: true"
    official = districts_of(known.number)
    for index, district in enumerate(catalog.districts):
        if official and district not in official:
            yield ("districts", index), _not_among(district, f"bydeler of {known.name}", official)


def _ids(catalog: Catalog) -> Found:
    for name in ("organizations", "locations", "services", "pathways", "notes"):
        seen: set[str] = set()
        for index, part in enumerate(getattr(catalog, name)):
            if part.id in seen:
                yield (name, index, "id"), f"{part.id!r} stands twice; give each its own id"
            seen.add(part.id)


def _service(catalog: Catalog, service: Service, today: date) -> Found:
    yield from _ages(service)
    yield from _way_in(catalog, service)
    yield from _references(catalog, service)
    yield from _hours(catalog, service, today)
    yield from _contact(catalog, service)
    for index, alert in enumerate(service.alerts):
        if alert.valid_to < alert.valid_from:
            yield ("alerts", index, "valid_to"), "comes before valid_from; swap them"
    if service.assured_on > today + timedelta(days=1):
        yield (
            ("assured_date",),
            f"{service.assured_date} has not come yet; write the day of the check",
        )


def _ages(service: Service) -> Found:
    lowest, highest = service.minimum_age, service.maximum_age
    if lowest is None and highest is None:
        if service.ages is None:
            yield (
                ("minimum_age",),
                "is missing, and so is maximum_age; fill them in, or write ages: all "
                "(or ages: unknown)",
            )
    elif service.ages is not None:
        yield ("ages",), "does not go with minimum_age or maximum_age; remove one of them"
    if lowest is not None and highest is not None and highest < lowest:
        yield ("maximum_age",), f"{highest} is lower than minimum_age {lowest}; swap them"


def _way_in(catalog: Catalog, service: Service) -> Found:
    referral = "referral" in service.who_may_come
    if referral and not service.referral_by:
        yield ("referral_by",), "is missing; say who refers, as in [fastlege, kommunepsykolog]"
    if service.referral_by and not referral:
        yield ("referral_by",), "needs referral among who_may_come; add it or remove this field"
    if service.type in NEVER_A_DOOR and service.who_may_come != ["referral"]:
        yield (
            ("who_may_come",),
            f"must be [referral]: a young person comes to {service.type} through somebody near "
            "who listens and assesses first",
        )
    if service.video_minimum_age is not None and "video" not in service.attending_types:
        message = "needs video among attending_types; add it or remove this field"
        yield ("video_minimum_age",), message
    if service.cost == "paid" and service.fees_description is None:
        yield ("fees_description",), "is missing; say what it costs"
    if service.specialised and not (service.themes or service.keywords):
        yield ("specialised",), "needs themes or keywords that say what it is for; fill them in"
    if service.generic and catalog.scope != "national":
        yield ("generic",), "is for doors of the whole country (national.yml); remove it"


def _references(catalog: Catalog, service: Service) -> Found:
    organizations = [one.id for one in catalog.organizations]
    if service.organization_id and service.organization_id not in organizations:
        yield (
            ("organization_id",),
            _not_among(service.organization_id, "ids of organizations", organizations),
        )
    locations = [one.id for one in catalog.locations]
    for index, wanted in enumerate(service.location_ids):
        if wanted not in locations:
            yield ("location_ids", index), _not_among(wanted, "ids of locations", locations)
    for index, district in enumerate(service.districts):
        if district not in catalog.districts:
            yield ("districts", index), _not_among(district, "districts", catalog.districts)
    for index, number in enumerate(service.service_area):
        if municipality(number) is None:
            yield ("service_area", index), f"{number!r} is no municipality number of 2024; mend it"


def _hours(catalog: Catalog, service: Service, today: date) -> Found:
    written: list[tuple[Where, str]] = []
    if service.schedule:
        written.append((("schedule", "opening_hours"), service.schedule.opening_hours))
    if service.usually:
        written.append((("usually",), service.usually))
        if service.schedule or service.usual_times is None:
            message = "stands in for hours nobody is sure of: say usual_times, and no schedule"
            yield ("usually",), message
    if service.chat and service.chat.usually:
        written.append((("chat", "usually"), service.chat.usually))
    for where, expression in written:
        try:
            hours = hours_of(expression, holidays(catalog), service.type in ON_CALL)
        except BadHours as error:
            yield where, str(error)
            continue
        if not opens_in_a_year(hours, midnight(today)):
            yield where, f"{expression!r} is not open once in the coming year; mend or remove it"
    if service.schedule and service.confidence == "partly":
        yield (
            ("schedule",),
            "is never shown while confidence is partly; check the hours and write verified, "
            "or remove them",
        )


def _contact(catalog: Catalog, service: Service) -> Found:
    if (service.chat is not None) != ("chat" in service.attending_types):
        yield ("attending_types",), "must hold chat exactly when the service has a chat; mend one"
    if service.type in ("telefon_tjeneste", "nodnummer") and not service.phones:
        yield ("phones",), f"is missing; a {service.type} needs a number to call"
    if service.type == "chat_tjeneste" and service.chat is None:
        yield ("chat",), "is missing; a chat_tjeneste needs the address of its chat"
    if service.chat and service.chat.url is None and service.application_process is None:
        yield ("chat", "url"), "is missing; give it, or say in application_process how to find it"
    for index, phone in enumerate(service.phones):
        fault = phone_fault(phone, fictional=catalog.is_fictional(service))
        if fault:
            yield ("phones", index, "number"), fault
    yield from _booking(service)


def _booking(service: Service) -> Found:
    for name, check in BOOKING.items():
        written = getattr(service, name)
        if written is None:
            continue
        if service.booking_endpoint is None:
            yield (name,), "says whose times to fetch; give booking_endpoint too, or remove it"
        try:
            check(written)
        except ValueError as error:
            yield (name,), str(error)


def phone_fault(phone: Phone, fictional: bool) -> Optional[str]:
    """Say what is wrong with a number; None when nothing is."""
    if fictional:
        if phone.digits.startswith("00"):
            return None
        return f"{phone.number!r} could be somebody's number; a fictional one begins with 00"
    if phone.digits.startswith("00"):
        return f"{phone.number!r} is a fictional number; write the real one or remove it"
    if len(phone.digits) not in REAL_NUMBERS:
        return (
            f"{phone.number!r} has {len(phone.digits)} digits; "
            "Norwegian numbers have 3, 5, 6 or 8, as in " + ", ".join(REAL_NUMBERS.values())
        )
    return None


def holidays(catalog: Catalog) -> tuple[Holiday, ...]:
    """Return the school holidays that `SH` stands for in this catalog."""
    return tuple(Holiday(one.valid_from, one.valid_to) for one in catalog.school_holidays)


def _not_among(value: str, name: str, known: Sequence[str]) -> str:
    listed = ", ".join(known) if known else "none yet"
    return f"{value!r} is not among the {name} ({listed}); mend it or add it there"
