"""A catalog as single values, each with where it stands, and back again.

What carries a catalog in and out (write, hsds, sheet) walks these, so that a field added to
the schema is carried without a line of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Optional

from pydantic import BaseModel
from pydantic.fields import ModelField

from service_catalog.errors import CatalogError
from service_catalog.yaml_file import Key, Where

Leaf = tuple[Where, Any]
_NUMBER = re.compile(r"[0-9]{1,6}")


def filled(part: BaseModel) -> dict[str, Any]:
    """Return the fields of `part` that differ from their defaults, as plain data."""
    return {
        name: _plain(getattr(part, name))
        for name, field in part.__fields__.items()
        if field.required or getattr(part, name) != field.get_default()
    }


def leaves(data: Any, where: Where = ()) -> Iterator[Leaf]:
    """Yield every single value in `data`; an empty list or mapping counts as one."""
    if not isinstance(data, (dict, list)) or not data:
        yield where, data
        return
    inside: Iterable[tuple[Key, Any]] = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inside:
        yield from leaves(value, (*where, key))


def tree(found: Iterable[Leaf]) -> dict[str, Any]:
    """Put single values together again. Numbers in `where` give the order of a list.

    Raises CatalogError when two values claim the same place.
    """
    root: dict[Key, Any] = {}
    for where, value in found:
        holder = root
        for key in where[:-1]:
            holder = holder.setdefault(key, {})
            if not isinstance(holder, dict):
                raise CatalogError(f"{dotted(where)} goes into what is a single value; mend one")
        if value == {} and isinstance(holder.get(where[-1], {}), dict):
            holder.setdefault(where[-1], {})
        elif where[-1] in holder:
            raise CatalogError(f"{dotted(where)} is given twice; keep one of them")
        else:
            holder[where[-1]] = value
    data: dict[str, Any] = _lists(root)
    return data


def dotted(where: Where) -> str:
    """Return `where` as one word: phones.0.number."""
    return ".".join(str(key) for key in where)


def undotted(code: str) -> Where:
    """Return the place that `dotted` made `code` of."""
    return tuple(int(key) if _NUMBER.fullmatch(key) else key for key in code.split("."))


def model_of(field: ModelField) -> Optional[type[BaseModel]]:
    """Return the model that a field holds, alone or in a list; None for single values."""
    kind = field.type_
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return filled(value)
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _lists(holder: Any) -> Any:
    if not isinstance(holder, dict):
        return holder
    if holder and all(isinstance(key, int) for key in holder):
        return [_lists(holder[key]) for key in sorted(holder)]
    return {str(key): _lists(value) for key, value in holder.items()}
