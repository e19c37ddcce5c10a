"""Nynorsk is told apart from dialect and from bokmål."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.nlu.language import detect

DEV = Path(__file__).resolve().parents[2] / "evaluation" / "dev.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        "eg veit ikkje korleis eg skal seie det, men eg har vore lei meg frå i haust",
        "kvifor er det ingen som høyrer på meg heime",
        "dei seier at eg berre er vanskeleg, men det er noko gale",
        "ein ven av meg har det tungt, kven kan eg snakke med om noko slikt",
    ],
)
def test_nynorsk(text):
    assert detect(text) == "nn"


@pytest.mark.parametrize(
    "text",
    [
        "eg vett ikkje ka eg ska gjer, d e så slitsomt heime",
        "æ veit ikkje ka æ ska si, dem flire av mæ",
        "eg e så lei av alt, ingen bryr seg om ka eg sier",
        "me va på byen og han sa eg va stygg, orka ikkje gå på skulen",
        "jeg vet ikke hva jeg skal gjøre, hun sier det er min feil",
        "eg har det ikkje bra",
        "hei",
        "",
        "😭",
        "wallah bro eg klikker",
    ],
)
def test_dialect_bokmal_and_too_little_are_not_nynorsk(text):
    assert detect(text) != "nn"


def test_bokmal():
    assert detect("jeg vet ikke hva jeg skal gjøre hjemme") == "nb"


def test_on_the_development_set():
    """Most nynorsk is known from one message alone; hardly anything else is taken for it."""
    rows = [json.loads(line) for line in DEV.read_text("utf-8").splitlines() if line.strip()]
    nynorsk = [detect(row["text"]) for row in rows if row["style"] == "nynorsk"]
    others = [
        detect(row["text"]) for row in rows if row["style"] not in ("nynorsk", "vent", "typo")
    ]
    assert nynorsk.count("nn") / len(nynorsk) > 0.6
    assert others.count("nn") / len(others) < 0.01
