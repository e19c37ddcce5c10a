"""One cell of the spreadsheet: a value as a Norwegian reads it, and back.

Nothing in a cell is run by Excel as a formula, and what Excel makes of dates, yes and no, and
numbers with zeros in front is read all the same.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any, Literal, Optional, get_args, get_origin

from pydantic.fields import ModelField

from service_catalog.exchange.sheet_words import NO, NO_WORDS, VALUES, YES, YES_WORDS

_EMPTY = '""'  # a text without letters, unlike no text at all
# A formula gone wrong, or a column too narrow for its date; in Norwegian Excel and in English.
_BROKEN = r"#+|#(?:REF!|N/A|I/T|NAME\?|NAVN\?|VALUE!|VERDI!|DIV/0!|NUM!|NULL!)"
# What Excel would run, or what stands for something else; an apostrophe before it disarms it.
_DANGEROUS = re.compile(rf"'*(?:[=+\-@\t\r\n]|(?:\"\"|{_BROKEN})\Z)", re.DOTALL)
_EXCEL_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_PADDED = ("municipality", "service_area")  # Excel takes the zero off 0301


def written(value: Any, field: Optional[ModelField]) -> str:
    """Return `value` as the text of a cell."""
    if field is None:
        return YES
    if isinstance(value, list):
        return _safe(", ".join(_quoted(_word(one, field)) for one in value))
    word = _word(value, field)
    return _safe(word) if word else _EMPTY


def read(cell: str, field: Optional[ModelField], is_list: bool) -> Any:
    """Return the value of a cell that is not empty. Raises ValueError for an unknown word."""
    if cell == _EMPTY and not is_list:
        return ""
    if re.fullmatch(_BROKEN, cell):
        raise ValueError(f"{cell!r} is what a spreadsheet shows for a fault; write the value")
    if cell.startswith("'") and _DANGEROUS.match(cell):
        cell = cell[1:]
    if field is None:
        return {} if _yes(cell) else None
    if not is_list:
        return _value(cell, field)
    rows = csv.reader(io.StringIO(cell, newline=""), skipinitialspace=True)
    items = [item.strip() for row in rows for item in row]
    if items and not items[-1] and not cell.endswith('"'):
        items.pop()  # a comma at the end
    try:
        return [_value(item, field) for item in items]
    except ValueError as error:
        if re.search(r"[;/]| og ", cell):
            raise ValueError(f"{error}. Several are parted by commas") from None
        raise


def _word(value: Any, field: ModelField) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    return _words(field).get(str(value), str(value))


def _value(text: str, field: ModelField) -> Any:
    if _is(field, bool):
        return _yes(text)
    if get_origin(field.type_) is Literal:
        return _code(text, field)
    if _is(field, date) or field.name.endswith("_date"):
        found = _EXCEL_DATE.fullmatch(text)
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
    if field.name in _PADDED and re.fullmatch(r"\d{3}", text):
        return f"0{text}"
    return text


def _code(text: str, field: ModelField) -> str:
    codes = [str(code) for code in get_args(field.type_)]
    words = _words(field)
    names = {name.casefold(): code for code in codes for name in (words.get(code, code), code)}
    written = text.casefold()
    found = names.get(written) or names.get("_".join(written.split()))
    if found is None:
        listed = ", ".join(words.get(code, code) for code in codes)
        raise ValueError(f"{text!r} is not known here; use one of: {listed}")
    return found


def _yes(text: str) -> bool:
    if text.casefold() in YES_WORDS | NO_WORDS:
        return text.casefold() in YES_WORDS
    raise ValueError(f"{text!r} is neither {YES} nor {NO}; write one of them")


def _words(field: ModelField) -> dict[str, str]:
    return dict(VALUES.get(field.name, {})) if get_origin(field.type_) is Literal else {}


def _is(field: ModelField, kind: type) -> bool:
    return isinstance(field.type_, type) and issubclass(field.type_, kind)


def _quoted(item: str) -> str:
    if item and item == item.strip() and not re.search(r'[,"\r\n]', item):
        return item
    return '"' + item.replace('"', '""') + '"'


def _safe(text: str) -> str:
    return f"'{text}" if _DANGEROUS.match(text) else text
