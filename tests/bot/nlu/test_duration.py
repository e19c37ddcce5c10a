"""How long it has lasted. The tables are read as of 22 November 2026, if not said otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import duration, examples
from bot.nlu.normalise import normalise

TODAY = date(2026, 11, 22)

SHORT = """
to uker ass
et par mnd lol
noen dager
et par uker
i 2 mnd
i går
nettopp
den siste tida
en stund
siden skolestart
siden høstferien
siden september
siden jeg begynte på vgs
2-3 uker
to tre uker
for tre uker siden flytta han
siden forrige mandag
siden i går kveld
siden helga
bare noen få dager
ikke så lenge
i 14 dager
de siste ukene
den siste måneden
litt over en måned
tredje dagen nå
for tida
har ikke spist på to dager
det startet på mandag
etter at jeg begynte på ny skole i høst, altså etter høstferien har det vært sånn
kjæresten gjorde det slutt for tre uker siden, vi var sammen i to år
i haust, eller heile hausten har det vore sånn
sidan haustferien
nån uka no
sia forrige helg
på lørdag drakk jeg for mye
like two weeks
since monday
yesterday he yelled at me
har hatt det sånn i fire uker
mensen er ni dager for sein
sitter med det for fjerde dagen på rad nå
hele høstferien
""".strip().splitlines()

LONG = """
lenge ass
lenge egt bro
3 år as
siden jul
siden i fjor sommer
fra vi kom hjem fra hytta i vinterferien
hele åttende
siden ungdomsskolen starta
siden 7. klasse
så lenge jeg kan huske
alltid
ganske lenge egentlig
lenge
siden mamma og pappa skilte seg for to år siden
3 år
fra og til i to år
since forever
for months
more than a year
since last year
heilt sidan barneskulen
sia æ va liten
sida i fjor
har hatt det sånn et halvt år
halvannet år
snart et år nå
flere år
mange måneder
noen måneder
siden mars
siden påske
siden nyttår
hele videregående
siden jeg var ti
da jeg var liten
fra 5. klasse
helt siden 2021
siden korona
siden jeg begynte på ungdomsskolen
går vg2. siden jeg begynte på vgs
det begynte i niende, nå går jeg i første på vgs
nesten hele livet
tre måneder
i lang tid
har ikke vært på skolen på et halvt år
det siste året
det siste halvåret
i evigheter
har holdt på i årevis
jeg har alltid vært sånn
kjempelenge
sidan i vår
sånn har det vært hele tiende
har hatt det tungt i to år, verst de siste ukene
pappa har alltid drukket
i all slags vær siden han Sander flytta i vår
hele vinteren
startet i fjor høst
har vært edru i et år, men redd fortsatt
""".strip().splitlines()

NOTHING = """
om to uker
15 år
jeg er 15 år
får ikke sove i to timer hver natt
skal på utveksling i ett år
filmen varer i to timer
hvor lenge må jeg vente?
hvor lang tid tar det
jeg trener tre dager i uka
broren min er 3 år
hun er to år eldre
vi har vært sammen i to år
siden jeg er så lei orker jeg ikke mer
siden vår hund er syk må jeg hjem
eksamen er på mandag
skal til tante i helga
bestevennen min flytter til Ålesund i januar
jeg fyller 18 i juni
jeg har ikke noe å si
vært edru i to måneder
gips i seks uker
så lenge det regner blir vi inne
begge er 14 år gamle
vi ses i januar
har så vondt i magen
""".strip().splitlines()


def read(text: str, today: date = TODAY) -> str | None:
    found = duration.find(normalise(text), today)
    return found.value if found else None


@pytest.mark.parametrize("text", SHORT)
def test_short(text: str) -> None:
    assert read(text) == "short"


@pytest.mark.parametrize("text", LONG)
def test_long(text: str) -> None:
    assert read(text) == "long"


@pytest.mark.parametrize("text", NOTHING)
def test_no_duration(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "today", "value"),
    [
        ("siden jul", date(2027, 1, 20), "short"),
        ("siden jul", date(2027, 4, 20), "long"),
        ("siden jul i fjor", date(2027, 1, 20), "short"),
        ("siden skolestart", date(2026, 9, 20), "short"),
        ("siden skolestart", date(2027, 2, 1), "long"),
        ("siden sommerferien", date(2026, 9, 20), "short"),
        ("siden i sommer", date(2026, 9, 1), "short"),
        ("siden påske", date(2027, 4, 20), "short"),
        ("hele høsten", date(2026, 10, 10), "short"),
        ("hele vinteren", date(2027, 1, 10), "short"),
        ("siden oktober", date(2026, 11, 1), "short"),
        ("siden oktober", date(2027, 2, 15), "long"),
        ("går i åttende. det har vært sånn siden åttende begynte", date(2026, 10, 1), "short"),
    ],
)
def test_relative_to_today(text: str, today: date, value: str) -> None:
    assert read(text, today) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("får ikke sova, SIDEN i   fjor sommer da!!", "SIDEN i   fjor sommer"),
        ("æ har hatt det sånn sia haustferien", "sia haustferien"),
        ("eg har vore lei meg i eit halvt år no", "i eit halvt år"),
        ("har vært lei meg i to månader, siste uka verst", "i to månader"),
    ],
)
def test_words_are_the_youths_own(text: str, words: str) -> None:
    found = duration.find(normalise(text), TODAY)
    assert found is not None
    assert found.words == words


def test_the_line_between_short_and_long_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duration, "section", lambda _name: {"long_lasting_from_days": 10})
    assert read("i to uker") == "long"


@given(st.text(max_size=80))
def test_never_raises_and_cuts_its_words_from_the_message(text: str) -> None:
    found = duration.find(normalise(text), TODAY)
    assert found is None or found.words in text


@given(st.lists(st.sampled_from(" ".join([*SHORT, *LONG, *NOTHING]).split()), max_size=12))
def test_no_mixture_of_time_words_raises(words: list[str]) -> None:
    duration.find(normalise(" ".join(words)), TODAY)


def test_agrees_with_the_labelled_messages_that_say_a_time() -> None:
    told = [example for example in examples.training() if example.duration]
    found = [(example.duration, read(example.text)) for example in told]
    fired = [pair for pair in found if pair[1]]
    assert sum(want == got for want, got in fired) / len(fired) >= 0.93
    assert len(fired) / len(told) >= 0.6
