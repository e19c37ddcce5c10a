"""What must not be read in lists, logs and exports."""

from __future__ import annotations

import importlib.util
import time

import pytest

from bot.handoff.masking import MODEL, contacts, mask
from bot.settings import ROOT
from tests.bot.handoff.measure_masking import measure, over_masked, table, told


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("jeg heter Kari, ring 412 34 567", "jeg heter [navn], ring [telefon]"),
        ("heter sondre og bor i stange", "heter [navn] og bor i [sted]"),
        ("æ hete Aylin", "æ hete [navn]"),
        ("eg heiter tuva nesheim hansen", "eg heiter [navn] nesheim hansen"),
        ("stefaren min Rolf slår meg", "stefaren min [navn] slår meg"),
        ("hun er Aylin Demir", "hun er [navn]"),
        ("det var Emilies bok", "det var [navn] bok"),
        ("ola Nordmann", "[navn] [navn]"),
        ("Ola Nordmann", "[navn]"),
        ("hei mvh per olsen", "hei mvh [navn]"),
        ("fnr 010203 12345 og 01020312345", "fnr [fødselsnummer] og [fødselsnummer]"),
        ("mail kari.n@skole.no nå", "mail [e-post] nå"),
        ("+47 41 23 45 67 eller 41234567", "[telefon] eller [telefon]"),
        ("Storgata 12B, 2335 Stange", "[sted], [sted]"),
        ("Karl Johans gate 5", "[sted]"),
        ("er ved Bryggen nå", "er ved [sted] nå"),
        ("59.91273, 10.74609", "[sted]"),
    ],
)
def test_what_tells_who_somebody_is_goes(text: str, masked: str) -> None:
    if importlib.util.find_spec(MODEL) is None:
        assert mask(text) == masked
    else:  # the model may find more, never less
        for word in set(text.split()) - set(masked.split()):
            assert word not in mask(text).split()


@pytest.mark.parametrize(
    "text",
    [
        "jeg orker ikke livet mitt lenger, alt er meningsløst",
        "ring 116 111, 116 117, 116 123 eller 113",
        "jeg tok 20 paracet 500 mg kl 14 den 24.12.2025",
        "hans far slår, finn noen, det er tom line",
        "jeg er 15 og har vondt hele tiden, time hos legen 12 30",
        "født 10.10.2010, flyttet 2012 2013 2014",
    ],
)
def test_what_tells_nothing_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("jeg går på Nordby ungdomsskole", "jeg går på [skole]"),
        ("eg går på Voss vgs", "eg går på [skole]"),
        ("snappen min er emma_07", "snappen min er [brukernavn]"),
        ("insta: @nora.l, svar der", "insta: [brukernavn], svar der"),
        ("jeg snakket med Snefrid Lykkehaug", "jeg snakket med [navn]"),
        ("han heter ikke det", "han heter ikke det"),
        ("legevakt eller BUP? jeg bruker Snapchat", "legevakt eller BUP? jeg bruker Snapchat"),
    ],
)
def test_schools_accounts_and_names_that_nobody_knows(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_place_that_no_list_knows_is_seen_by_who_has_to_send_help() -> None:
    assert mask("jeg går mot Ulvetjernet nå") == "jeg går mot [navn] nå"
    assert mask("jeg går mot Ulvetjernet nå", keep_contact=True) == "jeg går mot Ulvetjernet nå"
    assert contacts("jeg går på Nordby skole") == ["Nordby skole"]


# What the rules reach without the model; a change that does worse fails here.
LEAST = {
    "name": 0.90,
    "phone": 0.94,
    "email": 1.0,
    "id": 1.0,
    "place": 0.95,
    "school": 0.94,
    "handle": 0.94,
}
MOST_OVER_MASKED = 18


def test_the_labelled_table_is_masked_as_well_as_the_documents_say() -> None:
    score = measure()
    assert sum(1 for _ in table()) >= 150
    for kind, least in LEAST.items():
        assert score.hidden[kind] / score.marked[kind] >= least, (kind, score.errors)
    assert sum(score.needless.values()) <= 1, score.errors
    assert len({line.rsplit(" in ", 1)[1] for line in over_masked()}) <= MOST_OVER_MASKED
    if importlib.util.find_spec(MODEL) is None:
        assert told(score, over_masked()) in (ROOT / "docs/privacy.md").read_text("utf-8")


@pytest.mark.parametrize(
    "unit", ["a", "Aa ", "1 ", "@.", "gata ", "snap: a", "Å-Ø ", "heter Kari "]
)
def test_a_long_text_costs_no_more_than_its_parts(unit: str) -> None:
    """16 KB: the cost grows with the length, not with its square."""

    def cost(length: int) -> float:
        text = (unit * length)[:length]
        begun = time.process_time()
        mask(text)
        return time.process_time() - begun

    cost(2000)
    small = max(min(cost(2000) for _ in range(3)), 0.002)
    assert min(cost(16_000) for _ in range(2)) / small < 40  # 8 when linear, 64 when square


def test_who_has_to_send_help_can_read_where_and_on_which_number() -> None:
    text = "jeg heter Kari (kari@x.no, 01020312345), bor i Storgata 5 i Stange, tlf 41234567"
    masked = mask(text, keep_contact=True)
    assert "Storgata 5" in masked and "Stange" in masked and "41234567" in masked
    assert "Kari" not in masked and "kari@x.no" not in masked and "01020312345" not in masked
    assert contacts(text) == ["Storgata 5", "Stange", "41234567"]


def test_masking_is_quick_on_anything() -> None:
    for text in (
        "a" * 2000,
        "A" * 2000,
        "Aa " * 666,
        "1 " * 1000,
        "1.1" * 600,
        "@." * 1000,
        "gata " * 400,
    ):
        started = time.perf_counter()
        mask(text)
        assert time.perf_counter() - started < 0.5, text[:10]


@pytest.mark.skipif(importlib.util.find_spec(MODEL) is None, reason=f"{MODEL} is not installed")
def test_with_the_model_rare_names_go_too() -> None:
    assert "Torgrim" not in mask("Etter skolen gikk jeg og Torgrim Vassvik hjem.")
