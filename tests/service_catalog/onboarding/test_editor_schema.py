"""The schema for editors: every field with help in Norwegian."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from service_catalog.onboarding.editor_schema import field_help, json_schema
from service_catalog.schema import Catalog
from tests.service_catalog.checking.test_check import run

SCHEMA: dict[str, Any] = json.loads(json_schema())


def parts() -> dict[str, dict[str, Any]]:
    """Return the properties of every part of a catalog, by name."""
    found = {"Catalog": SCHEMA["properties"]}
    for name, part in SCHEMA["definitions"].items():
        whole = part if "properties" in part else part["anyOf"][1]
        found[name] = whole["properties"]
    return found


def test_every_field_is_explained_and_no_other() -> None:
    told = {name: set(fields) for name, fields in field_help().items()}
    assert told == {name: set(properties) for name, properties in parts().items()}


def test_an_editor_sees_the_help() -> None:
    for name, properties in parts().items():
        for field, shown in properties.items():
            title, description = field_help()[name][field]
            assert (shown["title"], shown["description"]) == (title, description)
            assert "$ref" not in shown, (name, field)
    levels = parts()["Service"]["levels"]
    assert "green" in levels["description"] and levels["items"]["enum"]


def test_nothing_is_left_in_english() -> None:
    assert Catalog.__doc__ is not None and Catalog.__doc__[:30] not in json_schema()


def test_the_command_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "katalog.schema.json"
    assert run("schema", "--out", str(path)).returncode == 0
    assert json.loads(path.read_text("utf-8")) == SCHEMA == json.loads(run("schema").stdout)
    refused = run("schema", "--out", str(tmp_path / "no" / "folder.json"))
    assert refused.returncode == 1 and "cannot be written" in refused.stderr
