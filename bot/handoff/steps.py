"""What each step does to a case and what the youth hears of it. No store here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Optional

from pydantic import ValidationError

from bot.handoff import messages as said
from bot.handoff.audit import Act, What
from bot.handoff.case import Case, Person, Reason, Unit
from bot.handoff.contents import Care, Settled
from bot.handoff.errors import BadReply
from bot.handoff.store import Change
from bot.handoff.waits import NO_WORD
from bot.turn import BOOKING_NEWS, Message, ServiceCard, State

MAX_REPLY = 2000
Step = Callable[[Case], Change]


def now() -> str:
    """Return the time now: ISO 8601, UTC."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def age(at: Optional[str]) -> timedelta:
    """Return how long ago a time of `now()` is; nothing for None."""
    if at is None:
        return timedelta(0)
    return datetime.now(timezone.utc) - datetime.fromisoformat(at.replace("Z", "+00:00"))


def opening(case: Case, lines: list[dict[str, Any]], pointer: Optional[str]) -> Change:
    """Open a new case in a conversation whose newest case so far was `pointer`."""
    return Change(
        before=None,
        after=case,
        lines=lines,
        events=[state_event("waiting")],
        act=act_of("open", "bot", case),
        pointer_was=pointer or "",
    )


def more(reasons: Sequence[Reason] = (), lines: Sequence[dict[str, Any]] = ()) -> Step:
    """Add what is new: reasons that it has not, messages that it has not."""

    def step(case: Case) -> Change:
        fresh = [reason for reason in reasons if not any(_same(reason, r) for r in case.reasons)]
        if case.deleted_at is not None or not (fresh or lines):
            return Change(case, case)
        update: dict[str, Any] = {"reasons": [*case.reasons, *fresh]}
        if any(line.get("from") == "youth" for line in lines):
            update["youth_at"] = now()
        if told := booking_in(lines):
            update["booking"] = told
        if suggested := services_in(lines):
            known = {card.id for card in case.services}
            update["services"] = case.services + [c for c in suggested if c.id not in known]
        return Change(
            case,
            case.copy(update=update),
            lines=list(lines),
            act=act_of("flag", "bot", case) if fresh else None,
            once=f"line:{lines[0]['id']}" if len(lines) == 1 and not fresh else None,
        )

    return step


def claim(person: Person, most: Optional[int]) -> Step:
    """Take a case; the youth hears who has come, before anything else that they say."""

    def step(case: Case) -> Change:
        after = case.claim(person, now())
        change = Change(case, after)
        if after is not case:
            change.act, change.most = act_of("claim", person.id, case), most
            _tell(change, "human", said.arrived)
        return change

    return step


def tell_unanswered() -> Step:
    """Let the youth hear that nobody has answered yet; the case stays open, and hears it once."""

    def step(case: Case) -> Change:
        if not case.waits or case.deleted_at is not None:
            return Change(case, case)
        change = Change(case, case.copy(), act=act_of("unanswered", "bot", case))
        change.once = f"unanswered{case.turn}"
        _tell(change, "waiting", said.unanswered)
        return change

    return step


def reply(case_id: str, staff_id: str, text: str, key: Optional[str]) -> tuple[Message, Step]:
    """Send words of the owner. Raises BadReply; a sending with the same `key` happens once."""
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > MAX_REPLY:
        raise BadReply(f"a reply has 1 to {MAX_REPLY} characters, this one {len(text)}")
    name = hashed([case_id, staff_id, key or now() + text])
    message = Message.parse_obj({"id": f"h-{name}", "from": "human", "text": text, "at": now()})

    def step(case: Case) -> Change:
        first = case.replied_at is None
        return Change(
            case,
            case.reply(staff_id, now()),
            lines=_dicts([message]),
            events=_events([message]),
            act=act_of("reply", staff_id, case),
            once=f"reply:{name}",
            waited=str(int(age(case.opened_at).total_seconds())) if first else None,
        )

    return message, step


def transfer(staff_id: str, to: Optional[Person], unit: Optional[Unit]) -> Step:
    """Hand a case over; the youth hears who is asked, and that it may take a while again."""

    def step(case: Case) -> Change:
        after = case.transfer(staff_id, to, unit or case.unit, now())
        change = Change(case, after)
        if after is not case:
            change.act = act_of("transfer", staff_id, case)
            _tell(change, "waiting", said.transferred)
        return change

    return step


def hand_back(staff_id: str, note: str, settled: Optional[Settled] = None) -> Step:
    """Give the conversation back to the bot."""

    def step(case: Case) -> Change:
        change = Change(case, case.hand_back(staff_id, note, now(), settled))
        return _ended(change, "hand_back", staff_id, said.handed_back)

    return step


def close(staff_id: str, outcome: str, care: Optional[Care] = None) -> Step:
    """End a case."""

    def step(case: Case) -> Change:
        change = Change(case, case.close(staff_id, outcome, now(), care))
        return _ended(change, "close", staff_id, said.closed)

    return step


def delete(contacts: list[str]) -> Step:
    """Take out the words, but for `contacts` where somebody may have to send help."""

    def step(case: Case) -> Change:
        after = case.delete(contacts, now())
        return Change(case, after, act=act_of("deleted_by_youth", "youth", case))

    return step


def take_back() -> Step:
    """Take a case back for a youth who knows somebody there; see `Case.take_back`."""

    def step(case: Case) -> Change:
        change = Change(case, case.take_back(now()))
        if change.after is not case:
            change.act = act_of("taken_back_by_youth", "youth", case)
            change.events = [state_event("bot")]
        return change

    return step


def read_reason(about: dict[str, Any]) -> Reason:
    """Return a reason as a case keeps it. One that cannot be read still counts as a reason."""
    try:
        reason = Reason.parse_obj(about)
    except ValidationError:
        reason = Reason(flag=about.get("flag"), urgency=str(about.get("urgency")))
    return reason.copy(update={"at": reason.at or now()})


def read_lines(messages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return messages as a transcript keeps them: each with an id, and without buttons."""
    lines = []
    for about in messages:
        message = Message.parse_obj(about)
        message.id = message.id or hashed([message.from_, message.text, message.at])
        message.choices = []
        lines += _dicts([message])
    return lines


def services_in(lines: Iterable[dict[str, Any]]) -> list[ServiceCard]:
    """Return the services that were suggested in a transcript, each once."""
    found = {card["id"]: card for line in lines for card in line.get("services", ())}
    return [ServiceCard.parse_obj(card) for card in found.values()]


def booking_in(lines: Iterable[dict[str, Any]]) -> str:
    """Return the last that was told of an appointment in a transcript; "" when nothing was."""
    told = [line["text"] for line in lines if line["id"].startswith(BOOKING_NEWS)]
    return told[-1] if told else ""


def state_event(state: State) -> dict[str, Any]:
    """Return the event that tells a page who has the conversation."""
    return {"type": "state", "state": state}


def _ended(change: Change, what: What, staff_id: str, words: Callable[[Case], Any]) -> Change:
    if change.before is not change.after:
        change.act = act_of(what, staff_id, change.after)
        if change.after.replied_at is None:
            change.waited = NO_WORD
        _tell(change, "bot", words)
    return change


def _tell(change: Change, state: State, words: Callable[[Case], list[Message]]) -> None:
    """Let the youth hear of a change, unless they have deleted the conversation."""
    if change.after.deleted_at is None:
        heard = [message.copy(update={"at": now()}) for message in words(change.after)]
        change.lines = _dicts(heard)
        change.events = [state_event(state), *_events(heard)]


def act_of(what: What, who: str, case: Case) -> Act:
    """Return the entry of the record for a change of a case."""
    return Act(what, who, case.id, case.unit.municipality)


def _same(one: Reason, other: Reason) -> bool:
    return one.dict(exclude={"at"}) == other.dict(exclude={"at"})


def _dicts(messages: Iterable[Message]) -> list[dict[str, Any]]:
    return [message.dict(by_alias=True) for message in messages]


def _events(messages: Iterable[Message]) -> list[dict[str, Any]]:
    return [{"type": "message", "message": one} for one in _dicts(messages)]


def hashed(parts: list[Any]) -> str:
    """Return a short name for what is made of these parts."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
