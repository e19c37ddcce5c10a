"""Warnings: what is no fault in a catalog, and yet leads a young person astray or soon will."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from service_catalog.checking.check import Checked, field_name, one_line
from service_catalog.checking.doors import door_cautions
from service_catalog.checking.facts import fact_cautions
from service_catalog.checking.texts import text_cautions
from service_catalog.errors import Caution
from service_catalog.yaml_file import Document, Where


def cautions(path: Path, checked: Checked, today: date) -> list[Caution]:
    """Return what the owner of a sound catalog should look at; nothing for a faulty one."""
    catalog, document = checked.catalog, checked.document
    if catalog is None or document is None:
        return []
    found = [
        *door_cautions(catalog, today),
        *fact_cautions(catalog, today),
        *text_cautions(catalog),
        *_empty_fields(document.data),
    ]
    return sorted(_caution(path, document, where, message) for where, message in found)


def _caution(path: Path, document: Document, where: Where, message: str) -> Caution:
    return Caution(path, document.line(where), field_name(document.data, where), one_line(message))


def _empty_fields(data: object, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield the fields that are named and then left empty."""
    if data is None:
        yield where, "is empty; fill it in or remove the line"
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _empty_fields(value, (*where, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _empty_fields(value, (*where, index))
