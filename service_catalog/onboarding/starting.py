"""A catalog to begin with: commented, with what is known, and marks where something is missing."""

from __future__ import annotations

import re
from pathlib import Path

from service_catalog.checking.check import catalog_files, check_file
from service_catalog.errors import CatalogError
from service_catalog.load import FOLDER
from service_catalog.municipalities import Municipality, districts_of
from service_catalog.onboarding.starter_doors import skeletons
from service_catalog.schema import Service

TEXTS = Path(__file__).with_name("starter")
SHIPPED = Path(__file__).parents[1] / "catalogs"  # the lines of the country and Eksempelvik
SCHEMA = "katalog.schema.json"
EXAMPLE = "moteplassen"
_SECTION = re.compile(r"^(\w+):", re.MULTILINE)
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def file_name(where: Municipality) -> str:
    """Return "5501-tromso.yml" for Tromsø."""
    name = re.sub(r"[^a-z]+", "-", where.name.lower().translate(_LETTERS)).strip("-")
    return f"{where.number}-{name}.yml"


def starting_catalog(where: Municipality, path: Path, folder: Path = FOLDER) -> str:
    """Return the text of a catalog for `where`, to be written at `path`.

    What `folder` has about the municipality already is kept. Raises CatalogError when the
    lines of the whole country cannot be read.
    """
    known = _known(where.number, folder)
    sections = _sections(known[0]) if known else _new_sections(where)
    services = known[1] if known else []
    doors = skeletons(_national(), services)
    head = _text("head").format(
        name=where.name,
        number=where.number,
        schema=SCHEMA,
        file=path,
        known=_text("known").rstrip() if known else "#",
    )
    notes = sections.pop("notes", "")
    listed = sections.pop("services", "services:\n").rstrip() + "\n"
    begin = head + "".join(sections.values()).rstrip() + "\n\n" + _text("extra")
    blocks = f"{listed}\n{doors}" if services else f"services:\n{doors}"
    return begin + blocks + ("\n" + notes if notes else "") + _text("example") + _example()


def _known(number: str, folder: Path) -> tuple[str, list[Service]] | None:
    """Return the text and the services of the municipality's catalog; None when it has none."""
    for file in catalog_files(folder):
        catalog = check_file(file).catalog
        if catalog is not None and catalog.municipality == number:
            return file.read_text("utf-8-sig"), catalog.services
    return None


def _national() -> list[Service]:
    checked = check_file(SHIPPED / "national.yml")
    if checked.catalog is None:
        raise CatalogError("; ".join(map(str, checked.faults[:3])))
    return checked.catalog.services


def _new_sections(where: Municipality) -> dict[str, str]:
    top = _sections(_text("top").format(name=where.name, number=where.number))
    districts = districts_of(where.number)
    if districts:
        lines = "".join(f"  - {one}\n" for one in districts)
        top["districts"] = f"# Bydelene i {where.name}.\ndistricts:\n{lines}"
    return top


def _sections(text: str) -> dict[str, str]:
    """Return the fields of the catalog itself, each with its lines; what stands above is left."""
    starts = list(_SECTION.finditer(text))
    ends = [*(found.start() for found in starts[1:]), len(text)]
    return {found[1]: text[found.start() : end] for found, end in zip(starts, ends, strict=True)}


def _example() -> str:
    """Return one whole service of Eksempelvik as a comment."""
    text = (SHIPPED / "9999-eksempelvik.yml").read_text("utf-8")
    begin = text.index(f"  - id: {EXAMPLE}\n")
    block = text[begin : text.index("\n  - id: ", begin)].rstrip()
    return "".join(f"#{line}\n" for line in block.splitlines())


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text("utf-8")
