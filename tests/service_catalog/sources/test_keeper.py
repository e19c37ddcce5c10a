"""Catalogs of a running process stay fresh; a source that turns bad changes nothing but /health."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from service_catalog.load import Catalogs
from service_catalog.sources import remote
from service_catalog.sources.keeper import Keeper
from service_catalog.sources.settings import Remote, Sources
from service_catalog.sources.source import SourceState
from tests.service_catalog.sources.serving import ROOT, CatalogServer


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "FIRST_WAIT", 0.01)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CatalogServer]:
    served = tmp_path / "served"
    served.mkdir()
    running = CatalogServer(served).start()
    yield running
    running.stop()


@pytest.fixture
def sources(tmp_path: Path, server: CatalogServer, small: str) -> Sources:
    """Stange's own catalog on a server, an older one in the folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "3413-stange.yml").write_text(aged(small, 12), "utf-8")
    (server.folder / "3413.yml").write_text(aged(small, 13), "utf-8")
    return Sources(
        folder,
        (Remote("3413", server.url("good/3413.yml")),),
        look_seconds=0.1,
        refresh_seconds=1.0,
        allow_this_machine=True,
        copies=tmp_path / "copies",
    )


def aged(small: str, age: int) -> str:
    return small.replace("minimum_age: 12", f"minimum_age: {age}")


def age_in(catalogs: Catalogs) -> int | None:
    offer = catalogs.offer("3413-helsestasjon")
    return offer.service.minimum_age if offer else None


async def fetched(sources: Sources) -> tuple[Catalogs, SourceState]:
    """Fetch once, as a process does that has just begun."""
    catalogs = Catalogs()
    keeper = Keeper(sources, catalogs)
    await keeper.fetch_all()
    return catalogs, keeper.states()[1]


def pointing(sources: Sources, server: CatalogServer, path: str) -> Sources:
    return replace(sources, remote=(Remote("3413", server.url(path)),))


def wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


async def test_a_fetched_catalog_goes_before_the_one_in_the_folder(sources: Sources) -> None:
    catalogs, state = await fetched(sources)
    assert age_in(catalogs) == 13
    assert (state.source, state.state, state.reason) == ("3413", "ok", None)


async def test_what_has_not_changed_is_not_sent_again(
    sources: Sources, server: CatalogServer
) -> None:
    await fetched(sources)
    catalogs, state = await fetched(sources)
    assert [line[1] for line in server.asked] == ["200", "304"]
    assert age_in(catalogs) == 13 and state.state == "ok"


async def test_a_dead_server_after_a_restart_leaves_the_last_good_copy(
    sources: Sources, server: CatalogServer
) -> None:
    await fetched(sources)
    server.stop()
    catalogs, state = await fetched(sources)
    assert age_in(catalogs) == 13
    assert state.state == "stale" and state.reason == "it cannot be reached"
    assert state.age_seconds is not None and state.age_seconds < 60
    old = replace(sources, max_age_hours=0)
    await asyncio.sleep(1.1)
    catalogs, state = await fetched(old)
    assert age_in(catalogs) == 13 and state.state == "faulty"
    assert state.reason == "it cannot be reached; the copy has become too old"


async def test_a_dead_server_and_no_copy_leave_the_folder(
    sources: Sources, server: CatalogServer
) -> None:
    server.stop()
    catalogs, state = await fetched(sources)
    assert age_in(catalogs) == 12
    assert (state.state, state.age_seconds) == ("faulty", None)


@pytest.mark.parametrize(
    ("path", "state"),
    [("broken/x", "stale"), ("garbage/x", "faulty"), ("huge/x", "faulty"), ("page/x", "faulty")],
)
async def test_what_a_bad_source_says_changes_nothing(
    sources: Sources, server: CatalogServer, path: str, state: str
) -> None:
    await fetched(sources)
    catalogs, told = await fetched(pointing(sources, server, path))
    assert age_in(catalogs) == 13 and told.state == state
    assert told.reason and "secret" not in told.reason and "127.0.0.1" not in told.reason


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("cost: free", "cost: gratis", "services[helsestasjon].cost"),
        ('municipality: "3413"\nname: Stange', 'municipality: "3403"\nname: Hamar', "municipality"),
        ("url: https", "booking_endpoint: http://127.0.0.1:1/fhir\n    url: https", "booking"),
        ("url: https", 'booking_endpoint: "https://a.no/${BOOKING_X}"\n    url: https', "booking"),
    ],
)
async def test_a_catalog_with_a_fault_or_of_another_place_is_not_taken(
    sources: Sources, server: CatalogServer, small: str, before: str, after: str, field: str
) -> None:
    await fetched(sources)
    (server.folder / "3413.yml").write_text(aged(small, 14).replace(before, after, 1), "utf-8")
    catalogs, state = await fetched(sources)
    assert age_in(catalogs) == 13 and catalogs.of("3403") is None
    assert state.state == "faulty" and field in str(state.reason)
    (server.folder / "3413.yml").write_text(aged(small, 15), "utf-8")
    catalogs, state = await fetched(sources)
    assert age_in(catalogs) == 15 and state.state == "ok"


@pytest.mark.parametrize("harm", ["cut", "note gone", "note garbage", "other address"])
async def test_a_copy_that_has_come_to_harm_is_fetched_whole(
    sources: Sources, server: CatalogServer, harm: str
) -> None:
    await fetched(sources)
    copy, note = sources.copies / "3413.yml", sources.copies / "3413.note"
    if harm == "cut":
        copy.write_bytes(copy.read_bytes()[:100])
    elif harm == "note gone":
        note.unlink()
    elif harm == "note garbage":
        note.write_text("[1]")
    else:
        sources = pointing(sources, server, "good/3413.yml?other")
    catalogs, state = await fetched(sources)
    assert [line[1] for line in server.asked][1:] == ["200"]
    assert age_in(catalogs) == 13 and state.state == "ok"


async def test_a_source_that_is_no_longer_listed_is_no_longer_served(sources: Sources) -> None:
    await fetched(sources)
    catalogs = Catalogs()
    Keeper(replace(sources, remote=()), catalogs).look()
    assert age_in(catalogs) == 12


async def test_a_change_of_state_is_logged_once(
    sources: Sources, server: CatalogServer, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = Keeper(sources, Catalogs())
    with caplog.at_level(logging.WARNING, "service_catalog"):
        await keeper.fetch_all()
        assert caplog.messages == []
        server.stop()
        for _ in range(3):
            await keeper.fetch_all()
        assert [message.split(",")[0] for message in caplog.messages] == [
            "catalog source 3413: stale"
        ]
        server.start()
        await keeper.fetch_all()
        assert caplog.messages[-1].startswith("catalog source 3413: ok")
        assert len(caplog.messages) == 2


def test_a_running_keeper_takes_up_what_changes(
    sources: Sources, server: CatalogServer, small: str
) -> None:
    """Files in the folder and what a server says, while finding goes on beside it."""
    other = sources.folder / "3403-hamar.yml"
    catalogs = Catalogs()
    keeper = Keeper(sources, catalogs)
    keeper.start()
    try:
        wait_until(lambda: age_in(catalogs) == 13)
        (server.folder / "3413.yml").write_text(aged(small, 14), "utf-8")
        wait_until(lambda: age_in(catalogs) == 14)
        hamar = small.replace("3413", "3403").replace("name: Stange\n", "name: Hamar\n", 1)
        other.write_text(hamar, "utf-8")
        wait_until(lambda: catalogs.of("3403"))
        other.write_text(hamar.replace("cost: free", "cost: gratis"), "utf-8")
        wait_until(lambda: keeper.states()[0].state == "faulty")
        assert (
            keeper.states()[0].reason
            == "3403-hamar.yml:26: services[helsestasjon].cost has a fault"
        )
        assert catalogs.of("3403") is not None
        other.unlink()
        wait_until(lambda: catalogs.of("3403") is None and keeper.states()[0].state == "ok")
    finally:
        keeper.stop()
    assert not keeper._thread.is_alive()


def test_stopping_does_not_wait_for_a_slow_server(sources: Sources, server: CatalogServer) -> None:
    keeper = Keeper(pointing(sources, server, "slow/x"), Catalogs())
    keeper.start()
    wait_until(lambda: server.asked)
    start = time.monotonic()
    keeper.stop()
    assert time.monotonic() - start < 2 and not keeper._thread.is_alive()


def test_an_emptied_folder_is_told_and_changes_nothing(sources: Sources) -> None:
    catalogs = Catalogs()
    keeper = Keeper(sources, catalogs)
    keeper.look()
    shutil.rmtree(sources.folder)
    keeper.look()
    assert age_in(catalogs) == 12
    assert keeper.states()[0].state == "faulty"


def test_many_sources_are_fetched_a_few_at_a_time(sources: Sources, server: CatalogServer) -> None:
    urls = [Remote(f"{1000 + i}", server.url(f"nowhere/{i}")) for i in range(12)]
    keeper = Keeper(replace(sources, remote=tuple(urls)), Catalogs())
    asyncio.run(keeper.fetch_all())
    assert len(server.asked) == 12
    assert {state.reason for state in keeper.states()[1:]} == {"it answers with status 404"}


def fetch(path: Path, var: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service_catalog", "fetch", "--settings", str(path)],
        cwd=ROOT,
        env={**os.environ, "UNGVEIVISER_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_command_fetches_all_and_tells(
    sources: Sources, server: CatalogServer, tmp_path: Path
) -> None:
    path = tmp_path / "catalogs.yml"
    given = {
        "folder": str(sources.folder),
        "allow_this_machine": True,
        "remote": [{"municipality": "3413", "url": server.url("good/3413.yml?key=hidden")}],
    }
    path.write_text(yaml.safe_dump(given), "utf-8")
    done = fetch(path, tmp_path)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["folder: ok, 0 s old", "3413: ok, 0 s old"],
    )
    assert json.loads((tmp_path / "catalogs" / "3413.note").read_text())["etag"]
    assert "hidden" not in (tmp_path / "catalogs" / "3413.note").read_text()
    server.stop()
    done = fetch(path, tmp_path)
    assert done.returncode == 1 and "3413: stale" in done.stdout
    assert "hidden" not in done.stdout + done.stderr
    path.write_text("remote: [1]\nfolder: x\n")
    done = fetch(path, tmp_path)
    assert done.returncode == 2 and "write municipality and url" in done.stderr
    assert done.stderr.startswith(f"{path}: remote[1]")
