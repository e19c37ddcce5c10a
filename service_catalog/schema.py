"""The catalog profile: what a municipality writes down about its help for young people.

Names follow Open Referral HSDS 3 (organization, location, service, schedule,
phone, minimum_age, application_process, assured_date …); what Norwegian youth
need besides (level, themes, anonymity, parents) is ours. Every field is described in
docs/catalog.md. Ages are whole years, dates ISO 8601, hours OpenStreetMap syntax.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Optional

from pydantic import Field, validator

from bot.turn import Level
from service_catalog.pathway_schema import OLDEST, Note, Pathway
from service_catalog.terms import (
    Ages,
    Attending,
    Confidence,
    Cost,
    Parents,
    Scope,
    ServiceType,
    Theme,
    WhoMayCome,
)
from service_catalog.text import Name, Part, YouthText, both_as_one
from service_catalog.values import (
    ID,
    clean_url,
    first_day,
    iso_date,
    whole_number,
    year_or_date,
)


class Phone(Part):
    """A telephone number, as it is dialled in Norway. Fictional ones begin with 00."""

    number: str = Field(regex=r"^[0-9]{2,3}( ?[0-9]{2,3}){0,3}$")
    description: Optional[Name] = None

    _name = validator("description", pre=True, allow_reuse=True)(both_as_one)

    @property
    def digits(self) -> str:
        return self.number.replace(" ", "")


class Chat(Part):
    """A chat of the service. Without an address, application_process says how to find it.

    `times` and `usually` when they differ from those of the service itself.
    """

    url: Optional[str] = None
    times: Optional[YouthText] = None
    usually: Optional[str] = None

    _url = validator("url", allow_reuse=True)(clean_url)


class Schedule(Part):
    """When the service is open. No schedule means that nobody knows, not that it is closed."""

    opening_hours: str
    description: Optional[YouthText] = None


class Alert(Part):
    """A passing message, such as "stengt denne uka". Both days are included."""

    text: YouthText
    valid_from: date
    valid_to: date
    closed: bool = False

    _days = validator("valid_from", "valid_to", pre=True, allow_reuse=True)(iso_date)

    def holds(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


class SchoolHoliday(Part):
    """Days without school, both included. Stands for `SH` in opening hours."""

    name: Name
    valid_from: date
    valid_to: date

    _name = validator("name", pre=True, allow_reuse=True)(both_as_one)
    _days = validator("valid_from", "valid_to", pre=True, allow_reuse=True)(iso_date)


class Organization(Part):
    """Who runs services."""

    id: str = Field(regex=ID)
    name: Name
    url: Optional[str] = None

    _name = validator("name", pre=True, allow_reuse=True)(both_as_one)
    _url = validator("url", allow_reuse=True)(clean_url)


class Location(Part):
    """A place one can go to. The address of a confidential service is never shown."""

    id: str = Field(regex=ID)
    name: Name
    address: Optional[str] = None
    district: Optional[str] = None
    accessibility: Optional[YouthText] = None
    transportation: Optional[YouthText] = None

    _name = validator("name", pre=True, allow_reuse=True)(both_as_one)


class Service(Part):
    """One offer of help."""

    id: str = Field(regex=ID)
    organization_id: Optional[str] = None
    name: Name
    type: ServiceType
    description: YouthText
    levels: list[Level] = Field(min_items=1)
    themes: list[Theme] = Field(default_factory=list)
    specialised: bool = False
    keywords: list[str] = Field(default_factory=list)
    generic: bool = False
    minimum_age: Optional[int] = Field(None, ge=0, le=OLDEST)
    maximum_age: Optional[int] = Field(None, ge=0, le=OLDEST)
    ages: Optional[Ages] = None
    eligibility_description: Optional[YouthText] = None
    who_may_come: list[WhoMayCome] = Field(min_items=1)
    referral_by: list[ServiceType] = Field(default_factory=list)
    application_process: Optional[YouthText] = None
    attending_types: list[Attending] = Field(min_items=1)
    video_minimum_age: Optional[int] = Field(None, ge=0, le=OLDEST)
    cost: Cost
    fees_description: Optional[YouthText] = None
    anonymous: bool = False
    anonymity: YouthText
    parents: Parents
    languages: list[str] = Field(default_factory=list)
    interpretation_services: bool = False
    location_ids: list[str] = Field(default_factory=list)
    confidential: bool = False
    districts: list[str] = Field(default_factory=list)
    service_area: list[str] = Field(default_factory=list)
    schedule: Optional[Schedule] = None
    usual_times: Optional[YouthText] = None
    usually: Optional[str] = None
    phones: list[Phone] = Field(default_factory=list)
    url: Optional[str] = None
    chat: Optional[Chat] = None
    booking_endpoint: Optional[str] = None
    booking_schedule: Optional[str] = None
    booking_service_type: Optional[str] = None
    waiting_time: Optional[YouthText] = None
    alerts: list[Alert] = Field(default_factory=list)
    assured_date: str
    source: str = Field(min_length=3)
    confidence: Confidence
    fictional: Optional[bool] = None

    _name = validator("name", pre=True, allow_reuse=True)(both_as_one)
    _url = validator("url", allow_reuse=True)(clean_url)
    _assured = validator("assured_date", allow_reuse=True)(year_or_date)
    _ages = validator(
        "minimum_age", "maximum_age", "video_minimum_age", pre=True, allow_reuse=True
    )(whole_number)

    @validator("languages", each_item=True)
    def _language(cls, code: str) -> str:
        if not re.fullmatch(r"[a-z]{2,3}", code):
            raise ValueError(
                f"{code!r} is no language code; write two or three letters as in nb, se, uk, nsl"
            )
        return code

    @property
    def assured_on(self) -> date:
        """The day on which the facts were known to be true; a bare year counts as its first."""
        return first_day(self.assured_date)

    def meets_by(self, age: Optional[int]) -> set[str]:
        """Return how somebody of `age` can be met; video may begin at an age of its own."""
        ways: set[str] = set(self.attending_types)
        young = age is not None and age < (self.video_minimum_age or 0)
        return ways - {"video"} if young else ways

    def fits_age(self, age: Optional[int]) -> bool:
        """Say whether somebody of `age` may come; yes when the age is not known."""
        if age is None:
            return True
        lowest = 0 if self.minimum_age is None else self.minimum_age
        highest = OLDEST if self.maximum_age is None else self.maximum_age
        return lowest <= age <= highest


class Catalog(Part):
    """Everything one municipality offers, or the lines and doors of the whole country."""

    scope: Scope = "municipal"
    municipality: Optional[str] = Field(None, regex=r"^[0-9]{4}$")
    name: str = Field(min_length=1, max_length=100)
    fictional: bool = False
    districts: list[str] = Field(default_factory=list)
    landing_text: Optional[YouthText] = None
    find_more: YouthText
    school_holidays: list[SchoolHoliday] = Field(default_factory=list)
    organizations: list[Organization] = Field(default_factory=list)
    locations: list[Location] = Field(default_factory=list)
    services: list[Service] = Field(default_factory=list)
    pathways: list[Pathway] = Field(default_factory=list)
    notes: list[Note] = Field(default_factory=list)

    @property
    def key(self) -> str:
        """What the public ids of its services begin with."""
        return self.municipality or "national"

    def public_id(self, service: Service) -> str:
        """Return the id of `service` that is unique among all catalogs."""
        return f"{self.key}-{service.id}"

    def is_fictional(self, service: Service) -> bool:
        return self.fictional if service.fictional is None else service.fictional
