"""The commands that take a catalog in and out: export, import and template."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Optional

from pydantic import ValidationError

from service_catalog.checking.check import check_file, field_name
from service_catalog.errors import CatalogError
from service_catalog.exchange.holes import holes
from service_catalog.exchange.hsds_check import faults_by_schema
from service_catalog.exchange.hsds_in import changed_since, from_hsds, read_json
from service_catalog.exchange.hsds_out import confidential_addresses, to_json
from service_catalog.exchange.imported import Imported
from service_catalog.exchange.sheet_in import SheetFaults, from_sheet
from service_catalog.exchange.sheet_out import template, to_sheet
from service_catalog.exchange.write import write, write_data
from service_catalog.municipalities import municipality
from service_catalog.schema import Catalog


def add(commands: Any) -> None:
    """Add export, import and template to the command line."""
    out = commands.add_parser("export", help="give a catalog as HSDS 3 or as a spreadsheet")
    out.add_argument("path", metavar="PATH", type=Path)
    out.add_argument("--as", dest="form", choices=["hsds", "csv"], required=True)
    out.add_argument("--out", metavar="FILE", type=Path, help="write there, not on the screen")
    out.add_argument("--validate", metavar="SCHEMA", type=Path, help="a compiled schema of HSDS")
    out.set_defaults(run=run_export)
    into = commands.add_parser("import", help="make a catalog of HSDS 3 (.json) or CSV")
    into.add_argument("path", metavar="FILE", type=Path)
    into.add_argument("--municipality", metavar="NUMBER", help="whose catalog it is to be")
    into.add_argument("--out", metavar="FILE.yml", type=Path, help="write there, not on the screen")
    into.add_argument("--force", action="store_true", help="write over a file that is there")
    into.set_defaults(run=run_import)
    sheet = commands.add_parser("template", help="give an empty spreadsheet with one example")
    sheet.add_argument("--out", metavar="FILE", type=Path, help="write there, not on the screen")
    sheet.set_defaults(run=run_template)


def run_export(chosen: argparse.Namespace) -> int:
    """Write one sound catalog as HSDS or CSV; 1 when it has faults."""
    checked = check_file(chosen.path)
    if checked.catalog is None:
        return _stop(checked.faults)
    for place in confidential_addresses(checked.catalog):
        _tell([f"locations[{place}]: its address is confidential; remove it before you publish"])
    if chosen.form == "csv":
        return _give(to_sheet(checked.catalog), chosen.out)
    text = to_json(checked.catalog, date.today())
    if chosen.validate is not None:
        try:
            faults = faults_by_schema(json.loads(text), chosen.validate)
        except CatalogError as error:
            return _stop([error])
        if faults:
            return _stop(faults)
        _tell([f"valid by {chosen.validate}"])
    return _give(text.encode(), chosen.out)


def run_import(chosen: argparse.Namespace) -> int:
    """Write a YAML catalog of what FILE holds; 1 when nothing could be made of it."""
    if chosen.out is not None and chosen.out.exists() and not chosen.force:
        return _stop([f"{chosen.out} is there already; give another name, or --force"])
    try:
        content = chosen.path.read_bytes()
        is_json = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"["))
        text = _from_json if is_json else _from_csv
        return _give(text(content, chosen).encode(), chosen.out)
    except OSError as error:
        return _stop([f"{chosen.path}: cannot be opened ({error.strerror})"])
    except SheetFaults as error:
        return _stop(error.faults)
    except CatalogError as error:
        return _stop([f"{chosen.path}: {error}"])


def run_template(chosen: argparse.Namespace) -> int:
    """Write the empty spreadsheet."""
    return _give(template(), chosen.out)


def _from_csv(content: bytes, chosen: argparse.Namespace) -> str:
    return write(from_sheet(content, chosen.path, chosen.municipality, date.today()))


def _from_json(content: bytes, chosen: argparse.Namespace) -> str:
    document = read_json(content)
    imported = from_hsds(document, date.today())
    _place(imported.data, chosen.municipality)
    _tell(imported.told)
    try:
        catalog = Catalog.parse_obj(imported.data)
    except ValidationError:
        return _with_holes(imported)
    _tell(changed_since(document, catalog, date.today()))
    return write(catalog)


def _with_holes(imported: Imported) -> str:
    """Return what is there, with a TODO at everything that lacks; tell of each."""
    comments = {where: list(texts) for where, texts in imported.comments.items()}
    comments.setdefault((), []).append("TODO les alle tekstene: nb skal være bokmål, nn nynorsk")
    for where, hint in holes(imported.data).items():
        comments.setdefault(where, []).append(hint)
        _tell([f"{field_name(imported.data, where)}: {hint}"])
    return write_data(imported.data, comments)


def _place(data: dict[str, Any], number: Optional[str]) -> None:
    """Say which municipality it is. Raises CatalogError for a wrong number."""
    if number is None:
        return
    found = municipality(number)
    if found is None:
        raise CatalogError(f"{number!r} is no municipality number of 2024; look it up")
    if data.setdefault("municipality", number) != number:
        raise CatalogError(f"is of {data['municipality']}, not of {number}; leave the number out")
    data.setdefault("name", found.name)


def _give(content: bytes, out: Optional[Path]) -> int:
    try:
        if out is None:
            sys.stdout.buffer.write(content)
        else:
            out.write_bytes(content)
    except OSError as error:
        return _stop([f"{out or 'the screen'}: cannot be written ({error.strerror})"])
    return 0


def _tell(messages: Iterable[object]) -> None:
    for message in messages:
        print(message, file=sys.stderr)


def _stop(faults: Iterable[object]) -> int:
    for fault in faults:
        print(fault)
    return 1
