"""The young person's own age. Read as of 22 November 2026."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import age
from bot.nlu.normalise import normalise

OWN = [
    ("jeg sa 15", 15),
    ("16 sa jeg jo", 16),
    ("bor i eksempelvik, 15", 15),
    ("stavanger. 16", 16),
    ("15", 15),
    ("femten", 15),
    ("15 år", 15),
    ("15?", 15),
    ("ca 15", 15),
    ("jeg er 15 år", 15),
    ("er 15", 15),
    ("14 ikke 15", 14),
    ("fyller 16 i mars", 15),
    ("jeg blir 16 snart", 15),
    ("jeg er snart 16", 15),
    ("eg er 14 i februar", 13),
    ("fylte 16 i går", 16),
    ("nettopp fylt 18", 18),
    ("går i 10.", 15),
    ("jeg går i 10. klasse", 15),
    ("går i tiende", 15),
    ("10. klasse", 15),
    ("tiende", 15),
    ("går i 9b på Tøyen", 14),
    ("no går æ i niende", 14),
    ("vg2", 17),
    ("går vg2 på st", 17),
    ("går andre året på vgs", 17),
    ("no går æ førsteåret på vgs", 16),
    ("jeg er russ", 18),
    ("født 2010", 16),
    ("jeg er født i 2012", 14),
    ("jente på 14", 14),
    ("jente, 14", 14),
    ("gutt 16 år fra Bodø", 16),
    ("hei, jeg er ei jente på 16 og er så lei", 16),
    ("j14", 14),
    ("hva kan jeg gjøre som 19-åring", 19),
    ("jeg er 19-åring", 19),
    ("15, bor i Stange", 15),
    ("15 år og bor i bergen", 15),
    ("æ e 17", 17),
    ("e tolv år", 12),
    ("eg er tretten", 13),
    ("feil, jeg er 14", 14),
    ("im 15", 15),
    ("jeg er 15 og broren min er 9", 15),
    ("ho er 15 og eg er 16", 16),
    ("vi krangler hele tiden. er 14", 14),
    ("mamma drikker. er 14. sover på gulvet", 14),
    ("jeg er bare 12", 12),
]

NOT_OWN = """
lillebroren min er 9
stefar er 45
jeg er 45
ungdomsskolen
15 minutter
jeg er 15 minutter forsinket
det er 12 i klassen
da jeg var 12
når jeg blir 18 flytter jeg
broren min på 15 er syk
mamma er 45 og er 15 kilo tyngre
ho e 13
venninna mi er 15
Jeg er mor til en jente på 14
hun er 15 og så redd
10 av 10
8 timer
klokka er 15
jeg har 15 venner
30
7
siden jeg gikk i åttende
broren min går i 10. klasse
i 14 dager
må man være 16 for å få p-piller
15 %
""".strip().splitlines()


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNGVEIVISER_NOW", "2026-11-22T12:00:00")


@pytest.mark.parametrize(("text", "years"), OWN)
def test_own_age(text: str, years: int) -> None:
    found = age.find(normalise(text))
    assert found is not None
    assert found.value == years
    assert found.words in text


@pytest.mark.parametrize("text", NOT_OWN)
def test_no_age(text: str) -> None:
    assert age.find(normalise(text)) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("eksempelvik 13 år", 13),
        ("16 Eksempelvik", 16),
        ("15 i eksempelvik", 15),
        ("eksempelvik e 15", 15),
        ("er 16 eksempelvik", 16),
        ("pappa har begynt å slå i veggen når han blir sint. 15 eksempelvik", 15),
        ("jeg bor i oslo med mamma og pappa og har fire søsken. linje 12", None),
        ("storgata 12, eksempelvik", None),
        ("oslo kl 15", None),
        ("oslo i 15 år", None),
        ("eksempelvik 15. mai", None),
        ("søstera mi i oslo er 14", None),
        ("flytta til bergen for 12 år siden", None),
    ],
)
def test_beside_a_place(text: str, years: int | None) -> None:
    found = age.beside_place(normalise(text))
    assert (found and found.value) == years


def test_born_in_the_first_half_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNGVEIVISER_NOW", "2026-02-01T12:00:00")
    found = age.find(normalise("født 2010"))
    assert found is not None
    assert found.value == 15


@given(st.one_of(st.text(max_size=60), st.from_regex(r"\A(jeg|er|på|vg|\d{1,3}|år| |,){1,9}\Z")))
def test_never_raises_and_stays_between_8_and_25(text: str) -> None:
    found = age.find(normalise(text))
    assert found is None or (age.YOUNGEST <= found.value <= age.OLDEST and found.words in text)
