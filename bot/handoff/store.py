"""Cases in Redis: each change is one script, so that it happens once, wholly, or not at all.

    ung:case:<id>            hash: version, json (the Case)
    ung:case:<id>:lines      list: the transcript, one Message as JSON each
    ung:case:<id>:done       set: ids of lines and acts, so that nothing happens twice
    ung:case-of:<conversation>   the newest case of a conversation
    ung:cases:<municipality>     sorted set: open cases by when they expire
    ung:staff:cases:<account>    sorted set: the cases somebody has now
    ung:waits:<municipality>     list: how long cases waited for a human's first word
    ung:false-alarms:<municipality>  hash: case → masked words of a false alarm
    ung:outcomes:<municipality>  hash: month and outcome → how many cases
    ung:staff:audit          stream: who saw and did what; no text

The conversation's own stream of events is the gateway's: `ung:conv:<id>:events`.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Optional

from redis.asyncio import Redis

from bot.handoff.audit import AUDIT, Act
from bot.handoff.case import Case, Person
from bot.handoff.errors import NoSuchCase
from bot.handoff.false_alarms import name_of_excerpts
from bot.handoff.link import reach
from bot.handoff.outcomes import name_of_outcomes
from bot.handoff.roster import Keep
from bot.handoff.waits import KEPT, name_of_waits

EVENTS_KEPT = 2000
ENDED_EVENTS_SECONDS = 86400
ID = re.compile(r"[0-9a-f]{16}")
_SCRIPT = Path(__file__).with_name("commit.lua").read_text("utf-8")

Answer = Literal["ok", "done", "conflict", "full"]


@dataclass
class Change:
    """What one step does. `before` None: a new case, whose conversation had `pointer_was`.

    `once` names the step: a second one of that name does nothing. `most` is how many
    cases the owner can have at once. `waited`: how long until a human's first word,
    in seconds, or NO_WORD. `excerpt`: JSON for the list of false alarms.
    """

    before: Optional[Case]
    after: Case
    lines: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    act: Optional[Act] = None
    once: Optional[str] = None
    pointer_was: Optional[str] = None
    most: Optional[int] = None
    waited: Optional[str] = None
    excerpt: Optional[str] = None

    @property
    def ended_as(self) -> Optional[str]:
        """The month and how the case ended, when this change ends it: for the numbers."""
        if self.before is None or not self.before.is_open or self.after.is_open:
            return None
        if self.wipes:  # taken back unread: it had no outcome
            return None
        return f"{(self.after.ended_at or '')[:7]}:{self.after.outcome or self.after.state}"

    @property
    def wipes(self) -> bool:
        return (
            self.before is not None and not self.before.deleted_at and bool(self.after.deleted_at)
        )


class CaseStore:
    """Reads and writes cases. Everything raises StoreUnavailable when Redis is gone."""

    def __init__(self, redis: Redis[str], keep: Keep) -> None:
        self._redis = redis
        self._keep = keep
        self._commit = redis.register_script(_SCRIPT)

    async def get(self, case_id: str) -> Case:
        """Return a case. Raises NoSuchCase."""
        if not ID.fullmatch(case_id):
            raise NoSuchCase(case_id)
        found = await reach(lambda: self._redis.hget(name_of(case_id), "json"))
        if found is None:
            raise NoSuchCase(case_id)
        return Case.parse_raw(found)

    async def pointer(self, conversation: str) -> Optional[str]:
        """Return the id of the newest case of a conversation."""
        return await reach(lambda: self._redis.get(pointer_of(conversation)))

    async def lines(self, case_id: str, start: int = 0) -> list[dict[str, Any]]:
        """Return the messages of a case from number `start` on, oldest first."""
        found = await reach(lambda: self._redis.lrange(name_of(case_id, "lines"), start, -1))
        return [json.loads(line) for line in found]

    async def open_in(self, municipality: str) -> list[Case]:
        """Return the open cases of a municipality."""

        async def read() -> list[Any]:
            names = await self._redis.zrangebyscore(index_of(municipality), time.time(), "+inf")
            async with self._redis.pipeline(transaction=False) as pipe:
                for case_id in names:
                    pipe.hget(name_of(case_id), "json")
                records: list[Any] = await pipe.execute()
            return records

        found = await reach(read)
        return [Case.parse_raw(one) for one in found if one is not None]

    async def commit(self, change: Change) -> Answer:
        """Make a change. "conflict": the case has changed meanwhile, read it again."""
        case, conversation = change.after, _conversation(change)
        before = change.before or case
        keys = [
            name_of(case.id),
            name_of(case.id, "lines"),
            name_of(case.id, "done"),
            pointer_of(conversation),
            index_of(case.unit.municipality),
            cases_of(case.owner),
            f"ung:conv:{conversation}:events",
            AUDIT,
            name_of_waits(case.unit.municipality),
            index_of(before.unit.municipality),
            cases_of(before.owner),
            name_of_excerpts(case.unit.municipality),
            name_of_outcomes(case.unit.municipality),
            f"ung:conv:{conversation}",
            name_of(case.id, "alerts"),
        ]
        written = self._as_json(change)
        answer: Answer = await reach(lambda: self._commit(keys=keys, args=[written]))
        return answer

    def _as_json(self, change: Change) -> str:
        case, now = change.after, int(time.time())
        municipality = case.unit.municipality
        closed = self._keep.closed_in(municipality)
        keep = self._keep.open if case.is_open else closed
        chat = self._keep.chat_in(municipality, ENDED_EVENTS_SECONDS)
        whole: dict[str, Any] = {
            "id": case.id,
            "known": str(change.before.version if change.before else 0),
            "version": str(case.version),
            "record": case.json(ensure_ascii=False),
            "now": now,
            "keep": keep,
            "until_": now + keep,
            "longest": self._keep.longest,
            "ended": not case.is_open,
            "lines": [{"id": f"line:{line['id']}", "json": _dumps(line)} for line in change.lines],
            "events": [_dumps(event) for event in change.events],
            "events_kept": EVENTS_KEPT,
            "events_keep": keep if case.is_open else min(keep, chat),
            "owner": None if case.owner is None else "has" if case.is_open else "had",
            "pointer": "remove" if change.wipes else None if case.deleted_at else "set",
            "wipe": change.wipes,
            "once": change.once,
            "pointer_was": change.pointer_was,
            "most": change.most,
            "waited": change.waited,
            "excerpt": change.excerpt,
            "ended_as": change.ended_as,
            "excerpts_keep": self._keep.false_alarms,
            "waits_kept": KEPT,
            "waits_keep": self._keep.audit,
            "audit": change.act.fields() if change.act else None,
            "audit_from": f"{(now - self._keep.audit) * 1000}-0",
        }
        # An absent value must be absent: JSON's null is something in Lua.
        return _dumps({name: value for name, value in whole.items() if value is not None})


def name_of(case_id: str, part: str = "") -> str:
    """Return the name under which a case, or a part of it, lies in Redis."""
    return f"ung:case:{case_id}:{part}" if part else f"ung:case:{case_id}"


def pointer_of(conversation: str) -> str:
    """Return the name under which the case of a conversation is found."""
    return f"ung:case-of:{conversation}"


def index_of(municipality: str) -> str:
    """Return the name of the list of a municipality's open cases."""
    return f"ung:cases:{municipality}"


def cases_of(owner: Optional[Person]) -> str:
    """Return the name of the list of the cases that somebody has."""
    return f"ung:staff:cases:{owner.id if owner else ''}"


def _conversation(change: Change) -> str:
    known = change.after.conversation_id or (change.before and change.before.conversation_id)
    return known or ""


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
