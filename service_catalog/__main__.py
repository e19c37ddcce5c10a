"""The command line of the catalog.

python -m service_catalog check PATH…   every fault as file:line: field: message; exit 1
python -m service_catalog schema        the JSON Schema, for editors
python -m service_catalog coverage PATH… [--out FOLDER]   what a municipality's help lacks
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from service_catalog import coverage_command
from service_catalog.check import check_paths
from service_catalog.load import FOLDER, json_schema


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m service_catalog")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check catalogs and list every fault")
    check.add_argument("paths", metavar="PATH", nargs="*", type=Path, default=[FOLDER])
    commands.add_parser("schema", help="print the JSON Schema of a catalog")
    coverage_command.register(commands)
    chosen = parser.parse_args(arguments)
    if chosen.command == "coverage":
        return coverage_command.run(chosen)
    if chosen.command == "schema":
        print(json_schema())
        return 0
    return _check(chosen.paths)


def _check(paths: Sequence[Path]) -> int:
    files, faults = check_paths(paths)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{files} catalog{'s' if files > 1 else ''} checked, no faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
