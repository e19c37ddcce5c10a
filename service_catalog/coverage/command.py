"""`python -m service_catalog coverage PATH… [--out FOLDER]`: a municipality sees its own holes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.clock import now
from bot.turn import Language
from service_catalog.checking.check import catalog_files, check_file, check_paths
from service_catalog.coverage.gaps import gaps
from service_catalog.coverage.pages import cells_csv, file_of, gaps_csv, index, page
from service_catalog.coverage.table import Table, coverage_of
from service_catalog.load import FOLDER, Catalogs
from service_catalog.schema import Catalog


def add(commands: Any) -> None:
    """Add the command to those of `python -m service_catalog`."""
    parser = commands.add_parser("coverage", help="tell what a municipality's help lacks")
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, default=[FOLDER])
    parser.add_argument("--out", metavar="FOLDER", type=Path, help="write pages and CSV there")
    parser.add_argument("--language", choices=("nb", "nn"), default="nb")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the gaps of every catalog in the paths; write the pages. Returns the exit code."""
    _, faults = check_paths(chosen.paths)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    tables = tables_of(chosen.paths, now().date())
    for table in tables:
        sys.stdout.write(told(table, chosen.language))
    if not tables and not faults:
        sys.stderr.write("no municipal catalog there; the national one has no coverage\n")
    if chosen.out is not None and tables:
        try:
            write(tables, chosen.out, chosen.language)
        except OSError as error:
            sys.stderr.write(f"{chosen.out}: cannot be written ({error.strerror}); name another\n")
            return 1
        sys.stderr.write(f"written: {chosen.out / 'index.html'}\n")
    return 0 if tables and not faults else 1


def tables_of(paths: Sequence[Path], day: date) -> list[Table]:
    """Return the tables of the sound catalogs in `paths`, neighbours and country beside them."""
    given = _sound(paths)
    beside = [one for one in _sound([FOLDER]) if one.key not in {two.key for two in given}]
    catalogs = Catalogs([*given, *beside])
    keys = dict.fromkeys(catalog.key for catalog in given)
    tables = [coverage_of(catalogs, key, day) for key in keys]
    return [table for table in tables if table is not None]


def told(table: Table, language: Language) -> str:
    """Return the gaps of a municipality as lines for a terminal, the gravest first."""
    found = [f"  {gap.gravity}  {gap.say(language)}" for gap in gaps(table)]
    return "\n".join([f"{table.catalog.key} {table.catalog.name}", *(found or ["  –"])]) + "\n"


def write(tables: Sequence[Table], folder: Path, language: Language) -> None:
    """Write a page, a picture and two CSV files for each table, and the index. Raises OSError."""
    from service_catalog.coverage.picture import draw  # a second to load: only when it draws

    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        start, picture = folder / file_of(table), draw(table, language)
        start.with_suffix(".html").write_text(page(table, picture, language), "utf-8")
        start.with_suffix(".svg").write_text(picture, "utf-8")
        for name, rows in (("cells", cells_csv), ("gaps", gaps_csv)):
            Path(f"{start}-{name}.csv").write_bytes(rows(table, language).encode("utf-8"))
    (folder / "index.html").write_text(index(tables, language), "utf-8")


def _sound(paths: Sequence[Path]) -> list[Catalog]:
    files = [file for path in paths for file in catalog_files(path)]
    checked = [check_file(file).catalog for file in files]
    return [catalog for catalog in checked if catalog is not None]
