"""Who of the staff may do what: one table, which every guard of the staff pages asks.

    reviewer         answers young people: health personnel
    lead             a reviewer who also answers for the unit
    catalog_editor   keeps the catalog of services; sees no case
    admin            runs the system; sees no case

A role is held for a municipality, never in general: a lead in one is nobody in the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Access = Literal["reviewer", "lead", "catalog_editor", "admin"]
Right = Literal["cases", "numbers", "coverage", "audit"]

ACCESS: tuple[Access, ...] = ("reviewer", "lead", "catalog_editor", "admin")
MAY: Mapping[Right, frozenset[Access]] = {
    # See the queue and the cases, take them, write, give back, end them.
    "cases": frozenset({"reviewer", "lead"}),
    # How long young people wait, and whether alerts arrive. No personal data.
    "numbers": frozenset({"reviewer", "lead", "admin"}),
    # What the municipality's help lacks. No personal data.
    "coverage": frozenset({"reviewer", "lead", "catalog_editor"}),
    # Export the record of who saw and did what.
    "audit": frozenset({"lead", "admin"}),
}
# Where somebody lands who logs in: the first page that they may see.
HOMES: Mapping[Right, str] = {
    "cases": "/staff/",
    "coverage": "/staff/coverage",
    "numbers": "/staff/numbers",
}
# What a youth is told about confidentiality holds for health personnel: these roles are theirs.
FOR_HEALTH_PERSONNEL = MAY["cases"]


class Grant(NamedTuple):
    """One role in one municipality."""

    access: Access
    municipality: str
