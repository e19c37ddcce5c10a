"""What the catalog and Open Referral HSDS 3.0 share: which field stands where, ids, attributes.

HSDS has a place for some of our fields (HOMES). All others, the nynorsk texts among them, go along
as attributes of the taxonomy `ungveiviser`, one for each single value; the term's `code` says where
it stands: `levels.0`, `alerts.0.text.nn`. So a field added to the schema needs no line here.
Ids there are UUIDs, made from ours in a way that gives the same ones every time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from service_catalog.errors import CatalogError
from service_catalog.exchange.leaves import Leaf, dotted, undotted
from service_catalog.yaml_file import MAX_DEPTH, Where

VERSION = "3.0"
TAXONOMY = "ungveiviser"
Homes = Mapping[Where, str]

ORGANIZATION: Homes = {("name", "nb"): "name", ("url",): "website"}
LOCATION: Homes = {("name", "nb"): "name", ("transportation", "nb"): "transportation"}
PHONE: Homes = {("number",): "number", ("description", "nb"): "description"}
SERVICE: Homes = {
    ("name", "nb"): "name",
    ("description", "nb"): "description",
    ("url",): "url",
    ("minimum_age",): "minimum_age",
    ("maximum_age",): "maximum_age",
    ("eligibility_description", "nb"): "eligibility_description",
    ("application_process", "nb"): "application_process",
    ("fees_description", "nb"): "fees_description",
    ("waiting_time", "nb"): "wait_time",
    ("assured_date",): "assured_date",
}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://ungveiviser.example/hsds")


def uid(*parts: object) -> str:
    """Return the UUID of what `parts` name."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts)))


def attributes(values: Iterable[Leaf], entity: str, owner: str) -> list[dict[str, Any]]:
    """Return single values as attributes of the `entity` whose UUID is `owner`."""
    return [_attribute(where, value, entity, owner) for where, value in values]


def own_leaves(given: Any) -> Iterator[Leaf]:
    """Yield the values among attributes that came out of a catalog.

    Raises CatalogError for a term that names no place in a catalog.
    """
    for one in given if isinstance(given, list) else []:
        if not is_own(one):
            continue
        code = one["taxonomy_term"].get("code")
        where = undotted(code) if isinstance(code, str) else ()
        if "" in where or not 0 < len(where) <= MAX_DEPTH or isinstance(where[0], int):
            raise CatalogError(f"an attribute has the term {code!r}, which is no field; mend it")
        yield where, one.get("value", {})


def is_own(attribute: Any) -> bool:
    """Say whether an attribute came out of a catalog."""
    term = attribute.get("taxonomy_term") if isinstance(attribute, dict) else None
    return isinstance(term, dict) and term.get("taxonomy") == TAXONOMY


def _attribute(where: Where, value: Any, entity: str, owner: str) -> dict[str, Any]:
    code = dotted(where)
    attribute = {
        "id": uid(owner, code),
        "link_id": owner,
        "link_entity": entity,
        "taxonomy_term": {
            "id": uid(TAXONOMY, code),
            "code": code,
            "name": str(where[0]),
            "description": f"Field {where[0]} of the catalog of Ungveiviser",
            "taxonomy": TAXONOMY,
        },
    }
    return attribute if value == {} else {**attribute, "value": _text(value)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
