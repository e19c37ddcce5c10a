"""What can be wrong with a catalog, said so that its author can mend it, and with booking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class CatalogError(ValueError):
    """Anything wrong with a catalog; the message says what and how to mend it."""


class Unreadable(CatalogError):
    """A file that is no catalog at all. `line` is where reading stopped, from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class BadHours(CatalogError):
    """Opening hours that cannot be true or cannot be read; quotes them."""


class BookingUnavailable(Exception):
    """The booking server is down, too slow, or answered nonsense; it may have done as asked."""


class NotSent(BookingUnavailable):
    """The booking server has certainly not got what was meant for it."""


class LoginUnset(BookingUnavailable):
    """The settings for the login at a booking server are not whole; says which."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: where it stands, and what to do about it. `line` counts from 1."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message}"


@dataclass(frozen=True, order=True)
class Caution:
    """Something the owner should look at; the catalog is served all the same."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: warning: {self.message}"


class FetchError(CatalogError):
    """A source that gave no catalog. The message holds no address and no content.

    `passing`: worth another try in a moment.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class BadTable(ValueError):
    """A table of written forms of places cannot be read; says which line and how to mend it."""
