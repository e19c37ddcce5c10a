"""The command line of the catalog.

python -m service_catalog check PATH…   faults (exit 1) and warnings, as file:line: field: message
python -m service_catalog new PLACE     a commented catalog to begin with
python -m service_catalog preview FILE  the whole bot on just that catalog
python -m service_catalog schema        the JSON Schema, for editors
python -m service_catalog coverage PATH… [--out FOLDER]   what a municipality's help lacks
python -m service_catalog export PATH --as hsds|csv [--out FILE] [--validate SCHEMA]
                                        as Open Referral HSDS 3, or as a spreadsheet
python -m service_catalog import FILE [--municipality 3413] [--out FILE.yml] [--force]
                                        the YAML of either; tells what lacks and what was left
python -m service_catalog places FILE… [--errors]         how well places are recognised
python -m service_catalog template      an empty spreadsheet with one example
python -m service_catalog fetch [--settings FILE]
                                        fetch every remote catalog now, and tell how each source is
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Optional

from service_catalog import places_command
from service_catalog.checking import command as checking
from service_catalog.coverage import command as coverage
from service_catalog.errors import CatalogError
from service_catalog.exchange import command as exchange
from service_catalog.onboarding import new, preview, schema_command
from service_catalog.sources import command as sources

COMMANDS = (
    checking,
    new,
    preview,
    schema_command,
    coverage,
    exchange,
    sources,
    places_command,
)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m service_catalog")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a file may be called anything
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(chosen.run(chosen))
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
