"""Many catalogs read at once, in processes of their own: reading is all computing.

The readers are this module run with `python -m`, not `multiprocessing`: its processes
begin by importing the whole server again, which takes longer than the reading.
What a reader leaves unread (killed, no room for it) is read here.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from service_catalog.checking.check import Checked, check_file

FEW = 40  # files that are read here, before a reader would have started
ROOT = Path(__file__).parents[1]

log = logging.getLogger(__name__)


def read_files(paths: Sequence[Path]) -> Iterator[tuple[Path, Checked]]:
    """Yield what stands in each file, in any order, without its document."""
    rest = set(paths)
    readers = _cores() if len(paths) > FEW else 1
    if readers > 1:
        with ThreadPoolExecutor(readers) as pool:
            shares = [paths[start::readers] for start in range(readers)]
            for found in pool.map(_read_apart, shares):
                rest -= found.keys()
                yield from found.items()
    for path in (one for one in paths if one in rest):
        yield path, check_file(path)._replace(document=None)


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _read_apart(paths: Sequence[Path]) -> dict[Path, Checked]:
    """Return what a reader found in these files, or as many of them as it came to."""
    found: dict[Path, Checked] = {}
    command = [sys.executable, "-W", "ignore", "-m", __name__]
    try:
        with subprocess.Popen(  # noqa: S603 our own module
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as reader:
            assert reader.stdin is not None and reader.stdout is not None
            with reader.stdin as asked:
                pickle.dump([path.absolute() for path in paths], asked)
            for path in paths:
                found[path] = pickle.load(reader.stdout)  # noqa: S301 our own process wrote it
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        log.warning(
            "a reader of catalogs stopped early (%s); reading on here", type(error).__name__
        )
    return found


def main() -> None:
    """Read the files named on standard input; write what stands in each to standard output."""
    gc.disable()  # its rounds cost a sixth of the reading, and this process soon ends
    for path in pickle.load(sys.stdin.buffer):  # noqa: S301 the process above wrote it
        checked = check_file(path)._replace(document=None)
        sys.stdout.buffer.write(pickle.dumps(checked, pickle.HIGHEST_PROTOCOL))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
