"""The command line of the catalog.

python -m service_catalog check PATH…   every fault as file:line: field: message; exit 1
python -m service_catalog schema        the JSON Schema, for editors
python -m service_catalog export PATH --as hsds|csv [--out FILE] [--validate SCHEMA]
                                        as Open Referral HSDS 3, or as a spreadsheet
python -m service_catalog import FILE [--municipality 3413] [--out FILE.yml] [--force]
                                        the YAML of either; tells what lacks and what was left
python -m service_catalog template      an empty spreadsheet with one example
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from service_catalog import exchange
from service_catalog.check import check_paths
from service_catalog.load import FOLDER, json_schema


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m service_catalog")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check catalogs and list every fault")
    check.add_argument("paths", metavar="PATH", nargs="*", type=Path, default=[FOLDER])
    check.set_defaults(run=_check)
    schema = commands.add_parser("schema", help="print the JSON Schema of a catalog")
    schema.set_defaults(run=_schema)
    exchange.add_commands(commands)
    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen))


def _check(chosen: argparse.Namespace) -> int:
    files, faults = check_paths(chosen.paths)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{files} catalog{'s' if files > 1 else ''} checked, no faults", file=sys.stderr)
    return 1 if faults else 0


def _schema(_: argparse.Namespace) -> int:
    print(json_schema())
    return 0


if __name__ == "__main__":
    sys.exit(main())
