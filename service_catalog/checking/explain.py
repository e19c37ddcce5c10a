"""Turns what pydantic says about a catalog into sentences that its author can act on."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Optional

from pydantic import BaseModel, ValidationError

from service_catalog.schema import Catalog
from service_catalog.yaml_file import Where

_EXAMPLES = {
    "id": "small letters, digits and single hyphens, as in helsestasjon-for-ungdom",
    "municipality": "four digits, as in 3413 or 0301",
    "number": "digits in groups of two or three, as in 22 40 00 40 or 116 117",
}


def explain(error: ValidationError, data: Any) -> list[tuple[Where, str]]:
    """Return (where, message) for every fault in `error`."""
    return [(tuple(one["loc"]), _message(one, data)) for one in error.errors()]


def _message(one: Mapping[str, Any], data: Any) -> str:
    where: Where = tuple(one["loc"])
    kind, context = str(one["type"]), one.get("ctx") or {}
    value = _at(data, where)
    shown = repr(value) if isinstance(value, str) else "this"
    if kind == "value_error.missing":
        return "is missing; add it (docs/catalog.md says what belongs there)"
    if kind == "value_error.extra":
        return _unknown_field(where)
    if kind == "value_error.const":
        return _unknown_word(value, [str(word) for word in context["permitted"]])
    if kind == "type_error.none.not_allowed":
        return "is empty; fill it in or remove the line"
    if kind.startswith(("type_error.integer", "type_error.float")):
        return f"{shown} is no whole number; write it as in 13"
    if kind.startswith("value_error.number"):
        return f"{shown} is out of range: {one['msg'].removeprefix('ensure this value is ')}"
    if kind == "type_error.bool" or kind == "value_error.strictbool":
        return f"{shown} is neither true nor false; write one of them"
    if kind == "type_error.list":
        return f"{shown} must be a list; write [{value if isinstance(value, str) else '…'}]"
    if kind in ("type_error.dict", "type_error.mapping"):
        return f"{shown} must hold fields of its own ({', '.join(_fields(where))})"
    if kind == "type_error.str":
        return "must be a text; put it in quotes on one line"
    if kind == "value_error.list.min_items":
        return "is empty; write at least one"
    if kind == "value_error.str.regex":
        return f"{shown} is not of the right form: {_EXAMPLES.get(str(where[-1]), 'see the docs')}"
    if kind.startswith("value_error.any_str"):
        return f"{shown} is too short or too long: {one['msg']}"
    return str(one["msg"])


def _unknown_word(value: Any, permitted: list[str]) -> str:
    near = get_close_matches(str(value).lower(), permitted, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{value!r} is not known here; {hint}use one of: {', '.join(permitted)}"


def _unknown_field(where: Where) -> str:
    fields = _fields(where[:-1])
    near = get_close_matches(str(where[-1]), fields, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}? " if near else "remove it. "
    return f"is no field here; {hint}The fields are: {', '.join(fields)}"


def _fields(where: Where) -> list[str]:
    """Return the names of the fields that stand at `where`."""
    model: Optional[type[BaseModel]] = Catalog
    for key in where:
        if isinstance(key, str) and model is not None and key in model.__fields__:
            inner = model.__fields__[key].type_
            model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    return list(model.__fields__) if model is not None else []


def _at(data: Any, where: Where) -> Any:
    for key in where:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data
