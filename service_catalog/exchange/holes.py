"""What an imported catalog still lacks, as TODO comments for the one who fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from service_catalog.schema import Catalog
from service_catalog.yaml_file import Where

_LACKS = {
    "nn": "skriv teksten på nynorsk",
    "nb": "skriv teksten på bokmål",
    "name": "hva heter det?",
    "find_more": "hvor finner ungdom mer? (nb og nn)",
    "type": "hva slags tjeneste er det? Se listen i docs/catalog.md",
    "description": "hva skjer der? En eller to korte setninger (nb og nn)",
    "levels": "for hvilke nivåer: green, yellow, orange, red, dark_red",
    "who_may_come": "hvordan kommer man dit: drop_in, booking, contact, referral, unknown",
    "attending_types": "hvordan møtes man: meet, phone, chat, video, online",
    "cost": "koster det noe: free, paid, unknown",
    "anonymity": "hva skrives ned, og hvem får vite det? (nb og nn)",
    "parents": "får foreldre vite det: not_involved, your_choice, involved, unknown",
    "assured_date": "hvilken dag ble dette kontrollert?",
    "source": "hvem sier at dette stemmer?",
    "confidence": "verified eller partly?",
    "valid_from": "fra hvilken dag gjelder det?",
    "valid_to": "til og med hvilken dag gjelder det?",
    "minimum_age": "hvor gammel må man være? (eller ages: all, eller ages: unknown)",
    "municipality": "kommunenummeret, fire sifre i hermetegn",
    "fees_description": "hva koster det? (nb og nn)",
}


def holes(data: Mapping[str, Any]) -> dict[Where, str]:
    """Return {where: TODO} for all that keeps `data` from being a catalog."""
    found: dict[Where, str] = {}
    try:
        Catalog.parse_obj(data)
    except ValidationError as error:
        for one in error.errors():
            where: Where = tuple(one["loc"])
            lacks = one["type"] == "value_error.missing"
            found[where] = _hint(where) if lacks else "TODO rett denne: check sier hva som er galt"
    for where in _by_rule(data):
        found.setdefault(where, _hint(where))
    return found


def _by_rule(data: Mapping[str, Any]) -> Iterator[Where]:
    """Yield what a rule between fields asks for."""
    if data.get("scope") != "national" and not data.get("municipality"):
        yield ("municipality",)
    services = data.get("services", [])
    for index, service in enumerate(services if isinstance(services, list) else []):
        if not isinstance(service, dict):
            continue
        if not service.keys() & {"minimum_age", "maximum_age", "ages"}:
            yield ("services", index, "minimum_age")
        if service.get("cost") == "paid" and "fees_description" not in service:
            yield ("services", index, "fees_description")


def _hint(where: Where) -> str:
    name = str(where[-1])
    return f"TODO {name}: {_LACKS.get(name, 'fyll ut')}"
