"""The way onwards said in short bubbles, honest about its age and never a way through parents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from bot.texts import say
from bot.turn import About, Level, Tongue
from service_catalog.hours import in_oslo
from service_catalog.load import Catalogs
from service_catalog.municipalities import municipality
from service_catalog.pathway import LISTENS, PathwayPart, Way, is_old, way
from service_catalog.pathway_schema import Pathway
from service_catalog.text import MAX_LETTERS

ADULT = 18
DECIDES = 16  # from here one decides about one's own health


@dataclass(frozen=True)
class Asker:
    """Who asks for the way onwards. `home_danger`: home may be dangerous, or parents must not
    know."""

    now: datetime
    place: Optional[str] = None
    age: Optional[int] = None
    level: Optional[Level] = None
    about: About = "self"
    home_danger: bool = False
    language: Tongue = "nb"

    def way(self, catalogs: Optional[Catalogs] = None) -> Way:
        return way(self.place, self.age, self.level, catalogs, home_danger=self.home_danger)


def tell(part: PathwayPart, asker: Asker, catalogs: Optional[Catalogs] = None) -> list[str]:
    """Return what is asked for of the way onwards, in bubbles of at most 300 characters.

    Empty when no catalog has a way.
    """
    found = asker.way(catalogs)
    if found.first is None:
        return []
    said = _TELLERS.get(part, _told)(part, found, asker)
    bubbles = [*said, *_besides(part, found, asker)]
    if asker.about == "other":
        bubbles.insert(0, say("pathway.other", asker.language))
    return bubbles


def bubbles_of(texts: Iterable[str]) -> list[str]:
    """Put short texts together into as few bubbles as they fit in, in their order."""
    bubbles: list[str] = []
    for text in texts:
        if bubbles and len(bubbles[-1]) + 1 + len(text) <= MAX_LETTERS:
            bubbles[-1] += f" {text}"
        else:
            bubbles.append(text)
    return bubbles


def _steps(part: PathwayPart, found: Way, asker: Asker) -> list[str]:
    """The whole way: the municipality's own steps, then what the default adds to them."""
    one = found.first
    assert one is not None
    own = [_opening(one, found, asker), *(step.text.say(asker.language) for step in one.steps)]
    if found.own is None or found.default is None:
        return bubbles_of(own)
    kinds = {*LISTENS, *(step.kind for step in found.own.steps)}
    more = [step for step in found.default.steps if step.kind not in kinds]
    added = [step.text.say(asker.language) for step in more]
    if is_old(one, in_oslo(asker.now).date()):
        key = "pathway.anyway_adult" if _adult(asker) else "pathway.anyway"
        added.insert(0, say(key, asker.language))
    return bubbles_of(own) + bubbles_of(added)


def _first(part: PathwayPart, found: Way, asker: Asker) -> list[str]:
    one, steps = found.steps(*LISTENS)
    return _dated(one, found, asker, [step.text.say(asker.language) for step in steps])


def _refers(part: PathwayPart, found: Way, asker: Asker) -> list[str]:
    """Who sends one on; and that nobody needs a letter to be listened to."""
    one, steps = found.steps("refers")
    told = _dated(one, found, asker, [step.text.say(asker.language) for step in steps])
    if _adult(asker):
        return told
    return bubbles_of([say("pathway.no_letter", asker.language), *told])


def _told(part: PathwayPart, found: Way, asker: Asker) -> list[str]:
    one, text = found.text(part)
    if text is None:
        return [say("pathway.unknown", asker.language)]
    return _dated(one, found, asker, [text.say(asker.language)])


def _adult(asker: Asker) -> bool:
    return asker.age is not None and asker.age >= ADULT


def _opening(one: Pathway, found: Way, asker: Asker) -> str:
    language = asker.language
    where = municipality(asker.place) if asker.place else None
    if one is not found.own or where is None:
        return say("pathway.usual", language)
    if is_old(one, in_oslo(asker.now).date()):
        return say("pathway.here_once", language, place=where.name, year=one.assured_on.year)
    return say("pathway.here", language, place=where.name)


def _dated(one: Optional[Pathway], found: Way, asker: Asker, said: list[str]) -> list[str]:
    """Say of which place and year it is, when it is the municipality's own."""
    own = one is not None and one is found.own
    return bubbles_of([_opening(one, found, asker), *said] if one and own else said)


def _besides(part: PathwayPart, found: Way, asker: Asker) -> list[str]:
    """What must be known besides: the age that changes the way, and who gets to know."""
    language = asker.language
    said = []
    if asker.age is None and part in ("steps", "refers"):
        said.append(say("pathway.adult", language))
    if part not in ("steps", "first", "refers"):
        return said
    if asker.home_danger:
        said.append(say("pathway.home_danger", language))
    elif asker.age is None or asker.age < DECIDES:
        said.append(say("pathway.parents", language))
    return bubbles_of(said)


_TELLERS = {"steps": _steps, "first": _first, "refers": _refers}
