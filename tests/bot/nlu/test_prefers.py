"""Which way of being helped the message asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import prefers
from bot.nlu.normalise import normalise

WAYS = [
    ("helst chatte", {"chat"}),
    ("chat", {"chat"}),
    ("vil helst chatte, ikke ringe", {"chat"}),
    ("vil heller skrive enn å snakke i telefonen", {"chat"}),
    ("eg vil helst skrive", {"chat"}),
    ("orker ikke møte noen, går det an å chatte", {"chat"}),
    ("tør ikke prate høyt", {"chat"}),
    ("kan ikke snakke høyt nå, noen hører meg", {"chat"}),
    ("på telefon", {"phone"}),
    ("kan noen ringe meg?", {"phone"}),
    ("ring meg", {"phone"}),
    ("vil møte noen", {"meet"}),
    ("vil ikke ringe men kan møte noen", {"meet"}),
    ("ansikt til ansikt", {"meet"}),
    ("face to face", {"meet"}),
    ("æ vil helst møte nån", {"meet"}),
    ("kunne vi tatt det på video", {"video"}),
    ("drop in", {"drop_in"}),
    ("kan jeg komme uten time", {"drop_in"}),
    ("slippe å bestille time", {"drop_in"}),
    ("uten at mamma får vite", {"no_parents"}),
    ("pappa må ikke få vite det", {"no_parents"}),
    ("ikke si det til mamma", {"no_parents"}),
    ("vil ikke at foreldrene mine skal vite det", {"no_parents"}),
    ("uten at foreldra mine får greie på det, de må aldri få vite", {"no_parents"}),
    ("vil være anonym", {"anonymous"}),
    ("uten å si navnet mitt", {"anonymous"}),
    ("jeg kjenner henne som jobber der", {"someone_else"}),
    ("tanta mi jobber der", {"someone_else"}),
    ("noen andre enn helsesykepleieren på skolen", {"someone_else"}),
    ("helst noen som ikke kjenner familien", {"someone_else"}),
    ("helst chatte anonymt, uten at mamma får vite det", {"chat", "anonymous", "no_parents"}),
    ("vil ikke ringe", set()),
    ("æ vil itj ring", set()),
    ("hater å ringe folk", set()),
    ("er dette anonymt?", set()),
    ("han vil møte meg", set()),
    ("jeg ringte legevakta i går", set()),
    ("mamma sendte melding", set()),
    ("så en video på tiktok", set()),
    ("vi skal møte besteforeldrene mine", set()),
    ("vil verken møte eller ringe noen", set()),
    ("jeg er lei meg", set()),
]


WAYS += [("noe på nett, vil ikke møte noen", {"chat"}), ("helst på nett", {"chat"})]


@pytest.mark.parametrize(("text", "ways"), WAYS)
def test_ways(text: str, ways: set[str]) -> None:
    assert prefers.find(normalise(text)) == ways


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    assert prefers.find(normalise(text)) <= {
        *("chat", "phone", "meet", "drop_in"),
        *("no_parents", "anonymous", "video", "someone_else"),
    }
