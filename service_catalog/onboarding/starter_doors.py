"""The doors that every municipality has, as text to be filled in.

What is general is taken from national.yml. What is local is left empty: an empty field is
a fault, so a file that nobody has filled in is never served.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from service_catalog.checking.doors import BY_LAW
from service_catalog.schema import Service
from service_catalog.terms import ServiceType
from service_catalog.text import Name, YouthText

FILL = "FYLL INN"
DOORS: tuple[ServiceType, ...] = (BY_LAW[0], "helsestasjon_for_ungdom", *BY_LAW[1:])
_LISTS = ("levels", "themes", "who_may_come", "attending_types")
_WORDS = ("minimum_age", "maximum_age", "ages", "cost", "parents")


def skeletons(national: Iterable[Service], known: Iterable[Service]) -> str:
    """Return a block for each door that is not `known` already, as lines of `services`."""
    generic = {one.type: one for one in national if one.generic}
    types, ids = {one.type for one in known}, {one.id for one in known}
    wanted = [generic[kind] for kind in DOORS if kind in generic and kind not in types]
    return "\n".join("\n".join(_block(one)) + "\n" for one in wanted if one.id not in ids)


def _block(service: Service) -> Iterator[str]:
    yield f"  # {service.name.nb}. Teksten er allmenn: rett den så den passer hos dere."
    yield f"  - id: {service.id}"
    yield from _text("name", service.name)
    yield f"    type: {service.type}"
    yield from _text("description", service.description)
    for name in _LISTS[:2]:
        yield from _list(service, name)
    if service.specialised:
        yield "    specialised: true # vises bare til den som forteller om et av temaene"
    for name in _WORDS[:3]:
        yield from _word(service, name)
    for name in _LISTS[2:]:
        yield from _list(service, name)
    if service.application_process:
        yield from _text("application_process", service.application_process)
    yield from _word(service, "cost")
    yield from _text("anonymity", service.anonymity)
    yield from _word(service, "parents")
    yield from _local(service)


def _local(service: Service) -> Iterator[str]:
    """Yield what only those who work there know."""
    if service.schedule:
        yield "    schedule:"
        yield f"      opening_hours: {json.dumps(service.schedule.opening_hours)}"
    else:
        yield "    schedule:"
        yield f'      opening_hours: # {FILL}: når det er åpent, som i "Mo-Fr 08:00-15:00; PH off"'
    yield "    phones:"
    for phone in service.phones:
        yield f'      - number: "{phone.number}" # for hele landet; har dere et eget, skriv det'
    if not service.phones:
        yield f"      - number: # {FILL}: nummeret rett til tjenesten, ikke sentralbordet"
    yield "    # url: siden om nettopp denne tjenesten, begynner med https://"
    yield f"    assured_date: # {FILL}: dagen noen kontrollerte at alt stemmer, som i 2026-11-22"
    yield f"    source: # {FILL}: hvem som sier det, som i Ledende helsesykepleier"
    yield "    confidence: verified"


def _text(name: str, text: Name | YouthText) -> Iterator[str]:
    if text.nn is None:
        yield f"    {name}: {_quoted(text.nb)}"
        return
    yield f"    {name}:"
    yield f"      nb: {_quoted(text.nb)}"
    yield f"      nn: {_quoted(text.nn)}"


def _list(service: Service, name: str) -> Iterator[str]:
    words = getattr(service, name)
    if words:
        yield f"    {name}: [{', '.join(words)}]"


def _word(service: Service, name: str) -> Iterator[str]:
    word = getattr(service, name)
    if word is not None:
        yield f"    {name}: {word}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
