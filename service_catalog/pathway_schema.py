"""How one gets further from here, written down: the steps, and what is told besides.

A pathway begins with somebody near who listens; the specialists come later, if at all. What it
leaves out is filled from the default of the whole country (national.yml). Ages are whole years.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Optional, get_args

from pydantic import Field, validator

from bot.turn import Level
from service_catalog.terms import Confidence
from service_catalog.text import Name, Part, YouthText, both_as_one
from service_catalog.values import ID, first_day, whole_number, year_or_date

OLDEST = 120
StepKind = Literal["listens", "assesses", "refers", "waits", "beside", "treats", "coordinates"]
# `way_of_working`: what staff call the way they work together; explained to who asks for it.
NoteKind = Literal["way_of_working", "onward", "other"]

STEP_KINDS: tuple[StepKind, ...] = get_args(StepKind)
NOTE_KINDS: tuple[NoteKind, ...] = get_args(NoteKind)


class Step(Part):
    """One step of a pathway. `who`: service types, or ids of services of the same catalog."""

    kind: StepKind
    who: list[str] = Field(default_factory=list)
    text: YouthText


class Pathway(Part):
    """The way onwards for some levels of help and ages, in the order in which it goes."""

    id: str = Field(regex=ID)
    name: Name
    levels: list[Level] = Field(min_items=1)
    minimum_age: Optional[int] = Field(None, ge=0, le=OLDEST)
    maximum_age: Optional[int] = Field(None, ge=0, le=OLDEST)
    steps: list[Step] = Field(min_items=1)
    bring: Optional[YouthText] = None
    waiting_time: Optional[YouthText] = None
    while_waiting: Optional[YouthText] = None
    if_refused: Optional[YouthText] = None
    assured_date: str
    source: str = Field(min_length=3)
    confidence: Confidence

    _name = validator("name", pre=True, allow_reuse=True)(both_as_one)
    _assured = validator("assured_date", allow_reuse=True)(year_or_date)
    _ages = validator("minimum_age", "maximum_age", pre=True, allow_reuse=True)(whole_number)

    @property
    def ages(self) -> range:
        """Every age it is for."""
        highest = OLDEST if self.maximum_age is None else self.maximum_age
        return range(self.minimum_age or 0, highest + 1)

    @property
    def assured_on(self) -> date:
        """The day on which it was known to be so; a bare year counts as its first."""
        return first_day(self.assured_date)


class Note(Part):
    """Something explained when asked for, never shown as a door: a way of working, a way onwards.

    `keywords`: the words one asks for it by, besides its name.
    """

    id: str = Field(regex=ID)
    kind: NoteKind = "other"
    name: Name
    keywords: list[str] = Field(default_factory=list)
    text: YouthText
    assured_date: str
    source: str = Field(min_length=3)

    _name = validator("name", pre=True, allow_reuse=True)(both_as_one)
    _assured = validator("assured_date", allow_reuse=True)(year_or_date)

    @property
    def assured_on(self) -> date:
        """The day on which it was known to be so; a bare year counts as its first."""
        return first_day(self.assured_date)
