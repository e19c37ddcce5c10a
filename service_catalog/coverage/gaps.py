"""The holes in a municipality's help, told in sentences, the gravest first.

Each rule looks at one table (`coverage`) and names the ages it holds for. What the catalog does
not say is told as not known, never as missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Optional

from bot.turn import Language, Level
from service_catalog.coverage.table import AGES, LEVELS, SLOTS, Door, Table, state_of
from service_catalog.coverage.words import ages_in_words, types_in_words, word
from service_catalog.fit import ADULT, GRAVE, is_stale
from service_catalog.schema import Service
from service_catalog.terms import ServiceType

# 1: nobody near to go to. 2: help is hard to reach. 3: facts are missing or old.
Gravity = Literal[1, 2, 3]
# What follows up and treats in the municipality, between the helsestasjon and the specialists.
MIDDLE: frozenset[ServiceType] = frozenset(
    {
        "lavterskel_ung",
        "lavterskel_psykisk_helse",
        "psykisk_helseteam",
        "familiesenter",
        "kommunepsykolog",
    }
)
MIDDLE_LEVELS: tuple[Level, ...] = ("orange", "red")
LOCKED_OUT: frozenset[Level] = frozenset({"orange", "red", "dark_red"})
AT_A_DISTANCE = frozenset({"phone", "chat", "video"})
ALONE = frozenset({"not_involved", "your_choice"})


@dataclass(frozen=True)
class Gap:
    """One hole: the rule that found it, for which level and ages, and what fills the sentence."""

    gravity: Gravity
    rule: str
    ages: tuple[int, ...] = ()
    level: Optional[Level] = None
    counts: dict[str, int] = field(default_factory=dict)
    types: tuple[ServiceType, ...] = ()

    def say(self, language: Language = "nb") -> str:
        """Return the sentence."""
        values: dict[str, object] = {**self.counts}
        if self.ages:
            values["ages"] = ages_in_words(self.ages, language)
        if self.level:
            values["level"] = word(f"level.{self.level}", language)
        if self.types:
            values["types"] = types_in_words(self.types, language)
        return word(f"gap.{self.rule}", language, **values)


Rule = Callable[[Table], Iterator[Gap]]


def gaps(table: Table) -> list[Gap]:
    """Return the holes of a table, the gravest first, then in the order of `RULES`."""
    found = [gap for rule in RULES for gap in rule(table)]
    return sorted(found, key=lambda gap: gap.gravity)


def empty_levels(table: Table) -> Iterator[Gap]:
    """Levels where some age has no door, or none that one can be sure of; the gravest first."""
    for level in reversed(LEVELS):
        by_rule: dict[str, list[int]] = {}
        for age in AGES:
            rule = _lack(table, level, age)
            if rule:
                by_rule.setdefault(rule, []).append(age)
        for rule, ages in by_rule.items():
            yield Gap(_gravity_of(rule, level), rule, tuple(ages), level)


def _lack(table: Table, level: Level, age: int) -> Optional[str]:
    """Return the rule that names what somebody of an age lacks at a level."""
    doors = table.local(level, age)
    if doors and not all(table.by_district(doors)):
        return "only_districts"
    if doors:
        return None if any(door.sure for door in doors) else "only_unsure"
    if level in GRAVE and any(_was_there(door, level, age) for door in table.doors):
        return "only_old"
    besides = {one.reason for one in table.besides if _fits(one.service, level, age)}
    if besides & {"specialist", "referral"}:
        return "only_referral"
    return "only_themes" if "theme" in besides else "no_door"


def _was_there(door: Door, level: Level, age: int) -> bool:
    return door.local and door.stale and _fits(door.service, level, age)


def _fits(service: Service, level: Level, age: int) -> bool:
    return level in service.levels and service.fits_age(age)


def _gravity_of(rule: str, level: Level) -> Gravity:
    if rule in ("only_unsure", "only_districts"):
        return 2
    return 1 if level in LOCKED_OUT else 2


def no_middle(table: Table) -> Iterator[Gap]:
    """Nothing follows up or treats between the helsestasjon and the specialists."""

    def lacks(age: int) -> bool:
        doors = (door for level in MIDDLE_LEVELS for door in table.local(level, age))
        return all(door.service.type not in MIDDLE for door in doors)

    for rule, ages in (("no_middle", range(12, ADULT)), ("no_middle_adult", range(ADULT, 21))):
        lacking = tuple(age for age in ages if lacks(age))
        if lacking:
            yield Gap(1, rule, lacking)


def parents_told(table: Table) -> Iterator[Gap]:
    """No door without the parents coming along or being told, or none that says so."""
    told: list[int] = []
    unknown: list[int] = []
    for age, doors in _with_doors(table):
        parents = {door.service.parents for door in doors}
        if not parents & ALONE:
            (unknown if "unknown" in parents else told).append(age)
    yield from _some(1, "parents_told", told)
    yield from _some(2, "parents_unknown", unknown)


def shut_when_needed(table: Table) -> Iterator[Gap]:
    """Parts of the week in which no door is open, or nobody says whether one is."""
    states = {age: [state_of(doors, slot) for slot in SLOTS] for age, doors in _with_doors(table)}
    never_said = [age for age, known in states.items() if set(known) == {"unknown"}]
    yield from _some(3, "unknown_always", never_said)
    for place, slot in enumerate(SLOTS):
        closed = [age for age, known in states.items() if known[place] == "closed"]
        unknown = [age for age, known in states.items() if known[place] == "unknown"]
        yield from _some(2, f"closed_{slot}", closed)
        yield from _some(3, f"unknown_{slot}", [age for age in unknown if age not in never_said])


def hard_to_enter(table: Table) -> Iterator[Gap]:
    """No door without an appointment, without a name, or from a distance."""
    drop_in, anonymous, distance = [], [], []
    for age, doors in _with_doors(table):
        ways = {way for door in doors for way in door.service.who_may_come}
        if not ways & {"drop_in", "unknown"}:
            drop_in.append(age)
        if not any(door.service.anonymous for door in doors):
            anonymous.append(age)
        if not any(AT_A_DISTANCE & set(door.service.attending_types) for door in doors):
            distance.append(age)
    yield from _some(2, "no_drop_in", drop_in)
    yield from _some(3, "no_anonymous", anonymous)
    yield from _some(2, "no_distance", distance)


def not_listed(table: Table) -> Iterator[Gap]:
    """Doors that every municipality has and this catalog says nothing about."""
    own = {service.type for service in table.catalog.services}
    own |= {door.service.type for door in table.from_source("neighbour")}
    missing = tuple(dict.fromkeys(kind for kind in table.lawful if kind not in own))
    if missing:
        yield Gap(2, "not_listed", types=missing)


def old_facts(table: Table) -> Iterator[Gap]:
    """Facts that nobody has made sure of for a year, or that are only partly sure."""
    services = table.catalog.services
    yield from _counted("stale", (is_stale(one, table.day) for one in services))
    yield from _counted("partly", (one.confidence == "partly" for one in services))


def missing_facts(table: Table) -> Iterator[Gap]:
    """What young people ask for and the catalog does not say."""
    doors = table.from_source("own")
    yield from _counted("no_hours", (door.days is None for door in doors))
    waits = [door for door in doors if "drop_in" not in door.service.who_may_come]
    silent = [door.service.waiting_time is None for door in waits]
    if silent and all(silent):
        yield Gap(3, "no_waiting_times")
    else:
        yield from _counted("some_waiting_times", silent)


def _with_doors(table: Table) -> Iterator[tuple[int, list[Door]]]:
    """Yield the ages that have a door at all; who has none is told so, and of nothing else."""
    for age in AGES:
        doors = table.at_any_level(age)
        if doors:
            yield age, doors


def _some(gravity: Gravity, rule: str, ages: Iterable[int]) -> Iterator[Gap]:
    found = tuple(ages)
    if found:
        yield Gap(gravity, rule, found)


def _counted(rule: str, faults: Iterable[bool]) -> Iterator[Gap]:
    every = list(faults)
    if any(every):
        yield Gap(3, rule, counts={"n": sum(every), "all": len(every)})


RULES: tuple[Rule, ...] = (
    empty_levels,
    no_middle,
    parents_told,
    shut_when_needed,
    hard_to_enter,
    not_listed,
    old_facts,
    missing_facts,
)
