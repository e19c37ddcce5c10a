"""What we ship: true to the list of facts, in both written forms, nothing invented."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.texts import all_texts
from service_catalog.load import NATIONAL, Catalogs, Offer
from service_catalog.terms import NEVER_A_DOOR, SERVICE_TYPES
from service_catalog.text import plain_fault

LEVELS = ("green", "yellow", "orange", "red", "dark_red")
REAL = ("0301", "1106", "1122", "3203", "3413", "3911", "5059", "5501")
# The list of facts, as far as numbers and addresses go.
NUMBERS = {
    "113", "112", "110", "02800", "116117", "116111", "22591300", "116123", "22400040",
    "80033321", "116006", "81555201",
}  # fmt: skip
SITES = {
    "116111.no", "sidetmedord.no", "soschat.no", "korspåhalsen.no", "rusinfo.no", "nettros.no",
    "www.ung.no", "barnavrus.no", "snakkommobbing.no", "snakkompsyken.no",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Catalogs:
    return Catalogs.load()


def national(shipped: Catalogs, name: str) -> Offer:
    offer = shipped.offer(f"national-{name}")
    assert offer is not None
    return offer


def test_all_are_sound(shipped: Catalogs) -> None:
    assert shipped.faults == []
    assert set(shipped.all) == {*REAL, "9999", NATIONAL}


def test_eksempelvik_is_complete(shipped: Catalogs) -> None:
    catalog = shipped.all["9999"]
    assert catalog.fictional and len(catalog.districts) == 2
    services = catalog.services
    for level in LEVELS:
        doors = [one for one in services if level in one.levels and one.type not in NEVER_A_DOOR]
        for age in range(12, 21):
            assert any(one.fits_age(age) for one in doors), (level, age)
    wanted = {
        "mottak", "koordinerende_enhet", "barnevern", "skolehelsetjeneste", "ppt", "fritid",
        "helsestasjon_for_ungdom", "lavterskel_psykisk_helse", "lavterskel_ung", "utekontakt",
        "psykisk_helseteam", "kommunepsykolog", "familiesenter", "barnevernvakt", "legevakt",
    }  # fmt: skip
    assert wanted <= {one.type for one in services}
    assert any(one.booking_endpoint for one in services)
    for one in services:
        assert all(phone.digits.startswith("00") for phone in one.phones)
        assert one.description.nn != "" and one.anonymity.nn != ""


def test_the_eight_say_only_what_the_report_says(shipped: Catalogs) -> None:
    for number in REAL:
        catalog = shipped.all[number]
        assert not catalog.fictional
        for one in catalog.services:
            assert one.assured_date == "2021" and "2021" in one.source, one.id
            assert one.assured_on == date(2021, 1, 1)
            assert not one.phones and one.url is None and one.chat is None and one.schedule is None
            assert one.type not in NEVER_A_DOOR
        for note in catalog.notes:
            assert note.assured_date == "2021"


@pytest.mark.parametrize(
    ("number", "name", "kind"),
    [
        ("0301", "Ung Arena", "lavterskel_ung"),
        ("0301", "Oslohjelpa", "familiesenter"),
        ("3413", "Stangehjelpa", "lavterskel_psykisk_helse"),
        ("5501", "Lavterskelteamet", "lavterskel_psykisk_helse"),
        ("3203", "Mottaksenheten", "mottak"),
        ("3911", "Familiens hus", "familiesenter"),
        ("5059", "Familiesenteret", "familiesenter"),
    ],
)
def test_named_services(shipped: Catalogs, number: str, name: str, kind: str) -> None:
    assert kind in {o.service.type for o in shipped.offers(number) if o.service.name.nb == name}


def test_ung_arena_as_in_the_report(shipped: Catalogs) -> None:
    offer = shipped.offer("0301-ung-arena")
    assert offer is not None
    one = offer.service
    assert (one.minimum_age, one.maximum_age, one.cost, one.anonymous) == (12, 25, "free", True)


def test_oslohjelpa_shows_no_age(shipped: Catalogs) -> None:
    offer = shipped.offer("0301-oslohjelpa")
    assert offer is not None
    assert offer.service.ages == "unknown" and offer.service.parents == "involved"


def test_no_number_or_address_that_is_not_in_the_facts(shipped: Catalogs) -> None:
    for offer in shipped.offers(NATIONAL):
        one = offer.service
        assert {phone.digits for phone in one.phones} <= NUMBERS, one.id
        for url in (one.url, one.chat.url if one.chat else None):
            assert url is None or url.removeprefix("https://").rstrip("/") in SITES, one.id
    told = re.findall(r"\b(?:\d{3} \d{3}|\d{3})\b", " ".join(_texts(shipped)))
    assert {number.replace(" ", "") for number in told} <= NUMBERS


def _texts(shipped: Catalogs) -> list[str]:
    texts = []
    for offer in shipped.offers(NATIONAL):
        one = offer.service
        for text in (one.description, one.anonymity, one.application_process, one.usual_times):
            texts += [text.nb, text.nn] if text else []
    return texts


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("kors-paa-halsen", None, 17),
        ("vold-og-overgrepslinjen", 18, None),
        ("ung-no", 13, 20),
        ("mental-helse", None, None),
    ],
)
def test_ages_of_the_lines(
    shipped: Catalogs, name: str, lowest: int | None, highest: int | None
) -> None:
    one = national(shipped, name).service
    assert (one.minimum_age, one.maximum_age) == (lowest, highest)


def test_what_is_only_partly_sure_has_no_hours(shipped: Catalogs) -> None:
    for offer in shipped.offers(NATIONAL):
        if offer.service.confidence == "partly":
            assert offer.hours is None, offer.id
    for name in (
        "kors-paa-halsen",
        "rode-kors-telefonen",
        "barsnakk",
        "snakkompsyken",
        "i-fengsel",
    ):
        assert national(shipped, name).service.confidence == "partly"
    for name in ("alarmtelefonen", "mental-helse", "kirkens-sos", "legevakt"):
        hours = national(shipped, name).hours
        assert hours is not None and hours.always_open


def test_honest_about_who_gets_to_know(shipped: Catalogs) -> None:
    alarm = national(shipped, "alarmtelefonen").service.anonymity.nb
    assert "skrevet ned" in alarm and "barnevern" in alarm
    assert "72 timer" in national(shipped, "ros").service.anonymity.nb
    assert "tatt opp" in national(shipped, "giftinformasjonen").service.anonymity.nb
    assert "hvor du er" in national(shipped, "nod-113").service.anonymity.nb
    for text in _texts(shipped):
        assert not re.search(r"100\s*%", text)


def test_generic_doors_have_no_contact_details_of_their_own(shipped: Catalogs) -> None:
    generic = [offer.service for offer in shipped.offers(NATIONAL) if offer.service.generic]
    assert {"skolehelsetjeneste", "fastlege", "barnevern", "ppt"} <= {one.type for one in generic}
    for one in generic:
        assert one.url is None and one.type not in NEVER_A_DOOR
        assert one.application_process is not None
        assert {phone.digits for phone in one.phones} <= {"116111", "116117"}


def test_texts_of_the_catalog_are_plain_and_in_both_forms() -> None:
    texts = {
        key: text for key, text in all_texts().items() if key.startswith(("catalog.", "type."))
    }
    assert {f"type.{name}" for name in SERVICE_TYPES} <= set(texts)
    for key, text in texts.items():
        assert text["review"], key
        for language in ("nb", "nn"):
            assert plain_fault(text[language]) is None, key
        holes = [set(re.findall(r"\{\w+\}", text[language])) for language in ("nb", "nn")]
        assert holes[0] == holes[1], key


BOKMAL_ONLY = re.compile(
    r"\b(ikke|jeg|hva|hvordan|noen|hjemme|bare|være|gjør[e]?|sier|trenger|dere|fra|uten|mye|spørre|"
    r"hvem|når du er syk|skolen|nettsiden|hun)\b",
    re.IGNORECASE,
)


def test_nynorsk_is_nynorsk(shipped: Catalogs) -> None:
    wrong = []
    for catalog in shipped.all.values():
        for text in _nynorsk(catalog.dict()):
            found = BOKMAL_ONLY.search(text)
            if found and found[0].lower() not in ("gjer",):
                wrong.append((found[0], text))
    wrong += [
        (found[0], key)
        for key, text in all_texts().items()
        if key.startswith("catalog.") and (found := BOKMAL_ONLY.search(text["nn"]))
    ]
    assert wrong == []


def _nynorsk(data: object) -> list[str]:
    if isinstance(data, dict):
        inner = [text for value in data.values() for text in _nynorsk(value)]
        return inner + ([data["nn"]] if isinstance(data.get("nn"), str) else [])
    return [text for one in data for text in _nynorsk(one)] if isinstance(data, list) else []
