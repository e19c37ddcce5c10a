"""The settings of where catalogs come from: what is wrong in them is said, never quoted keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT, BadSetting
from service_catalog.checking.check import check_content
from service_catalog.errors import FetchError
from service_catalog.exchange.hsds_out import to_json
from service_catalog.load import FOLDER, Catalogs
from service_catalog.read import ending_of
from service_catalog.sources.settings import Sources

GOOD = {"municipality": "3413", "url": "https://www.eksempel.no/katalog.yml"}


def test_what_we_ship(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("UNGVEIVISER_CATALOGS", raising=False)
    shipped = Sources.load()
    assert shipped.folder == FOLDER and not shipped.allow_this_machine
    monkeypatch.setenv("UNGVEIVISER_CATALOGS", str(tmp_path))
    monkeypatch.setenv("UNGVEIVISER_VAR", str(tmp_path))
    named = Sources.load()
    assert (named.folder, named.copies) == (tmp_path, tmp_path / "catalogs")
    assert Sources.load({"folder": "x", "remote": [GOOD]}).folder != ROOT / "x"


def test_settings_from_before_there_was_such_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("UNGVEIVISER_CATALOGS", raising=False)
    monkeypatch.setattr("bot.settings.FOLDER", tmp_path)
    assert (Sources.load().folder, Sources.load().remote) == (FOLDER, ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"folders": "x"}, "'folders' is no setting"),
        ({"copies": "/etc"}, "'copies' is no setting"),
        ({"folder": None}, "folder is None"),
        ({"look_seconds": 0}, "look_seconds is 0"),
        ({"refresh_seconds": "often"}, "refresh_seconds is 'often'"),
        ({"refresh_seconds": float("nan")}, "refresh_seconds is nan"),
        ({"max_age_hours": True}, "max_age_hours is True"),
        ({"allow_this_machine": "yes"}, "allow_this_machine is 'yes'"),
        ({"proxy": "socks://x"}, "proxy must be null"),
        ({"remote": GOOD}, "remote must be a list"),
        ({"remote": [{**GOOD, "key": "x"}]}, r"remote\[1\]: write municipality and url"),
        ({"remote": [{**GOOD, "municipality": 301}]}, "municipality is 301; write it in quotes"),
        ({"remote": [GOOD, GOOD]}, r"remote\[2\]: 3413 stands twice"),
        ({"remote": [{**GOOD, "url": "http://www.eksempel.no/SECRET"}]}, "must begin with https"),
        ({"remote": [{**GOOD, "url": "https://a:SECRET@eksempel.no/"}]}, "holds a user name"),
        ({"remote": [{**GOOD, "url": "https://[SECRET"}]}, "is no web address"),
        ({"remote": [{**GOOD, "url": "https://a b/SECRET"}]}, "is no web address"),
        ({"remote": [{**GOOD, "url": None}]}, "is no web address"),
    ],
)
def test_bad_settings(change: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNGVEIVISER_CATALOGS", raising=False)
    with pytest.raises(BadSetting, match=words) as raised:
        Sources.load({"folder": "service_catalog/catalogs", **change})
    assert str(raised.value).startswith("settings/catalogs.yml: ")
    assert "SECRET" not in str(raised.value)


@pytest.mark.parametrize(
    ("kind", "path", "ending"),
    [
        ("application/yaml", "/x", ".yml"),
        ("text/yaml; charset=utf-8", "/x.json", ".yml"),
        ("text/plain", "/x.YML", ".yml"),
        (None, "/x.yaml", ".yaml"),
        ("application/octet-stream", "/x.yml", ".yml"),
    ],
)
def test_which_reader(kind: str | None, path: str, ending: str) -> None:
    assert ending_of(kind, path) == ending


@pytest.mark.parametrize(("kind", "path"), [("text/html", "/x.yml"), (None, "/x"), ("", "/x.exe")])
def test_no_reader(kind: str | None, path: str) -> None:
    with pytest.raises(FetchError, match="no form of a catalog"):
        ending_of(kind, path)


def test_hsds_is_read_as_well(small: str) -> None:
    catalog = check_content(small.encode(), Path("3413.yml")).catalog
    assert catalog is not None
    sent = to_json(catalog, date.today()).encode()
    assert ending_of("application/json", "/services") == ".json"
    assert check_content(sent, Path("3413.json")).catalog == catalog
    (fault,) = check_content(b"{", Path("3413.json")).faults
    assert "not valid JSON" in fault.message


def test_a_copy_goes_before_the_folder_and_leaves_the_others(tmp_path: Path, small: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "3413-stange.yml").write_text(small, "utf-8")
    hamar = small.replace("3413", "3403").replace("name: Stange\n", "name: Hamar\n", 1)
    (folder / "3403-hamar.yml").write_text(hamar, "utf-8")
    copy = tmp_path / "3413.yml"
    copy.write_text(small.replace("minimum_age: 12", "minimum_age: 13"), "utf-8")
    catalogs = Catalogs()
    catalogs.reload(folder)
    before = catalogs.offers("3403")
    catalogs.reload(folder, [copy])
    (offer,) = catalogs.offers("3413")
    assert offer.service.minimum_age == 13
    assert catalogs.offers("3403") is before  # what has not changed is not made anew
    copy.write_text("a: [", "utf-8")
    catalogs.reload(folder, [copy])
    assert catalogs.offers("3413")[0].service.minimum_age == 13
    catalogs.reload(folder)
    assert catalogs.offers("3413")[0].service.minimum_age == 12
