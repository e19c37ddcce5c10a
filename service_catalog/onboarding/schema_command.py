"""`python -m service_catalog schema`: the JSON Schema, for editors that help while one writes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from service_catalog.errors import CatalogError
from service_catalog.onboarding.editor_schema import json_schema


def add(commands: Any) -> None:
    """Register the command with the command line."""
    parser = commands.add_parser("schema", help="print the JSON Schema of a catalog, for editors")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write it to this file instead")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the schema, or write it."""
    if chosen.out is None:
        print(json_schema())
    else:
        write_schema(chosen.out)
        print(f"{chosen.out} written")
    return 0


def write_schema(path: Path) -> None:
    """Write the schema to `path`. Raises CatalogError when that cannot be done."""
    try:
        path.write_text(json_schema() + "\n", "utf-8")
    except OSError as error:
        raise CatalogError(f"{path} cannot be written ({error.strerror})") from None
