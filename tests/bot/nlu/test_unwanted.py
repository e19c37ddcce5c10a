"""Which services a message turns down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalise import normalise
from bot.nlu.unwanted import find
from service_catalog.terms import SERVICE_TYPES

TURNED_DOWN = (
    "vil ikke snakke med helsesøster hu sier alt te mamma",
    "vil ikke at barnevernet skal komme på døra",
    "jeg vil ikke ha noe med barnevernet å gjøre",
    "redd for at barnevernet tar oss",
    "er redd barnevernet kommer",
    "livredd for barnevernet",
    "eg vil ikkje at barnevernet skal blande seg inn",
    "æ vil ikkje at barnevernet skal få vite det",
    "ikke barnevernet",
    "helst ikke helsesykepleier",
    "vil ikke snakke med helsesykepleieren",
    "eg vil ikkje til helsesjukepleiaren",
    "vil helst slippe å gå til legen",
    "alt annet enn barnevernet",
    "noen andre enn helsesykepleier",
    "jeg stoler ikke på helsesykepleieren på skolen",
    "hater bup",
    "orker ikke psykolog",
    "nei ikke helsesøster",
    "gidder ikke gå til fastlegen",
    "æ vil itj te helsesøster",
    "jeg skal aldri til barnevernet",
    "vil ikke at dere ringer barnevernet",
    "vil ikke til bup igjen",
    "faren min drikker men vil ikke at barnevernet kommer",
    "jeg ønsker ikke barnevern",
    "kan jeg få hjelp uten at barnevernet kommer",
)
KEPT = (
    "hva gjør barnevernet",
    "skal ikke til legen før torsdag",
    "kan jeg ringe barnevernet",
    "må jeg til legen",
    "vi har ikke helsesykepleier på skolen",
    "helsesykepleieren er ikke der på fredager",
    "jeg vil ikke at helsesykepleier skal si det til mamma",
    "vil ikke at mamma skal ringe legen",
    "vil ikke på skolen",
    "vil ikke gå på skolen mer",
    "orker ikke snakke om psykisk helse",
    "jeg vil ikke leve, skal jeg ringe legevakt",
    "barnevernet var her i går",
    "får ikke time hos legen",
    "legen tror ikke på meg",
    "jeg har ikke vært hos helsesykepleier",
    "vil helst ikke snakke med noen",
    "vil ikke dø",
    "bup hjelper ikke",
    "jeg går til psykolog men det hjelper ikke",
    "vil ha psykolog ikke chat",
    "er redd for legen min skal dø",
    "vet ikke om jeg vil til psykolog",
    "tør ikke gå til helsesykepleier",
    "har ikke turt å gå til helsesykepleier",
)


@pytest.mark.parametrize("text", TURNED_DOWN)
def test_turned_down(text: str) -> None:
    assert find(normalise(text))


@pytest.mark.parametrize("text", KEPT)
def test_not_turned_down(text: str) -> None:
    assert find(normalise(text)) == ()


def test_which_service_it_is() -> None:
    assert find(normalise("vil ikke til helsesykepleier, heller chat")) == ("skolehelsetjeneste",)
    assert find(normalise("redd for barnevernet")) == ("barnevern", "barnevernvakt")


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert set(find(normalise(text))) <= set(SERVICE_TYPES)
