"""What an import has found: data of a catalog with or without holes, and all there is to tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from service_catalog.exchange.raw import Raw
from service_catalog.yaml_file import Where

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t"})


@dataclass
class Imported:
    """Plain data of a catalog, and what to tell: on the screen, and as comments in the file."""

    data: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    comments: dict[Where, list[str]] = field(default_factory=dict)

    def tell(self, where: Where, name: str, message: str, comment: str) -> None:
        """Tell `message` (English) of the part `name`, and write `comment` (Norwegian) above it."""
        self.told.append(f"{name}: {message}")
        self.comments.setdefault(where, []).append(comment)

    def tell_what_is_left(self, where: Where, name: str, raw: Raw) -> None:
        """List everything of a record that had no place in a catalog."""
        for place, value in raw.left():
            message = f"has no place for {place}: {value}"
            self.tell(where, name, message, f"Uten plass i katalogen: {place}: {value}")


def new_id(part: dict[str, Any], taken: Collection[str], otherwise: str) -> str:
    """Return an id made of the name of `part`, or of `otherwise`, that is not among those taken."""
    given = part.get("name")
    name = str(given.get("nb", "") if isinstance(given, dict) else given or "")
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    words = re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    base = "-".join(words[:6]) or otherwise
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
