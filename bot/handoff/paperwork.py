"""What staff write down about a case, as steps: notes, times, the journal, a false alarm."""

from __future__ import annotations

import time

from bot.handoff.case import Case
from bot.handoff.contents import DONE, Person, PrivateNote
from bot.handoff.errors import BadNote, CaseEnded, DeletedByYouth, NotYours
from bot.handoff.false_alarms import LONGEST, Excerpt
from bot.handoff.masking import mask
from bot.handoff.steps import Step, act_of, hashed, now
from bot.handoff.store import Change

MAX_NOTE = 2000


def add_note(person: Person, text: str, key: str) -> Step:
    """Write a private note; `key` names it, so that it is kept once. Raises BadNote."""
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > MAX_NOTE:
        raise BadNote(f"a note has 1 to {MAX_NOTE} characters, this one {len(text)}")
    note = PrivateNote(by=person.id, name=person.name, at=now(), text=text)

    def step(case: Case) -> Change:
        if not case.is_open:
            raise CaseEnded(case.id)
        if case.deleted_at is not None:
            raise DeletedByYouth(case.id)
        return Change(
            case,
            case.copy(update={"notes": [*case.notes, note]}),
            act=act_of("note", person.id, case),
            once=f"note:{hashed([person.id, key or text])}",
        )

    return step


def note_done(person: Person, what: str, key: str) -> Step:
    """Note that something of `DONE` was done now, and by whom. Raises BadNote."""
    if what not in DONE:
        raise BadNote(f"{what!r}: must be one of {', '.join(DONE)}")

    def step(case: Case) -> Change:
        if not case.is_open:
            raise CaseEnded(case.id)
        return Change(
            case,
            case.noted(what, person.name, now()),
            act=act_of("done", person.id, case),
            once=f"done:{hashed([person.id, what, key or now()])}",
        )

    return step


def journalled(staff_id: str) -> Step:
    """Note that the health care given now stands in a journal. Raises NotYours."""

    def step(case: Case) -> Change:
        _must_have_had(case, staff_id)
        if case.care is None or not case.care.given or case.care.journalled:
            return Change(case, case)
        care = case.care.copy(update={"journalled": True})
        after = case.copy(update={"care": care})
        return Change(case, after, act=act_of("journalled", staff_id, case))

    return step


def keep_excerpt(staff_id: str, text: str) -> Step:
    """Keep the words of a false alarm that a nurse has read. Raises BadNote, NotYours.

    They are masked once more: what she overlooked goes, too.
    """
    text = mask(text.replace("\r\n", "\n").strip())
    if not text or len(text) > LONGEST:
        raise BadNote(f"an excerpt has 1 to {LONGEST} characters, this one {len(text)}")

    def step(case: Case) -> Change:
        _must_have_had(case, staff_id)
        if case.outcome != "false_alarm" or case.deleted_at is not None:
            raise BadNote("only the words of a false alarm that the youth has not deleted are kept")
        if case.excerpt_at is not None:
            return Change(case, case)
        return Change(
            case,
            case.copy(update={"excerpt_at": now()}),
            act=act_of("false_alarm", staff_id, case),
            excerpt=_excerpt(case, text).json(ensure_ascii=False),
        )

    return step


def _excerpt(case: Case, text: str) -> Excerpt:
    grounds = {sign.name for reason in case.reasons for sign in reason.evidence if sign.name}
    return Excerpt(
        text=text,
        flags=sorted({reason.flag for reason in case.reasons if reason.flag}),
        grounds=sorted(grounds),
        language=case.language,
        kept=int(time.time()),
    )


def _must_have_had(case: Case, staff_id: str) -> None:
    if not case.had_by(staff_id):
        raise NotYours(case.id)
