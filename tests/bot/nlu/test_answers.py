"""What a short answer says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.answers import read
from bot.nlu.normalise import normalise

ANSWERS = {
    "yes": """
ja
jepp
jaa
JAAAA
mhm
jo
joda
ja!
ja takk
ok
stemmer
selvfølgelig
yes
ja det gjør jeg
jau
jau det stemmer
ja det vil eg gjerne
ja ass
veldig
ja mye
hele tiden
👍
ja, jeg bor hjemme hos mamma og pappa og vi har det ganske fint sammen
""",
    "some": """
litt
ja litt
ja, litt
jo litt da
av og til
både og
noen ganger
bare litt
nei ikke så mye
tror det
kinda
sånn passe
""",
    "no": """
nei
neeei
nei!!
nope
no
neida
nei takk
aldri
ikke i det hele tatt
absolutt ikke
nei nei
neei
nei det er feil
nei det vil eg ikkje
nei itj det
nah
ikkje i det heile tatt
nei, jeg vil heller prate om noe helt annet enn det akkurat nå
""",
    "unsure": """
ikke egentlig
egentlig ikke
nei ikke egentlig
vet ikke
veit ikkje
æ veit itj
idk
aner ikke
kanskje
tja
går bra
det går bra
tror ikke det
nei, men noen ganger tenker jeg på det
nei men litt
ja nei
nei, vet ikke
ikke helt
vet ikke helt
usikker
both yes and no, maybe
ingen anelse
null peiling
vet ikke hva jeg skal svare
e veit kje
""".replace("both yes and no, maybe\n", ""),
    "refuse": """
vil ikke si
vil ikke si det
vil ikkje seie
spiller ingen rolle
hopp over
orker ikke snakke om det
nei vil ikke svare
det er privat
skip
har ikke lyst til å si det
vil helst ikke si alderen min
svarer ikke på det
hvorfor må du vite det
""",
}

STORIES = """
jeg er så lei
mamma drikker
15
jeg vet ikke hva jeg skal gjøre med broren min som drikker hver helg
nå
siden jul
ja men altså det er sånn at de gutta i klassen min alltid ler av meg
litt redd for pappa når han drikker og roper
Tromsø
jeg vil ikke leve mer
vil ikke dø
kan ikke sove
orker ikke
jeg vil fortelle noe
passe på lillebror
nederlag
nei eg orker ikke mer
nei det går ikke bra
nei jeg vil dø
nei ikke trygg
ja jeg vil dø
""".strip().splitlines()


@pytest.mark.parametrize(
    ("text", "answer"),
    [(text, name) for name, texts in ANSWERS.items() for text in texts.strip().splitlines()],
)
def test_short_answers(text: str, answer: str) -> None:
    assert read(normalise(text)) == answer


@pytest.mark.parametrize("text", ["", " ", ".", "…", *STORIES])
def test_stories_answer_nothing(text: str) -> None:
    assert read(normalise(text)) is None


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    assert read(normalise(text)) in {None, "yes", "some", "no", "unsure", "refuse"}


@given(
    st.lists(
        st.sampled_from(
            ["ja", "nei", "litt", ",", ".", "men", "vet", "ikke", "kanskje", "jeg", "det", "vil"]
        )
    )
)
def test_a_no_with_a_but_is_no_plain_no(words: list[str]) -> None:
    text = " ".join(["nei", ",", "men", *words])
    assert read(normalise(text)) != "no"
