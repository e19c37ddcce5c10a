"""Which reader a catalog needs: told by its content type, else by the ending of its address.

A reader turns bytes into a `Document` and raises CatalogError for what it cannot read. Another
form is one line in `READERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import Optional

from service_catalog.errors import FetchError
from service_catalog.yaml_file import Document, parse

Reader = Callable[[bytes], Document]


def read_hsds(content: bytes) -> Document:
    """Return the catalog in Open Referral HSDS 3. Faults in it stand in line 1."""
    # Only when it is needed: a reader of catalogs starts in half the time without it.
    from service_catalog.exchange.hsds_in import from_hsds, read_json

    return Document(from_hsds(read_json(content), date.today()).data)


READERS: dict[str, Reader] = {".yml": parse, ".yaml": parse, ".json": read_hsds}
_ENDINGS = {
    "application/yaml": ".yml",  # RFC 9512
    "application/x-yaml": ".yml",
    "text/yaml": ".yml",
    "text/x-yaml": ".yml",
    "application/json": ".json",
}
# What servers say when they don't know.
_VAGUE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})


def reader_of(name: str) -> Reader:
    """Return the reader of the file `name`; YAML's when its ending says nothing."""
    return READERS.get(PurePosixPath(name).suffix.lower(), parse)


def ending_of(content_type: Optional[str], path: str) -> str:
    """Return the ending that `READERS` knows a fetched catalog by. Raises FetchError without one.

    `path` is that of its address.
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    ending = PurePosixPath(path).suffix.lower() if kind in _VAGUE else _ENDINGS.get(kind, "")
    if ending not in READERS:
        raise FetchError(
            f"it answers with {kind[:40] or ending[:9]!r}, which is no form of a catalog"
        )
    return ending
