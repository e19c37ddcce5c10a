"""Why a municipality's human chat is off, and what to do: for operators and for staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Reader = Literal["operator", "staff"]
_WORDS: dict[str, dict[Reader, str]] = {
    "municipality": {
        "operator": "it stands nowhere in settings/handoff.yml: name it under municipalities",
        "staff": "Kommunen står ikke i innstillingene.",
    },
    "responsible_body": {
        "operator": "nobody answers for it: name responsible_body",
        "staff": "Det står ikke hvem som har ansvaret (responsible_body).",
    },
    "roster": {
        "operator": "nobody is ever on duty: name roster",
        "staff": "Det står ikke hvem som har vakt (roster).",
    },
    "backup": {
        "operator": "nobody is called when a case is left unread: name backup",
        "staff": "Det står ikke hvem som er bakvakt (backup).",
    },
    "alerts": {
        "operator": "no alert leaves the house: name a webhook or an email, or who has decided "
        "that the open page alone is enough (page_alone_decided_by)",
        "staff": "Det er ikke satt opp varsling. Sett en adresse (webhook eller email), eller "
        "skriv hvem som har bestemt at den åpne siden alene er nok (page_alone_decided_by).",
    },
}


def why_off(missing: Iterable[str], reader: Reader) -> list[str]:
    """Return what is missing in words, and how to mend it; empty when nothing is."""
    return [_WORDS[name][reader] for name in missing]
