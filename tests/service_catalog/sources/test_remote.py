"""Fetching from servers that are slow, ill, hostile or gone. The server is a real process."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service_catalog.errors import FetchError
from service_catalog.sources import remote
from service_catalog.sources.address import is_number
from service_catalog.sources.remote import Fetched, Fetcher
from service_catalog.sources.settings import Sources
from tests.service_catalog.sources.serving import CatalogServer, make_certificate

HERE = Sources(Path(), allow_this_machine=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CatalogServer]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "3413.yml").write_text('municipality: "3413"\n')
    running = CatalogServer(folder).start()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "FIRST_WAIT", 0.01)


async def get(url: str, sources: Sources = HERE, **asking: str) -> Fetched:
    return await Fetcher(sources, whole_seconds=3).fetch(url, asking)


async def test_a_catalog_and_then_nothing_new(server: CatalogServer) -> None:
    first = await get(server.url("good/3413.yml"))
    assert first.content == b'municipality: "3413"\n' and first.ending == ".yml" and first.etag
    again = await get(server.url("good/3413.yml"), **{"If-None-Match": first.etag})
    assert again.content is None
    assert [line[1] for line in server.asked[-2:]] == ["200", "304"]


async def test_ill_twice_and_then_well(server: CatalogServer) -> None:
    assert (await get(server.url("ill/3413.yml"))).content
    assert [one[1] for one in server.asked if one[0].startswith("/ill")] == ["503", "503", "200"]


@pytest.mark.parametrize(
    ("path", "message", "passing", "tries"),
    [
        ("broken/x", "status 500", True, 3),
        ("nowhere/x", "status 404", False, 1),
        ("huge/x", "larger than 1000 KB", False, 1),
        ("page/x", "'text/html', which is no form", False, 1),
        ("packed/x", "packed", False, 1),
        ("nohttp/x", "breaks off or is no HTTP", True, 3),
        ("half/x", "breaks off or is no HTTP", True, 3),
        ("round/x", "more than 3 times", False, 1),
        ("slow/x", "too long", True, 1),
        ("slowhead/x", "too long", True, 1),
    ],
)
async def test_a_bad_answer(
    server: CatalogServer, path: str, message: str, passing: bool, tries: int
) -> None:
    before, start = len(server.asked), time.monotonic()
    with pytest.raises(FetchError, match=message) as raised:
        await get(server.url(path))
    assert raised.value.passing is passing
    assert "127.0.0.1" not in str(raised.value) and "secret" not in str(raised.value)
    asked = server.asked[before:]
    assert len(asked) == (4 if path == "round/x" else tries)
    assert time.monotonic() - start < 20


async def test_nobody_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be reached") as raised:
        await get(f"http://127.0.0.1:{port}/x.yml")
    assert raised.value.passing


PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.5.5",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "localhost",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
]


@pytest.mark.parametrize("host", PRIVATE)
async def test_private_addresses_are_never_connected_to(server: CatalogServer, host: str) -> None:
    before = len(server.asked)
    strict = replace(HERE, allow_this_machine=False)
    with pytest.raises(FetchError, match=r"private network|looked up|no web address"):
        await get(f"https://{host}:{server.port}/good/3413.yml", strict)
    assert len(server.asked) == before


async def test_a_name_is_looked_up_once_and_every_address_of_it_judged(
    server: CatalogServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name server can be made to lie in a test, so its answers are put in here."""
    answers = [["127.0.0.1"], ["10.0.0.1"], ["93.184.215.14", "10.0.0.1"]]
    real = socket.getaddrinfo

    def lying(host: object, *rest: object, **more: object) -> object:
        if host != "lyver.example":
            return real(host, *rest, **more)  # type: ignore[arg-type]
        return [(socket.AF_INET, 1, 6, "", (one, server.port)) for one in answers.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    url = server.url("good/3413.yml", "lyver.example")
    assert (await get(url)).content and len(answers) == 2
    for _ in range(2):
        with pytest.raises(FetchError, match="private network"):
            await get(url)


@pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "[fd00::1]", "0.0.0.0"])
async def test_allowing_this_machine_lets_no_private_network_in(host: str) -> None:
    with pytest.raises(FetchError, match=r"private network|looked up"):
        await get(f"http://{host}/x.yml")


@pytest.mark.parametrize(
    "target",
    [
        "http:__10.0.0.1_x",
        "http:__[fd00::1]_x",
        "ftp:__127.0.0.1_x",
        "file:___etc_passwd",
    ],
)
async def test_a_redirect_is_judged_like_the_first_address(
    server: CatalogServer, target: str
) -> None:
    with pytest.raises(FetchError, match=r"private network|leads to"):
        await get(server.url(f"to/{target}"))


async def test_a_redirect_to_a_good_place_is_followed(server: CatalogServer) -> None:
    assert (await get(server.url(f"to/http:__127.0.0.1:{server.port}_good_3413.yml"))).content


async def test_http_needs_the_setting(server: CatalogServer) -> None:
    with pytest.raises(FetchError, match="must begin with https"):
        await get(server.url("good/3413.yml"), replace(HERE, allow_this_machine=False))


async def test_proxies_of_the_environment_are_not_used(
    server: CatalogServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:1")
    assert (await get(server.url("good/3413.yml"))).content


@pytest.mark.parametrize("host", ["10.0.0.1", "2130706433", "0x7f000001", "[fe80::1]"])
async def test_a_proxy_is_not_asked_for_private_numbers(host: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        await get(f"https://{host}/x.yml", replace(HERE, proxy="http://127.0.0.1:1"))


def test_numbers_and_names() -> None:
    assert all(is_number(host) for host in ("127.1", "0x7f.1", "::1", "10.0.0.1"))
    assert not any(is_number(host) for host in ("www.eksempel.no", "beef.no", "1.no"))


async def test_https_is_checked_against_the_name_though_the_number_is_connected_to(
    tmp_path: Path,
) -> None:
    certificate, trusted = make_certificate(tmp_path, "localhost")
    (tmp_path / "3413.yml").write_text("a: 1\n")
    server = CatalogServer(tmp_path, certificate).start()
    try:
        url = server.url("good/3413.yml", "localhost")
        assert (await Fetcher(HERE, trusted).fetch(url, {})).content == b"a: 1\n"
        with pytest.raises(FetchError, match="certificate is not valid"):
            await Fetcher(HERE, trusted).fetch(server.url("good/3413.yml"), {})
        with pytest.raises(FetchError, match="certificate is not valid"):
            await Fetcher(HERE).fetch(url, {})
    finally:
        server.stop()
