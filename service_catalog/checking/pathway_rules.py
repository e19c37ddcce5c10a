"""What must hold for pathways and notes. Each rule yields (where, message)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from service_catalog.pathway_schema import Note, Pathway
from service_catalog.schema import Catalog
from service_catalog.terms import NEVER_A_DOOR, SERVICE_TYPES
from service_catalog.text import YouthText
from service_catalog.yaml_file import Where

Found = Iterator[tuple[Where, str]]
FIRST_KINDS = ("listens", "assesses")
# Home may be what is dangerous, so no way may need a parent.
_PARENTS = re.compile(
    r"\b(?:mamma|pappa|mor|far|mora|faren|foreld(?:re|er|rene|ra)\w*|foresatte?|føresette?)\b",
    re.IGNORECASE,
)


def broken_pathways(catalog: Catalog, today: date) -> Found:
    """Yield everything in the pathways and notes of `catalog` that cannot be right."""
    for index, way in enumerate(catalog.pathways):
        for where, message in _pathway(catalog, way, today):
            yield ("pathways", index, *where), message
        for other in catalog.pathways[:index]:
            both = [level for level in way.levels if level in other.levels]
            if both and set(way.ages) & set(other.ages):
                message = f"overlap with {other.id!r} for {both[0]}; part them by levels or ages"
                yield ("pathways", index, "levels"), message
    yield from _notes(catalog.notes, today)


def _pathway(catalog: Catalog, way: Pathway, today: date) -> Found:
    lowest, highest = way.minimum_age, way.maximum_age
    if lowest is not None and highest is not None and highest < lowest:
        yield ("maximum_age",), f"{highest} is lower than minimum_age {lowest}; swap them"
    if way.assured_on > today + timedelta(days=1):
        yield ("assured_date",), _not_yet(way.assured_date)
    known: dict[str, str] = {one.id: one.type for one in catalog.services}
    for index, step in enumerate(way.steps):
        for place, who in enumerate(step.who):
            if who not in SERVICE_TYPES and who not in known:
                message = (
                    f"{who!r} is neither a service type (docs/catalog.md lists them) nor the id "
                    "of a service here; mend it or add the service"
                )
                yield ("steps", index, "who", place), message
    yield from _first_step(way, known)
    yield from _texts(way)


def _first_step(way: Pathway, known: dict[str, str]) -> Found:
    """The first door is a person near who listens: no specialist, no letter."""
    first = way.steps[0]
    if first.kind not in FIRST_KINDS:
        message = f"{first.kind!r} cannot come first; begin with somebody who listens or assesses"
        yield ("steps", 0, "kind"), message
    if not first.who:
        yield ("steps", 0, "who"), "is missing; say who listens first, as in [skolehelsetjeneste]"
    for place, who in enumerate(first.who):
        kind = known.get(who, who)
        if kind in NEVER_A_DOOR:
            message = f"{kind} is never a first door; begin with somebody near who listens"
            yield ("steps", 0, "who", place), message


def _texts(way: Pathway) -> Found:
    texts: dict[Where, YouthText] = {
        ("steps", index, "text"): step.text for index, step in enumerate(way.steps)
    }
    for name in ("bring", "waiting_time", "while_waiting", "if_refused"):
        if getattr(way, name) is not None:
            texts[name,] = getattr(way, name)
    for where, text in texts.items():
        for form in ("nb", "nn"):
            named = _PARENTS.search(getattr(text, form))
            if named:
                message = (
                    f"names {named[0]!r}, and home may be what is dangerous; say what the young "
                    "person can do without them"
                )
                yield (*where, form), message


def _notes(notes: list[Note], today: date) -> Found:
    seen: dict[str, str] = {}
    for index, note in enumerate(notes):
        if note.assured_on > today + timedelta(days=1):
            yield ("notes", index, "assured_date"), _not_yet(note.assured_date)
        for place, word in enumerate(note.keywords):
            first = seen.setdefault(word.casefold(), note.id)
            if first != note.id:
                message = f"{word!r} asks for {first!r} already; keep it with one of them"
                yield ("notes", index, "keywords", place), message


def _not_yet(day: str) -> str:
    return f"{day} has not come yet; write the day of the check"
