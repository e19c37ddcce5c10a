"""Conversations that Redis has not got, on disk until it has: two faults at once lose nothing.

A turn that was answered while Redis was away would otherwise live in one process alone. One file
a conversation, readable by us only, written through to the disk, and removed as soon as Redis has
the conversation, it is deleted, or its time is over.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.gateway.conversation import Conversation
from bot.gateway.errors import log_fault


class Journal:
    """The files of one gateway. A disk that cannot be written is logged and hinders no turn."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, conversation: Conversation, seconds: int) -> None:
        """Write a conversation down; it is good for `seconds` from now."""
        about = {
            "until": time.time() + seconds,
            "written": conversation.written,
            "conversation": json.loads(conversation.json(by_alias=True)),
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = self._folder / f"{conversation.id}.part"
            with os.fdopen(
                os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
            ) as file:
                json.dump(about, file, ensure_ascii=True)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / conversation.id)
        except OSError as error:
            log_fault("journal", error)

    def drop(self, conversation: str) -> None:
        """Remove a conversation's file, if there is one."""
        for name in (conversation, f"{conversation}.part"):
            with contextlib.suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)

    def left(self) -> Iterator[tuple[float, Conversation]]:
        """Yield what an earlier process left, each with how many seconds it may still be kept."""
        try:
            paths = [path for path in self._folder.iterdir() if path.suffix != ".part"]
        except OSError:
            return
        for path in paths:
            try:
                about = json.loads(path.read_text("ascii"))
                found = Conversation.parse_obj(about["conversation"])
                found.written_as(int(about["written"]))
                seconds = float(about["until"]) - time.time()
            except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
                log_fault("journal", error)
                continue
            if seconds > 0:
                yield seconds, found
            else:
                self.drop(path.name)
