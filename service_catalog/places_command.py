"""`python -m service_catalog places FILE…`: how well places are recognised."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from service_catalog import place_report
from service_catalog.errors import BadTable


def add(commands: Any) -> None:
    """Add the command to those of `python -m service_catalog`."""
    parser = commands.add_parser("places", help="measure how well places are recognised")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was read wrongly")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the figures of each file. Returns the exit code, 1 when one cannot be read."""
    for file in chosen.files:
        try:
            read = place_report.read_table if file.suffix == ".tsv" else place_report.read_text
            reads = place_report.measure(read(file))
        except (OSError, UnicodeDecodeError, BadTable) as error:
            sys.stderr.write(f"cannot measure {file}: {error}\n")
            return 1
        lines = [f"{file}:", *(f"  {line}" for line in place_report.summary(reads))]
        lines += place_report.faults(reads) if chosen.errors else []
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0
