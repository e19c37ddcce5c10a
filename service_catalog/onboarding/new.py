"""`python -m service_catalog new`: a commented catalog for a municipality to begin with."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from service_catalog.errors import CatalogError
from service_catalog.municipalities import Municipality
from service_catalog.onboarding.schema_command import write_schema
from service_catalog.onboarding.starter_doors import FILL
from service_catalog.onboarding.starting import SCHEMA, file_name, starting_catalog
from service_catalog.place_table import squeeze, table
from service_catalog.places import find_places

MOST_SUGGESTED = 5
SHORTEST = 4  # letters of a name that say something inside another word


def add(commands: Any) -> None:
    """Register the command with the command line."""
    parser = commands.add_parser("new", help="write a commented catalog to begin with")
    parser.add_argument("place", metavar="PLACE", help="number or name of the municipality")
    parser.add_argument("--out", metavar="FOLDER", type=Path, default=Path(), help="where to")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the catalog and the schema beside it, and say what comes next."""
    where = municipality_of(chosen.place)
    path: Path = chosen.out / file_name(where)
    if path.exists() or path.is_symlink():
        raise CatalogError(f"{path} is there already; rename it, or give another --out FOLDER")
    text = starting_catalog(where, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CatalogError(f"{path} cannot be written ({error.strerror})") from None
    if not (path.parent / SCHEMA).exists():
        write_schema(path.parent / SCHEMA)
    print(
        f"{path} written, with {text.count(f'{FILL}:')} places to fill in. Next:\n"
        f"  open it in an editor (the first lines say what to do)\n"
        f"  python -m service_catalog check {path}\n"
        f"  python -m service_catalog preview {path}"
    )
    return 0


def municipality_of(written: str) -> Municipality:
    """Return the municipality with this number or name. Raises CatalogError with near ones."""
    known = table().municipalities
    if written in known:
        return known[written]
    named = [one for one in known.values() if squeeze(written) in map(squeeze, one.names)]
    if len(named) == 1:
        return named[0]
    near = named or near_matches(written)
    listed = ", ".join(f"{one.name} {one.number}" for one in near)
    hint = f"did you mean {listed}?" if near else "look it up in places/municipalities.csv"
    said = "several municipalities are called" if named else "there is no municipality"
    raise CatalogError(f"{said} {written!r}; {hint}")


def near_matches(written: str) -> list[Municipality]:
    """Return the municipalities that `written` may mean, the likeliest first."""
    known = table().municipalities
    key = squeeze(written)
    names = {squeeze(name): number for number, one in known.items() for name in one.names}
    numbers = [place.number for place in find_places(written, expected=True)]
    numbers += [
        number
        for name, number in names.items()
        if min(len(name), len(key)) >= SHORTEST and (key.startswith(name) or name.startswith(key))
    ]
    numbers += [names[name] for name in get_close_matches(key, names, MOST_SUGGESTED, 0.7)]
    numbers += get_close_matches(written, known, 3, 0.75) if written.isdigit() else []
    return [known[number] for number in dict.fromkeys(numbers)][:MOST_SUGGESTED]
