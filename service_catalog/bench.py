"""Measures loading and finding at the size of the whole country.

python -m service_catalog.bench [--municipalities 357] [--services 30]

The catalogs are made up from Eksempelvik's services and lie in a folder that is
removed afterwards. The numbers hold for the machine that they are measured on.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Optional, get_args

import yaml

from bot.turn import Level
from service_catalog.find import find
from service_catalog.hours import OSLO
from service_catalog.load import FOLDER, NATIONAL, Catalogs
from service_catalog.place_table import table
from service_catalog.query import Query

MOULD = "9999-eksempelvik.yml"
TICK_SECONDS = 0.005
QUERIES = 4000


class Goal(NamedTuple):
    """One number, its unit and what it should be at most."""

    name: str
    value: float
    most: Optional[float]
    unit: str

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.name:<34}{self.value:>9.2f} {self.unit}"
        verdict = "met" if self.value <= self.most else "MISSED"
        return f"{self.name:<34}{self.value:>9.2f} {self.unit:<3} goal ≤ {self.most:g}: {verdict}"


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Measure, print, and return 0: a missed goal is told, not a failure."""
    parser = argparse.ArgumentParser(prog="python -m service_catalog.bench")
    parser.add_argument("--municipalities", type=int, default=357)
    parser.add_argument("--services", type=int, default=30)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Apart, so that what writing them takes is not counted as the memory of reading them.
        size = (folder, chosen.municipalities, chosen.services)
        writer = multiprocessing.get_context("spawn").Process(target=write_catalogs, args=size)
        writer.start()
        writer.join()
        files = len(list(folder.iterdir()))
        print(f"{files} catalogs with {chosen.services} services each, the national one among them")
        for goal in measure(folder):
            print(goal)
    return 0


def write_catalogs(folder: Path, municipalities: int, services: int) -> None:
    """Write so many catalogs into `folder`, and the national one."""
    mould = yaml.load((FOLDER / MOULD).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    numbers = [number for number in table().municipalities if number != mould["municipality"]]
    for number in numbers[:municipalities]:
        text = yaml.dump(_catalog(mould, number, services), allow_unicode=True, sort_keys=False)
        (folder / f"{number}.yml").write_text(text, "utf-8")
    (folder / "national.yml").write_bytes((FOLDER / "national.yml").read_bytes())


def measure(folder: Path) -> list[Goal]:
    """Return what loading, finding and reloading `folder` cost."""
    table()  # belongs to the places, not to the catalogs
    before = _memory()
    start, start_cpu = time.perf_counter(), time.process_time()
    catalogs = Catalogs.load(folder)
    took, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    grown = _memory() - before
    times = [1000 * one for one in _finding(catalogs)]
    quiet = asyncio.run(_turns(catalogs, None))
    busy, reloading = asyncio.run(_turns(catalogs, folder))
    return [
        Goal("load", took, 5, "s"),
        Goal("load, time of this process", cpu, None, "s"),
        Goal("memory at its height, grown by", grown, 200, "MB"),
        Goal("memory of a reader, while it reads", _memory(resource.RUSAGE_CHILDREN), None, "MB"),
        Goal("find, half of them within", statistics.median(times), None, "ms"),
        Goal("find, 99 of 100 within", sorted(times)[int(len(times) * 0.99)], 3, "ms"),
        Goal("worst turn, nothing else going on", quiet[0] * 1000, None, "ms"),
        Goal("worst turn during a reload", busy * 1000, 100, "ms"),
        Goal("reload of everything", reloading, None, "s"),
    ]


def _finding(catalogs: Catalogs) -> list[float]:
    queries = itertools.islice(itertools.cycle(_queries(catalogs)), QUERIES)
    times = []
    for query in queries:
        start = time.thread_time()
        find(query, catalogs)
        times.append(time.thread_time() - start)
    return times


def _queries(catalogs: Catalogs) -> list[Query]:
    moments = [datetime(2026, 10, 14, 14, 30, tzinfo=OSLO), datetime(2026, 12, 26, 3, tzinfo=OSLO)]
    places = [key for key in catalogs.all if key != NATIONAL]
    return [
        Query(level, now, place=place, age=age, themes=("trist",), text="jeg er lei meg")
        for place, level, age, now in itertools.product(
            places, get_args(Level), (None, 15, 19), moments
        )
    ][::7]


async def _turns(catalogs: Catalogs, reload: Optional[Path]) -> tuple[float, float]:
    """Return the worst turn, and how long the reload beside it took (seconds).

    A turn waits for its place in the event loop and finds once. Without `reload` there are
    400 of them; with it as many as there is time for.
    """
    beside = threading.Thread(target=_reload, args=(catalogs, reload)) if reload else None
    queries = itertools.cycle(_queries(catalogs))
    find(next(queries), catalogs)
    start = time.perf_counter()
    if beside:
        beside.start()
    worst, turns = 0.0, 0
    while beside.is_alive() if beside else turns < 400:
        due = time.perf_counter() + TICK_SECONDS
        await asyncio.sleep(TICK_SECONDS)
        find(next(queries), catalogs)
        worst = max(worst, time.perf_counter() - due)
        turns += 1
    return worst, time.perf_counter() - start


def _reload(catalogs: Catalogs, folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path)
    catalogs.reload(folder)


def _catalog(mould: dict[str, Any], number: str, services: int) -> dict[str, Any]:
    """Return Eksempelvik's catalog moved to another municipality, with so many services."""
    official = table().districts.get(number)
    districts = dict(zip(mould["districts"], official or mould["districts"], strict=False))
    pattern = mould["services"]
    moved: dict[str, Any] = _moved({**mould, "services": []}, number, districts)
    # Pathways name services by id; these get ids of their own, so the type stands in for them.
    types = {service["id"]: service["type"] for service in pattern}
    moved["pathways"] = _moved(mould["pathways"], number, types)
    moved["municipality"], moved["name"] = number, table().municipalities[number].name
    moved["services"] = [
        {**_moved(pattern[i % len(pattern)], number, districts), "id": f"sted-{i}"}
        for i in range(services)
    ]
    return moved


def _moved(value: Any, number: str, words: dict[str, str]) -> Any:
    """Return a copy of `value` as another municipality would write it; `words`: old and new."""
    if isinstance(value, dict):
        return {key: _moved(inner, number, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, number, words) for inner in value]
    text = str(words.get(value, value)).replace("Eksempelvik", f"Sted {number}")
    # Hours of their own, so that no two municipalities share what was read once.
    return text.replace("5:30", f"5:{int(number) % 60:02}")


def _memory(whose: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory that this process, or one that it started, has held, in MB."""
    most = resource.getrusage(whose).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1000)


if __name__ == "__main__":
    sys.exit(main())
