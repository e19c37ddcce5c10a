"""The cases of all municipalities: what the gateway and the staff pages do with them.

Every change is acknowledged after it lies in Redis together with what the youth
hears of it. The same step sent twice is one step.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any, Optional

from redis.asyncio import Redis

from bot.handoff import steps
from bot.handoff.case import GRAVITY, Case, Person, Unit
from bot.handoff.contents import Care, Settled
from bot.handoff.duty import Receiver
from bot.handoff.errors import (
    CaseEnded,
    NobodyOnDuty,
    NoSuchCase,
    StoreUnavailable,
    TooManyChats,
)
from bot.handoff.masking import contacts
from bot.handoff.roster import Keep
from bot.handoff.steps import Step
from bot.handoff.store import CaseStore, Change
from bot.turn import Language, Message

# How often a change is tried again when somebody else's came in between.
TRIES = 40
# A red flag that comes just as a nurse ends the case opens a new one with the same receiver.
JUST_ENDED = timedelta(minutes=10)


class Cases:
    """Opens, finds and changes cases. `redis` must answer with text (decode_responses).

    Every method raises StoreUnavailable when Redis is gone. `rang` is called with the
    conversation's id after something was written to its event stream.
    """

    def __init__(
        self,
        redis: Redis[str],
        keep: Optional[Keep] = None,
        rang: Optional[Callable[[str], None]] = None,
    ) -> None:
        self._store = CaseStore(redis, keep or Keep.load())
        self._rang = rang

    async def open(
        self,
        conversation_id: str,
        *,
        reason: dict[str, Any],
        receiver: Optional[Receiver],
        municipality: Optional[str] = None,
        transcript: Sequence[dict[str, Any]] = (),
        language: Language = "nb",
        understood: Optional[dict[str, Any]] = None,
        not_for: Sequence[str] = (),
    ) -> Case:
        """Open a case, or add the reason (and new lines) to the one that is open.

        `transcript`: Messages as dictionaries, oldest first. `not_for`: municipalities where
        the youth knows somebody. Raises NobodyOnDuty without a receiver.
        """
        if receiver is None:
            raise NobodyOnDuty("no case opens without a receiver: ask Duty.receiver first")
        why, lines = steps.read_reason(reason), steps.read_lines(transcript)
        for _ in range(TRIES):
            pointer = await self._store.pointer(conversation_id)
            known = await self._known(pointer)
            if known is not None and known.is_open:
                try:
                    return await self._change(known.id, _while_open(steps.more([why], lines)))
                except CaseEnded:
                    continue
            case = Case(
                id=secrets.token_hex(8),
                conversation_id=conversation_id,
                version=1,
                language=language,
                municipality=municipality,
                unit=Unit.of(receiver),
                reasons=[why],
                understood=understood or {},
                services=steps.services_in(lines),
                booking=steps.booking_in(lines),
                opened_at=steps.now(),
                youth_at=steps.now(),
                previous=known.id if known else None,
                not_for=list(not_for),
            )
            if await self._store.commit(steps.opening(case, lines, pointer)) == "ok":
                self._ring(case)
                return case
            await _pause()
        raise StoreUnavailable("too many changes at once")

    async def get(self, case_id: str) -> Case:
        """Return a case. Raises NoSuchCase."""
        return await self._store.get(case_id)

    async def transcript(self, case_id: str, start: int = 0) -> list[Message]:
        """Return what has been said, unmasked, from line `start` on; nothing after a deletion."""
        return [Message.parse_obj(line) for line in await self._store.lines(case_id, start)]

    async def for_conversation(self, conversation_id: str) -> Optional[Case]:
        """Return the newest case of a conversation, open or not; None when there is none."""
        return await self._known(await self._store.pointer(conversation_id))

    async def waiting(self, municipalities: Iterable[str]) -> list[Case]:
        """Return the cases that wait, new or handed over: the gravest first, then the oldest."""
        return await self._listed(municipalities, lambda case: case.waits)

    async def claimed_by(self, staff_id: str, municipalities: Iterable[str]) -> list[Case]:
        """Return the cases that a person has now, the gravest first, then the oldest."""
        return await self._listed(municipalities, lambda case: case.owned_by(staff_id))

    async def taken(self, municipalities: Iterable[str]) -> list[Case]:
        """Return the cases that somebody has now, the gravest first, then the oldest."""
        return await self._listed(municipalities, lambda case: case.is_taken)

    async def claim(self, case_id: str, person: Person, most: Optional[int] = None) -> Case:
        """Take a case. The youth hears who has come.

        `most`: how many chats the person can have at once. Raises AlreadyClaimed,
        CaseEnded, TooManyChats, NoSuchCase.
        """
        return await self._change(case_id, steps.claim(person, most))

    async def tell_unanswered(self, case_id: str) -> Case:
        """Tell the youth, once, that nobody has answered a case that waits. Raises NoSuchCase."""
        return await self._change(case_id, steps.tell_unanswered())

    async def reply(
        self, case_id: str, staff_id: str, text: str, key: Optional[str] = None
    ) -> Message:
        """Send words of the owner to the youth. `key` names the sending: once, if sent twice.

        Raises BadReply, NotYours, CaseEnded, DeletedByYouth, NoSuchCase.
        """
        message, step = steps.reply(case_id, staff_id, text, key)
        await self._change(case_id, step)
        return message

    async def transfer(
        self, case_id: str, staff_id: str, to: Optional[Person] = None, unit: Optional[Unit] = None
    ) -> Case:
        """Hand a case over: to a colleague, or to those on duty in another unit. It waits again.

        Whether there is such a colleague, and an agreement with such a unit, is for the
        caller to know. Raises NotYours, CaseEnded, NoSuchCase.
        """
        return await self._change(case_id, steps.transfer(staff_id, to, unit))

    async def hand_back(
        self, case_id: str, staff_id: str, note: str = "", settled: Optional[Settled] = None
    ) -> Case:
        """Give the conversation back to the bot, with what was `settled`; `note` is for staff.

        Raises NotYours, CaseEnded, NoSuchCase.
        """
        return await self._change(case_id, steps.hand_back(staff_id, note, settled))

    async def close(
        self, case_id: str, staff_id: str, outcome: str, care: Optional[Care] = None
    ) -> Case:
        """End a case with one of `OUTCOMES`. Raises UnknownOutcome, NotYours, CaseEnded."""
        return await self._change(case_id, steps.close(staff_id, outcome, care))

    async def take(self, case_id: str, step: Step) -> Case:
        """Take a step of `paperwork`. Raises what the step raises, NoSuchCase."""
        return await self._change(case_id, step)

    async def youth_message(self, conversation_id: str, message: dict[str, Any]) -> Optional[Case]:
        """Add a message (of the youth, or what the bot said) to the conversation's case.

        Returns the case, ended or not, so that the caller sees who has the conversation;
        None when there is no case. The same message (by its id) is added once.
        """
        case = await self.for_conversation(conversation_id)
        if case is None:
            return None
        return await self._change(case.id, steps.more(lines=steps.read_lines([message])))

    async def add_flag(self, conversation_id: str, reason: dict[str, Any]) -> Optional[Case]:
        """Add a new red flag to the open case. Just ended: a new case opens at the same receiver.

        Returns None when there is no case.
        """
        case = await self.for_conversation(conversation_id)
        if case is None:
            return None
        if case.is_open or steps.age(case.ended_at) > JUST_ENDED:
            return await self._change(case.id, steps.more([steps.read_reason(reason)]))
        return await self.open(
            conversation_id,
            reason=reason,
            receiver=Receiver(**case.unit.dict()),
            municipality=case.municipality,
            transcript=await self._store.lines(case.id),
            language=case.language,
            understood=case.understood,
            not_for=case.not_for,
        )

    async def take_back(self, conversation_id: str) -> Optional[Case]:
        """End the case of a youth who knows somebody there; return it as it was.

        None when it cannot be taken back: there is none, somebody has it, or there is danger.
        """
        case = await self.for_conversation(conversation_id)
        if case is None:
            return None
        after = await self._change(case.id, steps.take_back())
        return case if after.conversation_id is None else None

    async def youth_deleted(self, conversation_id: str) -> Optional[Case]:
        """Take out the words of every case of a conversation; return the newest one as it was.

        What stays holds no text: that there was a case, its times, its flags and how it
        ended. An acute case that is open also keeps `contacts`, until it ends.
        """
        newest = case = await self.for_conversation(conversation_id)
        # From the oldest on: as long as the newest has its words, a second try finds the others.
        chain: list[Case] = []
        while case is not None:
            chain.insert(0, case)
            case = await self._known(case.previous)
        for case in chain:
            lines = await self._store.lines(case.id)
            words = "\n".join(line["text"] for line in lines if line["from"] == "youth")
            newest = await self._change(case.id, steps.delete(contacts(words)))
        return newest

    async def _change(self, case_id: str, step: Step) -> Case:
        """Take a step on the newest version of a case, again until nobody came in between."""
        for _ in range(TRIES):
            case = await self._store.get(case_id)
            change = step(case)
            if change.after is case:
                return case
            change.after.version = case.version + 1
            answer = await self._store.commit(change)
            if answer == "ok":
                if change.events:
                    self._ring(case)
                return change.after
            if answer == "done":
                return await self._store.get(case_id)
            if answer == "full":
                raise TooManyChats(f"{change.most} chats at once is the most")
            await _pause()
        raise StoreUnavailable("too many changes at once")

    async def _known(self, case_id: Optional[str]) -> Optional[Case]:
        try:
            return await self._store.get(case_id) if case_id else None
        except NoSuchCase:
            return None

    async def _listed(
        self, municipalities: Iterable[str], wanted: Callable[[Case], bool]
    ) -> list[Case]:
        numbers = set(municipalities)
        found = [
            case
            for number in numbers
            for case in await self._store.open_in(number)
            if case.is_for(numbers) and wanted(case)
        ]
        return sorted(found, key=lambda case: (-GRAVITY[case.urgency], case.waiting_since))

    def _ring(self, case: Case) -> None:
        if self._rang is not None and case.conversation_id is not None:
            self._rang(case.conversation_id)


def _while_open(step: Step) -> Step:
    def guarded(case: Case) -> Change:
        if not case.is_open:
            raise CaseEnded(case.id)
        return step(case)

    return guarded


async def _pause() -> None:
    """Wait a little, each for another while, so that two don't collide for ever."""
    await asyncio.sleep(random.uniform(0.001, 0.01))  # noqa: S311
