"""Reads single values of `settings/handoff.yml`; each says what is wrong and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Optional

from bot.settings import BadSetting

FILE = "settings/handoff.yml"
_NUMBER = re.compile(r"[0-9]{4}", re.ASCII)


def read_number(value: Any, where: str) -> str:
    """Return a municipality's number. Raises BadSetting."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise BadSetting(
            f'{where}: {value!r} is no municipality: write its four digits in quotes, as in "9999"'
        )
    return value


def text_of(about: Mapping[str, Any], name: str, where: str) -> str:
    """Return a setting that must be a text. Raises BadSetting."""
    value = about.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadSetting(
            f"{where}: {name} is {value!r}: write a text, in quotes when it has digits"
        )
    return value.strip()


def text_or_none(about: Mapping[str, Any], name: str, where: str) -> Optional[str]:
    """Return a setting that may be left out. Raises BadSetting for what is no text."""
    return None if about.get(name) is None else text_of(about, name, where)


def positive(value: Any, name: str) -> int:
    """Return a setting that must be a whole number above nothing. Raises BadSetting."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise BadSetting(f"{FILE}: {name} is {value!r}: write a whole number from 1 on")
    return value


def check_names(values: Mapping[str, Any], known: set[str], where: str) -> None:
    """Raise BadSetting for a name that is no setting."""
    unknown = sorted(str(name) for name in set(values) - known)
    if unknown:
        raise BadSetting(
            f"{where}: {unknown[0]!r} is no setting: remove it or mend its spelling "
            f"(there are {', '.join(sorted(known))})"
        )
