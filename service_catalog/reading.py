"""Many catalogs read at once, in processes of their own: reading is all computing.

The readers are this module run with `python -m`, not `multiprocessing`: its processes
begin by importing the whole server again, which takes longer than the reading.
Files are handed out a few at a time, so that a core that is held up reads fewer.
What a reader leaves unread (killed, no room for it) is read here.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Optional

from service_catalog.checking.check import Checked, check_file

FEW = 40  # files that are read here, before a reader would have started
AHEAD = 3  # files that a reader is given before it has read the first: it never waits for us
ROOT = Path(__file__).parents[1]
Read = tuple[Path, Checked]

log = logging.getLogger(__name__)


def read_files(paths: Sequence[Path], idle: bool = False) -> Iterator[Read]:
    """Yield what stands in each file, in any order, without its document.

    `idle`: this process has nothing else to do, so it reads too, and needs a reader fewer.
    """
    todo = deque(paths)
    found: SimpleQueue[Optional[Read]] = SimpleQueue()
    going = _readers(len(paths), idle)
    for _ in range(going):
        Thread(target=_read_apart, args=(todo, found), daemon=True).start()
    try:
        if idle:
            yield from _read_here(todo)
        while going:
            one = found.get()
            if one is None:
                going -= 1
            else:
                yield one
        yield from _read_here(todo)
    finally:
        todo.clear()


def _readers(files: int, idle: bool) -> int:
    """Return how many processes are worth starting for so many files."""
    cores = _cores()
    return 0 if files <= FEW or cores < 2 else min(cores - idle, files // FEW + 1)


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _read_here(todo: deque[Path]) -> Iterator[Read]:
    for path in _taken(todo):
        yield path, check_file(path)._replace(document=None)


def _taken(todo: deque[Path]) -> Iterator[Path]:
    """Take the files one by one; others may take of them meanwhile."""
    while True:
        try:
            path = todo.popleft()
        except IndexError:
            return
        yield path


def _read_apart(todo: deque[Path], found: SimpleQueue[Optional[Read]]) -> None:
    """Let a reader read of `todo` into `found`, and None after the last. Puts back what is left."""
    given: deque[Path] = deque()
    command = [sys.executable, "-W", "ignore", "-m", __name__]
    try:
        with subprocess.Popen(  # noqa: S603 our own module
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as reader:
            _give(reader, todo, given, AHEAD)
            while given:
                assert reader.stdout is not None
                checked = pickle.load(reader.stdout)  # noqa: S301 our own process wrote it
                found.put((given.popleft(), checked))
                _give(reader, todo, given, 1)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        log.warning(
            "a reader of catalogs stopped early (%s); reading on here", type(error).__name__
        )
    finally:
        todo.extend(given)
        found.put(None)


def _give(
    reader: subprocess.Popen[bytes], todo: deque[Path], given: deque[Path], most: int
) -> None:
    """Hand `most` files over to a reader."""
    assert reader.stdin is not None
    for path in islice(_taken(todo), most):
        given.append(path)
        pickle.dump(path.absolute(), reader.stdin)
    reader.stdin.flush()


def main() -> None:
    """Read the files named on standard input; write what stands in each to standard output."""
    gc.disable()  # its rounds cost a sixth of the reading, and this process soon ends
    while True:
        try:
            path = pickle.load(sys.stdin.buffer)  # noqa: S301 the process above wrote it
        except EOFError:
            return
        checked = check_file(path)._replace(document=None)
        sys.stdout.buffer.write(pickle.dumps(checked, pickle.HIGHEST_PROTOCOL))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
