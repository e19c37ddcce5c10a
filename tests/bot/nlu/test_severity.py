"""How much daily life suffers, in the young person's own words."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import examples, severity
from bot.nlu.normalise import dialect, normalise

MILD = """
går helt greit bare litt kjipt
det går fint egentlig
det går bra
eg har det fint elles
bare litt nervøs før prøven
spiser og sover som vanlig
går på skolen som vanlig
ikke så farlig
det er ikke krise altså
litt stressa akkurat nå
klarer meg fint
sover litt dårlig, men det går greit
det funker bra på skolen
kommer over det
æ har det heilt fint
påvirker meg ikke så mye
blir litt lei meg av og til
its fine, just a bit sad
det går sikkert over
er bare litt irriterende
alt er bra ellers
""".strip().splitlines()

MODERATE = """
våken til fem
droppa trening siden høstferien
sover dårlig
æ søv så dårlig
eg får ikkje sove
karakterene har gått ned
klarer ikke konsentrere meg på skolen
har slutta på fotball
mistet matlysten
gråter hver kveld
sitter bare på rommet
orker ikke være med venner
skulker masse
får ikke gjort lekser
det går fint, men jeg sover nesten ikke
har panikkanfall på bussen
vondt i magen hver morgen
har slutta å svare på snap
hopper over frokost og lunsj
sovner i timen hele tida
kommer for seint nesten hver dag
spiser på do
det går ganske mye utover skolen
gidder ikke trene lenger
trekker meg unna
mareritt hver natt
gruer meg til hver dag
cant sleep
karakterane går nedover
klare itj å følg med i timan
stryker i to fag
mista lysten på alt
tør ikke ta bussen
""".strip().splitlines()

SEVERE = """
får ikke gått på skolen
spiser nesten ingenting
orker ikke stå opp
ligger bare i senga
alt er ødelagt
æ kommer mæ itj på skolen
eg kjem meg ikkje opp om morgonen
har ikke vært på skolen på tre uker
livet mitt er ødelagt
cant get out of bed
har ikke spist på fire dager
får ikke i meg mat
har sluttet på skolen
kommer meg ikke ut døra
har 38 % fravær
går hardt ut over alt
fungerer ikke lenger
ligger i senga hele dagen
klarer ikke gå på skolen lenger, men det går bra
eg har ikkje ete sidan laurdag
sover bare to timer
står ikke opp om morgenen
orker ingenting
hjemme fra skolen i fem uker
kaster opp etter hvert måltid
eg får ikkje ned mat
""".strip().splitlines()

NOTHING = """
jeg er så trist
pappa er sint
kan ikke ringe
vil ikke på skolen i morgen fordi vi har gym
har det bra?
går det bra med deg?
det går ikke bra
håper det går bra
vil slutte på fotball
jeg dør av latter
husker ikke hvilken lekse vi har
15
ja
mamma sier at det går bra
kan jeg slutte på skolen når jeg er 16?
trenger noen å prate med
er redd for onkelen min
hvordan får jeg time hos helsesykepleier
kan ikke gå på skolen i morgen, har tannlege
jeg og kompisen var våkne
ingenting
nei
""".strip().splitlines()

ANSWERS = [
    ("litt", "mild"),
    ("bare litt", "mild"),
    ("litt av og til", "mild"),
    ("ikke så mye", "mild"),
    ("nei egentlig ikke så mye", "mild"),
    ("ikke noe særlig", "mild"),
    ("ikkje så mykje", "mild"),
    ("2 av 10", "mild"),
    ("not that much", "mild"),
    ("ganske mye", "moderate"),
    ("en del", "moderate"),
    ("sånn midt på treet", "moderate"),
    ("mye", "moderate"),
    ("ganske mykje", "moderate"),
    ("7 av 10", "moderate"),
    ("6/10", "moderate"),
    ("masse", "severe"),
    ("alt", "severe"),
    ("veldig mye", "severe"),
    ("kjempemye", "severe"),
    ("går nesten aldri", "severe"),
    ("eg søv så godt som aldri", "severe"),
    ("altfor mye", "severe"),
    ("hele livet", "severe"),
    ("9/10", "severe"),
    ("alt sammen", "severe"),
    ("everything", "severe"),
]


def read(text: str) -> str | None:
    found = severity.told(normalise(text))
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *((text, "mild") for text in MILD),
        *((text, "moderate") for text in MODERATE),
        *((text, "severe") for text in SEVERE),
        *((text, None) for text in NOTHING),
    ],
)
def test_told(text: str, level: str | None) -> None:
    assert read(text) == level


@pytest.mark.parametrize(("text", "level"), ANSWERS)
def test_answers(text: str, level: str) -> None:
    for found in (severity.answer(normalise(text)), severity.find(normalise(text))):
        assert found is not None
        assert found.value == level
        assert found.words in text


def test_answers_are_short() -> None:
    assert severity.answer(normalise("alt for mange folk i den klassen der altså")) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hei, æ FÅR  ITJ SOVA på natta", "FÅR  ITJ SOVA"),
        ("går på skolen, men ligger bare i SENGEN etterpå", "ligger bare i SENGEN"),
    ],
)
def test_words_are_the_youths_own(text: str, words: str) -> None:
    found = severity.find(normalise(text))
    assert found is not None
    assert found.words == words


@given(st.text(max_size=80))
def test_never_raises_and_cuts_its_words_from_the_message(text: str) -> None:
    found = severity.find(normalise(text))
    assert found is None or found.words in text


@given(st.lists(st.sampled_from(" ".join([*MILD, *MODERATE, *SEVERE]).split()), max_size=12))
def test_no_mixture_of_words_raises(words: list[str]) -> None:
    severity.find(normalise(" ".join(words)))


def test_wordings_are_spelt_as_canonical_text_is() -> None:
    """A dialect spelling in `severity.yml` could never match what `normalise` gives."""
    text = severity.WORDINGS.read_text("utf-8")
    table = yaml.safe_load(text)
    patterns = [*table["severe"], *table["moderate"], *table["mild"]]
    patterns += [one for lines in table["answers"].values() for one in lines]
    words = set(re.findall(r"(?<![\\\w])[a-zæøå]{3,}(?![\w\\?])", " ".join(patterns)))
    assert {word for word in words if word in dialect()} == set()


def test_agrees_with_the_labelled_messages_that_say_how_much() -> None:
    told = [example for example in examples.training() if example.severity]
    found = [(example.severity, read(example.text)) for example in told]
    fired = [pair for pair in found if pair[1]]
    assert sum(want == got for want, got in fired) / len(fired) >= 0.85
    assert len(fired) / len(told) >= 0.25
