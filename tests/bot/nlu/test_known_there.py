"""Whether the message tells of somebody they know at a service."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.known_there import find
from bot.nlu.normalise import normalise

KNOWN = (
    "jeg kjenner henne som jobber der",
    "eg kjenner ho som jobbar der",
    "æ kjenner ho som jobbe der",
    "e kjenne ho som jobba der no",
    "jeg kjenner han som jobber på helsestasjonen",
    "kjenner hun som er helsesykepleier på skolen",
    "mamma jobber der",
    "mora mi jobbar der",
    "mor mi arbeider på helsestasjonen",
    "mamma jobber på helsestasjonen",
    "pappa er fastlegen min",
    "tanta mi er helsesykepleier på skolen",
    "tanta mi er helsesjukepleiar på skulen",
    "onkelen min jobber på legekontoret",
    "onkel min jobbe i barnevernet",
    "faren til bestevennen min jobber der",
    "mammaen til kjæresten min jobber på bup",
    "naboen jobber der",
    "naboen vår er helsesøster",
    "helsesykepleieren er tanta mi",
    "helsesjukepleiaren på skulen er mor til bestevenninna mi",
    "helsesøster er venninna til mamma",
    "fastlegen er i slekt med meg",
    "hun som jobber der er mamma til en i klassen",
    "mamma kjenner helsesykepleieren",
    "pappa kjenner alle som jobber der",
    "søstera mi jobber på legevakta",
    "jeg er i slekt med hun som jobber der",
    "psykologen er gift med onkelen min",
    "stefaren min jobber i nav",
    "går ikke an, broren min jobber der",
    "nei, bestemor er ansatt på helsestasjonen",
    "ho mamma jobbe der",
    "kusina mi arbeider hos utekontakten",
    "rådgiveren er naboen min",
    "men jeg kjenner henne der",
)
NOT_KNOWN = (
    "jeg kjenner ingen som jobber der",
    "kjenner ikke noen der",
    "kjenner du noen som jobber der?",
    "eg kjenner ikkje ho som jobbar der",
    "jeg kjenner ikke helsesykepleieren",
    "mamma jobber hele tiden",
    "pappa jobber på kiwi",
    "mamma jobber på sykehjemmet og er aldri hjemme",
    "pappa jobber offshore",
    "mora mi er sykepleier",
    "faren min er lærer",
    "tanta mi er syk",
    "mamma er psykolog men ikke her i landet",
    "hvem jobber der?",
    "hva gjør de som jobber der",
    "jeg vil snakke med noen som jobber der",
    "kan jeg snakke med en av dere som jobber der",
    "er det hyggelige folk som jobber der",
    "jeg jobber der i helgene",
    "kjenner på mye angst",
    "jeg kjenner at det er tungt",
    "kjenner meg ensom",
    "alle kjenner alle her",
    "jeg kjenner en som sliter",
    "jeg kjenner han som mobber meg",
    "kjenner hun som døde",
    "helsesykepleieren er aldri der",
    "helsesykepleieren er snill",
    "fastlegen er dum",
    "mamma sa jeg skulle gå til helsesykepleier",
    "pappa vil ikke at jeg går på bup",
    "tanta mi gikk til psykolog",
    "mamma jobba der før",
    "hvis mamma jobber der vil jeg ikke",
    "broren min går på skolen der",
    "naboen er ekkel mot meg",
    "venninna mi har vært på helsestasjonen",
    "vil ikke snakke med mamma",
    "det er ingen jeg kjenner som jobber der",
    "bestevennen min er i barnevernet",
)


@pytest.mark.parametrize("said", KNOWN)
def test_somebody_they_know_works_there(said: str) -> None:
    assert find(normalise(said)) is not None


@pytest.mark.parametrize("said", NOT_KNOWN)
def test_nobody_they_know_works_there(said: str) -> None:
    assert find(normalise(said)) is None


def test_the_tables_are_large_enough() -> None:
    assert len(KNOWN) >= 30 and len(NOT_KNOWN) >= 30


@pytest.mark.parametrize(
    ("said", "types"),
    [
        ("jeg kjenner henne som jobber der", ()),
        ("tanta mi er helsesykepleier", ("skolehelsetjeneste",)),
        ("eg kjenner ho på helsestasjonen", ("helsestasjon_for_ungdom", "helsestasjon")),
        ("vil ikke til fastlegen, pappa jobber der", ("fastlege",)),
        ("naboen jobber i barnevernet", ("barnevern",)),
        ("mamma jobber på barnevernvakta", ("barnevernvakt",)),
    ],
)
def test_which_door_is_meant(said: str, types: tuple[str, ...]) -> None:
    known = find(normalise(said))
    assert known is not None and known.types == types


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    find(normalise(text))
