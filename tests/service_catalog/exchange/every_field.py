"""Any catalog that the schema allows, made from the schema itself.

A field added to the schema is in here at once, so what carries catalogs in and out is held to it.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import SHAPE_LIST, ModelField

from service_catalog.schema import Catalog
from service_catalog.text import plain_fault

# Forms that a pattern, or a rule outside of the schema's patterns, asks for.
_FORMS: dict[str, st.SearchStrategy[str]] = {
    "id": st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True),
    "municipality": st.from_regex(r"[0-9]{4}", fullmatch=True),
    "number": st.from_regex(r"[0-9]{2,3}( ?[0-9]{2,3}){0,3}", fullmatch=True),
    "url": st.sampled_from(["https://www.eksempel.no", "https://a.example/å?b=c#d"]),
    "assured_date": st.sampled_from(["2026", "2026-05-01"]),
    "languages": st.from_regex(r"[a-z]{2,3}", fullmatch=True),
}
# What spreadsheets, YAML and CSV stumble over, besides letters.
_TRICKY = [
    "=1+1",
    "+47 1",
    "---",
    "@a b",
    "'='",
    "'+",
    '""',
    "a, b",
    'a "b"',
    " #",
    ": x",
    "ja",
    "{}",
]
_LETTERS = st.characters(blacklist_categories=("Cc", "Cs"), whitelist_characters="\n\t")


def any_catalog() -> st.SearchStrategy[Catalog]:
    return st.builds(Catalog.parse_obj, _model(Catalog))


def full_catalog() -> Catalog:
    """Return one catalog in which every field of every part is set, and not to its default."""
    return Catalog.parse_obj(_full(Catalog))


def texts() -> st.SearchStrategy[str]:
    anything = st.text(_LETTERS, min_size=1, max_size=20) | st.sampled_from(_TRICKY)
    return anything.map(str.strip).filter(lambda text: text and plain_fault(text) is None)


def _model(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    needed = {name: _field(field) for name, field in model.__fields__.items() if field.required}
    others = {name: _field(field) for name, field in model.__fields__.items() if not field.required}
    return st.fixed_dictionaries(needed, optional=others)


def _field(field: ModelField) -> st.SearchStrategy[Any]:
    one = _one(field)
    if field.shape != SHAPE_LIST:
        return one
    least = field.field_info.min_items or 0
    unique = (lambda part: part["id"]) if _has_id(field.type_) else None
    return st.lists(one, min_size=least, max_size=least + 2, unique_by=unique)


def _has_id(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and "id" in kind.__fields__


def _one(field: ModelField) -> st.SearchStrategy[Any]:
    kind = field.type_
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model(kind)
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if field.name in _FORMS:
        return _FORMS[field.name]
    if isinstance(kind, type) and issubclass(kind, bool):
        return st.booleans()
    if isinstance(kind, type) and issubclass(kind, int):
        return st.integers(0, 120)
    if isinstance(kind, type) and issubclass(kind, datetime.date):
        return st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
    assert isinstance(kind, type) and issubclass(kind, str), f"{field.name} has no strategy"
    least = getattr(kind, "min_length", None) or field.field_info.min_length or 0
    return texts().filter(lambda text: len(text) >= least)


def _full(model: type[BaseModel]) -> dict[str, Any]:
    data = {}
    for name, field in model.__fields__.items():
        one = _full_one(field)
        data[name] = [one] if field.shape == SHAPE_LIST else one
    return data


def _full_one(field: ModelField) -> Any:
    kind = field.type_
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _full(kind)
    if get_origin(kind) is Literal:
        return next(word for word in reversed(get_args(kind)) if word != field.get_default())
    if isinstance(kind, type) and issubclass(kind, bool):
        return not field.get_default()
    if isinstance(kind, type) and issubclass(kind, int):
        return 17
    if isinstance(kind, type) and issubclass(kind, datetime.date):
        return datetime.date(2026, 5, 1)
    forms = {
        "id": "a-1",
        "municipality": "0301",
        "number": "116 117",
        "url": "https://www.eksempel.no",
        "assured_date": "2026-05-01",
        "languages": "se",
    }
    return forms.get(field.name, f"=Æ; \"ø\", 'å' {field.name}")
