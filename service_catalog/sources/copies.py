"""The last good copy of a fetched catalog, on disk: what is served when its source is gone.

Beside each copy lies a note: what to ask the server with next time, and when the copy was last
known to be what the source says. A crash between the two costs one more fetch, nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Optional


@dataclass(frozen=True)
class Note:
    """What is known of a copy. `confirmed` is a time in seconds since 1970, the hashes SHA-256."""

    ending: str
    confirmed: float
    content: str
    url: str
    etag: Optional[str] = None
    last_modified: Optional[str] = None


class Copy:
    """The copy of one municipality's catalog in `folder`."""

    def __init__(self, folder: Path, municipality: str) -> None:
        self._folder = folder
        self._name = municipality

    @property
    def path(self) -> Optional[Path]:
        """Where the copy lies; None when there is none."""
        note = self.note
        path = self._folder / f"{self._name}{note.ending}" if note else None
        return path if path is not None and path.is_file() else None

    @property
    def note(self) -> Optional[Note]:
        """What is known of the copy; None when there is none, or the note cannot be read."""
        try:
            return Note(**json.loads(self._note_path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def asking(self, url: str) -> dict[str, str]:
        """Return the headers that ask for news only; none when the copy is of another address."""
        note, path = self.note, self.path
        if note is None or path is None or note.url != _hash(url.encode()):
            return {}
        with contextlib.suppress(OSError):
            if _hash(path.read_bytes()) == note.content:
                told = {"If-None-Match": note.etag, "If-Modified-Since": note.last_modified}
                return {name: value for name, value in told.items() if value}
        return {}

    def keep(
        self,
        content: bytes,
        ending: str,
        url: str,
        now: float,
        etag: Optional[str],
        last_modified: Optional[str],
    ) -> None:
        """Put `content` in the place of the copy. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(self._folder / f"{self._name}{ending}", content)
        hashes = _hash(content), _hash(url.encode())
        self._write_note(Note(ending, now, *hashes, etag, last_modified))

    def confirm(self, now: float) -> None:
        """Note that the source still says the same. Raises OSError."""
        if self.note is not None:
            self._write_note(replace(self.note, confirmed=now))

    @property
    def _note_path(self) -> Path:
        return self._folder / f"{self._name}.note"

    def _write_note(self, note: Note) -> None:
        _write(self._note_path, json.dumps(asdict(note)).encode())


def _write(path: Path, content: bytes) -> None:
    """Write so that readers see the old or the new, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
