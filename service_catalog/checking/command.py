"""`python -m service_catalog check`: faults and warnings, for people and for CI machines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Union

from bot.clock import now
from service_catalog.checking.cautions import cautions
from service_catalog.checking.check import Survey, survey
from service_catalog.errors import Caution, Fault
from service_catalog.load import FOLDER

FAULTY, STRICT = 1, 2  # exit codes


def add(commands: Any) -> None:
    """Register the command with the command line."""
    parser = commands.add_parser("check", help="check catalogs: list every fault and warning")
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        default=[FOLDER],
        help="catalogs, or folders of them; without one, those in service",
    )
    parser.add_argument("--strict", action="store_true", help="exit 2 when there are warnings")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check and print; return 1 with faults, 2 with warnings and --strict, else 0."""
    found, warnings = check(chosen.paths)
    if chosen.format == "json":
        print(as_json(found, warnings))
    else:
        for line in (*found.faults, *warnings):
            print(line)
    print(told(found, warnings), file=sys.stderr)
    if found.faults:
        return FAULTY
    return STRICT if warnings and chosen.strict else 0


def check(paths: Sequence[Path]) -> tuple[Survey, list[Caution]]:
    """Return what is wrong in the files and folders, and what their owners should look at."""
    today = now().date()
    found = survey(paths, today)
    return found, [one for path, sound in found.sound for one in cautions(path, sound, today)]


def told(found: Survey, warnings: Sequence[Caution]) -> str:
    """Return the outcome in one line: "8 catalogs checked, no faults, 2 warnings"."""
    parts = [counted(found.files, "catalog") + " checked"]
    parts.append(counted(len(found.faults), "fault"))
    parts.append(counted(len(warnings), "warning"))
    return ", ".join(parts)


def counted(number: int, word: str) -> str:
    """Return "no faults", "1 fault" or "2 faults"."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def as_json(found: Survey, warnings: Sequence[Caution]) -> str:
    """Return everything as one JSON object."""
    report = {
        "files": found.files,
        "faults": [_row(one) for one in found.faults],
        "warnings": [_row(one) for one in warnings],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _row(one: Union[Fault, Caution]) -> dict[str, Any]:
    return {
        "file": str(one.path),
        "line": one.line,
        "field": one.field,
        "message": one.message,
    }
