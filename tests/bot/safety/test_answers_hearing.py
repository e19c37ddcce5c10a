"""How answers are heard: only a clear no counts as no."""

from __future__ import annotations

import re

import pytest

from bot.safety.aftermath import read_follow
from bot.safety.english import is_english
from bot.safety.hearing import asks_why, read_answer, read_wish
from bot.safety.verdict import FLAGS
from bot.texts import all_texts
from bot.turn import Flag

CLEAR_NO = """nei|Nei.|nei!|neeei|neida|nei da|nope|nah|nah bro|nei ass|nei, ikke i det hele tatt
absolutt ikke|overhodet ikke|aldri|nei aldri|nei det gjør jeg ikke|nei har aldri tenkt på det
jeg tenker ikke på det|nei, bare litt sliten|nei er bare litt trist|nei bare lei av skolen
nei, jeg er trygg|ja jeg er trygg|er trygg hjemme|ja, er helt trygg her|nei ingen slår meg
ingen slår meg|nei ikke noe sånt|ikkje noko slikt|nei, slett ikkje|nei eg er trygg heime|næ
nei, men mamma maser mye om lekser|nei, men jeg er veldig sliten|nei haha|haha nei|nei lol
nei det har jeg ikke|nei ikke sånn|nei, ikke på den måten|nei jeg vil ikke dø
vil ikke dø, bare sove|nei, eg vil leve|niks|nei det er ingen som gjør det|nei har ikke tatt noe
nei, er bare stressa for eksamen|nei jeg hører ikke noe|nei æ har det bra|nei, ingen fare
nei, jeg er hos mormor og er trygg|nei takk jeg har det bra|nei, har ikke lyst til det
Nei, jeg har ikke tanker om å dø.|nei ingen tanker om det|nei det går bra|no thanks i don't"""
NOT_NO = """ja|Ja|jo|litt|litt kanskje|kanskje|vet ikke|veit ikkje|vet ikke helt|ikke egentlig
nei ikke egentlig|ikkje eigentleg|itte egentlig|tja|...|…||😅|haha|lol|hva om jeg gjør det da
noen ganger|av og til|nokre gonger|nei ikke nå|ikke akkurat nå|nei, ikke akkurat nå|ikke lenger
nei ikke lenger|nei tror ikke det|tror ikke det|nei, eg trur ikkje det|nei, men noen ganger
nei men av og til|nei, men jeg orker ikke mer|nei men skulle ønske jeg ikke våknet|vil ikke si
det vil jeg ikke svare på|vil ikke snakke om det|kan vi snakke om noe annet|det går fint
det er samme det|jeg bor i Hamar|16|ja og nei|både og|det var før|nei det var før
nei, ikke sånn at jeg vil gjøre noe|ikke direkte|er ikke trygg|nei, er ikke trygg
nei føler meg ikke trygg|utrygg|idk|maybe|kinda|not really|sometimes|drit i det|nei vet ikke
ikke så mye|ikke så ofte|på en måte|egentlig ikke|nei egentlig ikke|håper ikke|ja litt
ja av og til|hver dag|hele tiden|mhm|stemmer|nei eller ja|nei, kanskje litt|kan ikke si nei
vil ikke leve|vil ikke leve mer|jeg vil ikke mer|har ikke lyst til å leve|har ingen
har ingen grunn til å leve|er redd hver dag|nei men han slår broren min|orker ikke svare
jeg har ikke fortalt det til noen|vil ikke at noen skal vite det|du skjønner ikke|må jeg svare
skal ikke si det til noen?|han slår ikke så hardt|han slår meg ikke hver dag|no|nå|kan ikke
de slår meg ikke lenger|Litt, eller vet ikke|Litt, eller veit ikkje|A little, or not sure"""


def lines(block: str) -> list[str]:
    return [part for line in block.splitlines() for part in line.split("|")]


@pytest.mark.parametrize("text", lines(CLEAR_NO))
def test_a_clear_no(text: str) -> None:
    assert read_answer(text, "suicide", bool(is_english(text))) == "no"


@pytest.mark.parametrize("text", lines(NOT_NO))
def test_not_no(text: str) -> None:
    for flag in FLAGS:
        if flag in ("violence", "unsafe_home") and text == "det går fint":
            continue
        assert read_answer(text, flag, bool(is_english(text))) != "no", flag


def test_no_means_no_only_in_english() -> None:
    assert read_answer("no", "suicide", english=False) == "unclear"  # "now" in nynorsk
    assert read_answer("no, i don't", "suicide", english=True) == "no"


@pytest.mark.parametrize("text", ["har det bra hjemme", "hjemme er det fint", "alt ok hjemme"])
def test_fine_at_home_is_an_answer_only_to_a_question_about_home(text: str) -> None:
    assert read_answer(text, "unsafe_home") == "no"
    assert read_answer(text, "suicide") == "unclear"
    assert read_answer(f"ikke {text}", "unsafe_home") == "unclear"


@pytest.mark.parametrize(
    "text",
    lines("""ja i kveld|ja har en plan|ja, nå|ja akkurat nå|har pillene her|ja vet hvordan|nå
ja eg har bestemt meg|jeg skal gjøre det i natt|yes tonight"""),
)
def test_now(text: str) -> None:
    assert read_answer(text, "suicide", bool(is_english(text))) == "now"


@pytest.mark.parametrize(
    "text",
    lines("""ja nå og da|ja i det siste|ja men ikke nå|ja, ikke noen plan|ja litt
ja men har ingen plan|ja nå for tiden"""),
)
def test_not_now(text: str) -> None:
    assert read_answer(text, "suicide") in ("yes", "unclear")


@pytest.mark.parametrize(
    ("value", "answer"), [("safe=yes", "yes"), ("safe=unclear", "unclear"), ("safe=no", "no")]
)
def test_buttons(value: str, answer: str) -> None:
    assert read_answer(value, "violence") == answer


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ja", "yes"), ("ja takk", "yes"), ("gjerne", "yes"), ("det vil jeg", "yes"),
        ("Ja, gjerne", "yes"), ("nei", "no"), ("Nei, ikke nå", "no"), ("vil ikke", "no"),
        ("vet ikke", None), ("kanskje", None), ("jeg bor i Hamar", None),
        ("vil bare vite hva jeg skal gjøre", None),
        ("ok. hvem kan jeg ringe som ikke sier det til pappa", None), ("ok, det er greit", "yes"),
        ("vil gjerne det", "yes"), ("human=yes", "yes"),
    ],
)  # fmt: skip
def test_wishes(text: str, wish: str | None) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize("text", ["hvorfor spør du", "hæ", "hva mener du?", "kva meiner du"])
def test_asking_why(text: str) -> None:
    assert asks_why(text)
    assert not asks_why("hva hvis jeg gjør det i morgen når ingen er der")


FOLLOWS = {
    "joke": "det va en spøk|hæ nei det er teater|tulla bare|eg tulla berre|haha 😂|jk|lol",
    "retreat": "glem det|gløym det|det går bra nå|samme det|drit i det|nvm|det går bra no|"
    "bare fyllesjuk",
    "called": "ja jeg har ringt|eg har ringt no|ringer nå|politiet kommer nå|i called them|"
    "de sender ambulanse takk|mamma er her hun ringer",
    "uncalled": "ingen har ringt 113 enda|de ringte ikke tilbake|eg har ikkje ringt",
    "there": "er på legevakta nå|ho er vaken no|de fant han! han lever|vi er på sykehuset|"
    "ambulansen er her nå|ambulansen har tatt ho med|they found her, she's alive|"
    "hun er med han i ambulansen|vi drar til sykehuset nå|the ambulance is here",
    "ok": "ok|okei|ok takk|takk|greit|skal gjøre det|ok skal ringe|ja",
    "wont": "vil ikke ringe|gidder ikke ringe|nei|nei takk|nekter|i don't want to call",
    "afraid": "tør ikke|torer ikkje|hva hvis de blir sure|får kjeft|too scared|hva skal jeg si",
    "silent": "kan ikke snakke høyt|han hører meg|må være stille|kan ikke ringe|i cant talk",
    "no_phone": "har ikke mobil|har ikkje strøm|ingen dekning|pappa har tatt mobilen",
}
TELLS = """Hamar|storgata 5|jeg er hjemme|er på rommet mitt|hva skjer nå|jeg tuller ikke|kødder ikke
er i skogen|hvor er legevakta|det er ikke tull|han ligger på gulvet
Ok men jeg bor i Bergen og er 15|har du tips til film
de kommer nå|han kommer|hun er våken ikke|han er ikke på sykehuset|føler meg helt fin
mamma ringer meg|har ikke funnet henne|i haven't found her|he is not at the hospital
ambulansen kommer ikke|vi drar ikke til sykehuset"""


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, all_of in FOLLOWS.items() for text in lines(all_of)]
)
def test_what_is_said_after_an_emergency(kind: str, text: str) -> None:
    assert read_follow(text, "place", True, bool(is_english(text))) == kind


@pytest.mark.parametrize("text", lines(TELLS))
def test_what_tells_something_else_goes_on(text: str) -> None:
    assert read_follow(text, "place", True) is None


@pytest.mark.parametrize("text", ["ja", "nei", "ok"])
def test_a_bare_word_later_is_not_about_the_call(text: str) -> None:
    assert read_follow(text, "company", False) is None


@pytest.mark.parametrize(
    "text",
    ["i dont want to live anymore", "my dad hits me", "i feel so alone and i want to die"],
)
def test_english(text: str) -> None:
    assert is_english(text) is True


@pytest.mark.parametrize(
    "text",
    ["honestly jeg orker ikke mer", "bro lowkey hadde det vært chill å ikke finnes", "eg er redd"],
)
def test_norwegian(text: str) -> None:
    assert is_english(text) is False


@pytest.mark.parametrize("text", ["ok", "", "…", "113", "lol", "no", "me"])
def test_neither(text: str) -> None:
    assert is_english(text) is None


def test_dev_messages_in_norwegian_are_never_taken_for_english() -> None:
    import json
    from pathlib import Path

    path = Path(__file__).parents[2] / "evaluation" / "dev.jsonl"
    said = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    taken = [
        one["text"]
        for one in said
        if one["style"] not in ("english_mix", "slang") and is_english(one["text"])
    ]
    assert len(taken) <= len(said) / 1000, taken


@pytest.mark.parametrize("value", ["yes", "unclear", "no"])
@pytest.mark.parametrize("form", ["nb", "nn"])
def test_every_label_of_the_direct_question_is_heard_as_its_value(value: str, form: str) -> None:
    labels = {
        key: entry[form]
        for key, entry in all_texts().items()
        if re.fullmatch(rf"(?:safety\.)?choice\.safe={value}(?:\.\w+)?", key)
    }
    assert labels
    for key, label in labels.items():
        flag: Flag = "unsafe_home" if key.endswith("unsafe_home") else "suicide"
        heard = read_answer(label, flag)
        assert heard == value or (value != "no" and heard in ("yes", "unclear")), (key, label)
