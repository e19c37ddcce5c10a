"""The JSON Schema of a catalog with help in Norwegian, which editors show while one writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from service_catalog.schema import Catalog

HELP = Path(__file__).with_name("help_nb.yml")
DRAFT = "http://json-schema.org/draft-07/schema#"


def json_schema() -> str:
    """Return the JSON Schema of a catalog, for editors that complete and check as one writes."""
    schema: dict[str, Any] = Catalog.schema()
    schema["$schema"] = DRAFT
    schema["title"] = "Ungveiviser: tjenestekatalog"
    for name, told in field_help().items():
        part = schema if name == "Catalog" else schema["definitions"][name]
        whole = part if "properties" in part else part["anyOf"][1]
        # What the classes say of themselves is for programmers.
        part.pop("description", None)
        whole.pop("description", None)
        for field, (title, description) in told.items():
            whole["properties"][field] = _explained(whole["properties"][field], title, description)
    return json.dumps(schema, indent=2, ensure_ascii=False)


def field_help() -> dict[str, dict[str, tuple[str, str]]]:
    """Return {part: {field: (title, what to write)}}, in bokmål."""
    read: dict[str, dict[str, tuple[str, str]]] = yaml.safe_load(HELP.read_text("utf-8"))
    return read


def _explained(field: dict[str, Any], title: str, description: str) -> dict[str, Any]:
    """Return `field` with its help; beside a bare reference editors would not see it."""
    inner = {"allOf": [field]} if "$ref" in field else field
    return {**inner, "title": title, "description": description}
