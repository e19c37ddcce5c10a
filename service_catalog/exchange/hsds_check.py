"""Holding an HSDS file against the published JSON Schemas, as strictly as HSDS tests its examples.

The schemas are not part of this project (CC BY-SA); the compiled ones lie in
github.com/openreferral/specification, branch 3.0, folder schema/compiled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, FormatChecker, RefResolutionError

from service_catalog.errors import CatalogError

# Where in a page the records lie that a schema of this name is about.
_LISTS = {"service": "contents", "organization": "organizations"}


def faults_by_schema(page: Any, path: Path) -> list[str]:
    """Return what in `page` is not as the schema at `path` wants it.

    Raises CatalogError when the schema cannot be read or is about something else.
    """
    try:
        schema = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogError(f"{path} cannot be read as a JSON Schema: {error}") from None
    schema = schema if isinstance(schema, dict) else {}
    name = schema.get("name") or schema.get("items", {}).get("name")
    if name not in _LISTS:
        raise CatalogError(
            f"{path} is a schema of {name!r}; take one of {', '.join(_LISTS)}, "
            "as in schema/compiled/service.json"
        )
    records = page[_LISTS[name]]
    whole = [records] if schema.get("type") == "array" else records
    _close(schema)
    validator = Draft7Validator(schema, format_checker=FormatChecker())
    try:
        return [message for one in whole for message in _messages(validator, one)]
    except RefResolutionError:
        raise CatalogError(f"{path} points to other files; take the compiled schema") from None


def _messages(validator: Any, record: Any) -> Iterator[str]:
    for error in validator.iter_errors(record):
        yield f"{'.'.join(str(key) for key in error.absolute_path)}: {error.message}"


def _close(schema: Any) -> None:
    """Allow no fields but the ones that are described, everywhere in the schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            schema.setdefault("additionalProperties", False)
        for inner in schema.values():
            _close(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _close(inner)
