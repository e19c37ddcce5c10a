"""The level of help to offer, with the reasons for it.

Source: contracts §3 after Helsedirektoratet's insight report, figure 4. The
lines are settings (`settings/levels.yml`) that a clinical owner signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.settings import section
from bot.turn import Level

ORDER: tuple[Level, ...] = ("green", "yellow", "orange", "red", "dark_red")


class Described(Protocol):
    """What the level is settled from."""

    themes: list[str]
    severity: str | None
    duration: str | None
    flag: str | None


@dataclass(frozen=True)
class Settled:
    """A level of help and why, each reason in one English phrase for the nurse and the tests."""

    level: Level
    why: tuple[str, ...]


# Advice and information: help of this kind lies in the universal arenas.
QUESTIONS = frozenset(
    {
        "prevensjon",
        "okonomi_bolig",
        "annet",
        "smalltalk",
        "spor_time",
        "spor_om_tjeneste",
        "spor_om_bot",
        "spor_om_personvern",
        "uforstaelig",
    }
)
# These too, as long as nobody says that they get in the way of anything.
EVERYDAY = QUESTIONS | {"seksualitet", "kjaerlighet", "identitet", "kropp_helse"}


def settle(facts: Described) -> Settled:
    """Return the level of help for what has been said so far."""
    rules = section("levels")
    light = not facts.flag and facts.severity in (None, "mild") and facts.duration != "long"
    if light and set(facts.themes) <= (QUESTIONS if facts.severity else EVERYDAY):
        return Settled("green", ("an everyday matter, wants advice or information",))
    severity = facts.severity or rules["unknown_severity_counts_as"]
    duration = facts.duration or rules["unknown_duration_counts_as"]
    level: Level = rules["levels"][severity][duration]
    why = [
        f"severity {severity}" + ("" if facts.severity else " (unknown counts as this)"),
        f"duration {duration}" + ("" if facts.duration else " (unknown counts as this)"),
    ]
    if facts.flag and ORDER.index(level) < ORDER.index("red"):
        level = "red"
        why.append(f"a red flag was raised ({facts.flag}): a person listens and assesses first")
    return Settled(level, tuple(why))
