"""Catalogs in service: what was good stays, what is bad is told."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import jsonschema
import pytest
import yaml

from service_catalog.errors import CatalogError
from service_catalog.load import FOLDER, Catalogs
from service_catalog.onboarding.editor_schema import json_schema


def write(folder: Path, text: str, name: str = "3413-stange.yml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    # Two writes within the clock's grain must not look like the same file.
    stamp = time.time_ns() + write.count * 1_000_000  # type: ignore[attr-defined]
    write.count += 1  # type: ignore[attr-defined]
    os.utime(path, ns=(stamp, stamp))
    return path


write.count = 0  # type: ignore[attr-defined]


def test_loads_a_folder(tmp_path: Path, small: str) -> None:
    write(tmp_path, small)
    catalogs = Catalogs.load(tmp_path)
    assert list(catalogs.all) == ["3413"]
    (offer,) = catalogs.offers("3413")
    assert offer.id == "3413-helsestasjon"
    assert catalogs.offer("3413-helsestasjon") is offer
    assert catalogs.offer("3413-finnes-ikke") is None
    assert catalogs.of("0301") is None and catalogs.of(None) is None
    assert catalogs.offers(None) == ()


def test_what_was_good_stays_in_service(tmp_path: Path, small: str) -> None:
    write(tmp_path, small)
    catalogs = Catalogs.load(tmp_path)
    write(tmp_path, small.replace("cost: free", "cost: gratis"))
    (fault,) = catalogs.reload(tmp_path)
    assert fault.field.endswith("cost")
    assert catalogs.offer("3413-helsestasjon") is not None
    write(tmp_path, "a: [")
    assert catalogs.reload(tmp_path)
    assert catalogs.offer("3413-helsestasjon") is not None
    write(tmp_path, small.replace("minimum_age: 12", "minimum_age: 13"))
    assert catalogs.reload(tmp_path) == []
    offer = catalogs.offer("3413-helsestasjon")
    assert offer is not None and offer.service.minimum_age == 13


def test_one_bad_catalog_does_not_take_the_others_down(tmp_path: Path, small: str) -> None:
    write(tmp_path, small)
    write(tmp_path, "a: [", "0301-oslo.yml")
    catalogs = Catalogs.load(tmp_path)
    assert list(catalogs.all) == ["3413"]
    assert [fault.path.name for fault in catalogs.faults] == ["0301-oslo.yml"]


def test_an_emptied_folder_changes_nothing(tmp_path: Path, small: str) -> None:
    path = write(tmp_path, small)
    catalogs = Catalogs.load(tmp_path)
    path.unlink()
    assert catalogs.reload(tmp_path)
    assert catalogs.of("3413") is not None


def test_a_removed_catalog_goes(tmp_path: Path, small: str) -> None:
    write(tmp_path, small)
    oslo = small.replace('"3413"', '"0301"').replace("name: Stange\n", "name: Oslo\n", 1)
    oslo = oslo.replace("districts: [Nord]", "districts: [Frogner]").replace(
        "t: Nord", "t: Frogner"
    )
    path = write(tmp_path, oslo, "0301-oslo.yml")
    catalogs = Catalogs.load(tmp_path)
    assert set(catalogs.all) == {"3413", "0301"}
    path.unlink()
    catalogs.reload(tmp_path)
    assert set(catalogs.all) == {"3413"}


def test_no_sound_catalog_at_all(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no sound catalog"):
        Catalogs.load(tmp_path)
    write(tmp_path, "a: [")
    with pytest.raises(CatalogError, match=r"3413-stange\.yml:2"):
        Catalogs.load(tmp_path)


def test_a_neighbour_that_serves_here_too(tmp_path: Path, small: str) -> None:
    write(tmp_path, small + "    service_area: ['3403']\n")
    catalogs = Catalogs.load(tmp_path)
    assert [offer.id for offer in catalogs.from_neighbours("3403")] == ["3413-helsestasjon"]


def test_unchanged_files_are_not_read_again(tmp_path: Path, small: str) -> None:
    write(tmp_path, small)
    catalogs = Catalogs.load(tmp_path)
    before = catalogs.of("3413")
    catalogs.reload(tmp_path)
    assert catalogs.of("3413") is before


def test_the_json_schema_accepts_what_we_ship_and_refuses_what_is_wrong(small: str) -> None:
    schema = json.loads(json_schema())
    jsonschema.Draft7Validator.check_schema(schema)
    texts = [path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yml"))]
    for text in [*texts, small]:
        jsonschema.validate(_plain(yaml.safe_load(text)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(small.replace("cost: free", "cost: gratis")), schema)


def _plain(data: object) -> object:
    """Return what an editor sees: dates as text."""
    return json.loads(json.dumps(data, default=str))


def test_many_catalogs_load_in_time(tmp_path: Path, small: str) -> None:
    """A tenth of 357 catalogs with 30 services each, in a tenth of five seconds and some."""
    head, service = (
        small[: small.index("  - id: helsestasjon\n")],
        small[small.index("  - id: helsestasjon\n") :],
    )
    from service_catalog.place_table import table

    for number, where in list(table().municipalities.items())[:36]:
        if table().districts.get(number):
            continue
        text = head.replace("3413", number).replace("name: Stange\n", f'name: "{where.name}"\n', 1)
        text += "".join(service.replace("id: helsestasjon", f"id: sted-{i}") for i in range(30))
        write(tmp_path, text, f"{number}.yml")
    start = time.process_time()
    catalogs = Catalogs.load(tmp_path)
    took = time.process_time() - start
    assert catalogs.faults == [] and len(catalogs.all) >= 30
    assert took < 2.0
