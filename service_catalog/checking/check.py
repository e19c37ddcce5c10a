"""Checking catalogs: every fault with its file, line and field, and how to mend it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Optional

from pydantic import ValidationError

from service_catalog.checking.explain import explain
from service_catalog.checking.rules import broken_rules
from service_catalog.errors import CatalogError, Fault, Unreadable
from service_catalog.quick import Doubtful, build
from service_catalog.read import reader_of
from service_catalog.schema import Catalog
from service_catalog.values import ID
from service_catalog.yaml_file import Document, Where, read_bytes

ENDINGS = (".yml", ".yaml")
LONGEST_MESSAGE = 1500  # all service types and a sentence


class Checked(NamedTuple):
    """What came out of one file: a catalog, or the faults that keep it from being one."""

    catalog: Optional[Catalog]
    faults: list[Fault]
    document: Optional[Document] = None


class Survey(NamedTuple):
    """What came out of several files: how many there were, their faults, and the sound ones."""

    files: int
    faults: list[Fault]
    sound: list[tuple[Path, Checked]]


def check_file(path: Path, today: Optional[date] = None) -> Checked:
    """Read and check one file. Never raises for anything that stands in it."""
    try:
        content = read_bytes(path)
    except Unreadable as error:
        return Checked(None, [Fault(path, error.line, "file", str(error))])
    return check_content(content, path, today)


def check_content(content: bytes, path: Path, today: Optional[date] = None) -> Checked:
    """Check what stands in a file. `path` says how to read it, and stands in the faults."""
    try:
        document = reader_of(path.name)(content)
    except CatalogError as error:
        line = error.line if isinstance(error, Unreadable) else 1
        return Checked(None, [Fault(path, line, "file", str(error))])
    if not isinstance(document.data, dict):
        message = "holds no fields; begin with 'municipality: \"3413\"' (see docs/catalog.md)"
        return Checked(None, [Fault(path, 1, "file", message)])
    try:
        catalog = _catalog(document.data)
    except ValidationError as error:
        return Checked(None, _faults(path, document, explain(error, document.data)))
    faults = _faults(path, document, broken_rules(catalog, today or date.today()))
    return Checked(None if faults else catalog, faults, document)


def check_paths(paths: Iterable[Path], today: Optional[date] = None) -> tuple[int, list[Fault]]:
    """Check files and folders; return how many files there were, and every fault in order."""
    found = survey(paths, today)
    return found.files, found.faults


def survey(paths: Iterable[Path], today: Optional[date] = None) -> Survey:
    """Check files and folders, each file once, and no municipality twice."""
    faults: list[Fault] = []
    files: list[Path] = []
    for path in paths:
        found = catalog_files(path)
        files += found
        if not found:
            faults.append(Fault(path, 1, "file", "holds no catalog; add one ending in .yml"))
    seen: dict[str, Path] = {}
    sound: list[tuple[Path, Checked]] = []
    for file in files:
        checked = check_file(file, today)
        faults += checked.faults
        if checked.catalog is not None:
            sound.append((file, checked))
            first = seen.setdefault(checked.catalog.key, file)
            if first != file:
                message = f"{checked.catalog.key} is described by {first} too; keep one of them"
                faults.append(Fault(file, 1, "municipality", message))
    return Survey(len(files), faults, sound)


def catalog_files(path: Path) -> list[Path]:
    """Return the catalogs in a folder, or the file itself. Links out of a folder are left.

    None in a folder that may not be read.
    """
    if not path.is_dir():
        return [path]
    if not os.access(path, os.R_OK | os.X_OK):
        return []
    inside = path.resolve()
    return sorted(
        file
        for file in path.iterdir()
        if file.suffix in ENDINGS and file.is_file() and inside in file.resolve().parents
    )


def _catalog(data: Any) -> Catalog:
    try:
        return build(data)
    except Doubtful:
        return Catalog.parse_obj(data)


def _faults(path: Path, document: Document, found: Iterable[tuple[Where, str]]) -> list[Fault]:
    faults = [
        Fault(path, document.line(where), field_name(document.data, where), one_line(message))
        for where, message in found
    ]
    return sorted(faults, key=lambda fault: fault.line)


def field_name(data: Any, where: Where) -> str:
    """Return `where` in words, lists by the id of the part: services[legevakt].levels."""
    name = ""
    for key in where:
        data = _step(data, key)
        if isinstance(key, str):
            name += f".{key}" if name else key
            continue
        part_id = data.get("id") if isinstance(data, dict) else None
        named = isinstance(part_id, str) and re.fullmatch(ID, part_id)
        name += f"[{part_id}]" if named else f"[{key + 1}]"
    return one_line(name.replace(":", " ")) or "file"


def one_line(text: str) -> str:
    """Return `text` so that it can be printed: no line breaks, no control signs, not endless."""
    line = " ".join(text.split())
    shown = "".join(sign if sign.isprintable() else "�" for sign in line)
    if len(shown) <= LONGEST_MESSAGE:
        return shown
    # What is quoted stands first and how to mend it last: both are kept.
    return f"{shown[:100]} … {shown[-(LONGEST_MESSAGE - 103) :]}"


def _step(data: Any, key: Any) -> Any:
    try:
        return data[key]
    except (KeyError, IndexError, TypeError):
        return None
