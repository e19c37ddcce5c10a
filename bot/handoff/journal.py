"""A case as plain text, for the journal that the law asks for. The export itself is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.handoff.case import Case
from bot.handoff.views import FLAG, OUTCOME, ROLE, URGENCY, WHO, done_words, full_time
from bot.turn import Message

HEADING = "UTSKRIFT FRA UNGVEIVISER: GRUNNLAG FOR JOURNAL"


def journal_text(case: Case, messages: Sequence[Message], exported_at: str) -> str:
    """Return the text: heading, why the case was raised, what was done, notes, the talk.

    Nothing is masked: it is for the journal of who gave the health care.
    """
    sections = [
        _heading(case, exported_at),
        ["HVORFOR SAKEN KOM", *_reasons(case)],
        ["HVA SOM BLE GJORT", *_done(case)],
        ["NOTATER (ikke vist til ungdommen)", *_notes(case)],
        ["SAMTALEN", *_talk(messages)],
    ]
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _heading(case: Case, exported_at: str) -> list[str]:
    owner = f"{case.owner.name}, {ROLE[case.owner.role]}" if case.owner else "ingen"
    lines = [
        HEADING,
        "Inneholder taushetsbelagte opplysninger. Fører du journal, skal det skje i kommunens",
        "journalsystem (helsepersonelloven §§ 39–40). Slett denne filen etterpå.",
        "",
        f"Sak: {case.id}",
        f"Virksomhet: {case.unit.body}, {case.unit.place} kommune",
        f"Hadde saken sist: {owner}",
        f"Åpnet: {full_time(case.opened_at)}",
        f"Avsluttet: {full_time(case.ended_at) if case.ended_at else 'er åpen'}",
        f"Utfall: {OUTCOME[case.outcome] if case.outcome else 'ikke satt'}",
        f"Skrevet ut: {full_time(exported_at)}",
    ]
    if case.deleted_at:
        lines.append(f"Slettet av ungdommen: {full_time(case.deleted_at)}. Teksten er borte.")
    return lines


def _reasons(case: Case) -> Iterator[str]:
    for reason in case.reasons:
        what = f"{URGENCY[reason.urgency]}: {FLAG[reason.flag]}" if reason.flag else URGENCY["none"]
        words = ", ".join(f"«{word}»" for sign in reason.evidence for word in sign.words)
        yield f"{full_time(reason.at)}  {what}" + (f" ({words})" if words else "")


def _done(case: Case) -> Iterable[str]:
    lines = [f"{full_time(one.at)}  {done_words(one)}" for one in case.done]
    return lines or ["Ingenting er notert."]


def _notes(case: Case) -> Iterable[str]:
    lines = [f"{full_time(note.at)}  {note.name}: {note.text}" for note in case.notes]
    return lines or ["Ingen."]


def _talk(messages: Iterable[Message]) -> Iterable[str]:
    lines = [f"{full_time(one.at)}  {WHO[one.from_]}: {one.text}" for one in messages]
    return lines or ["Ingen tekst er lagret."]
