"""What the bot answers to each red flag: numbers, tone, promises."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from bot.safety.numbers import DOORS, FIRST
from bot.safety.verdict import FLAGS, Evidence, Verdict
from bot.safety.voice import HOME_FLAGS
from bot.turn import About, Flag
from tests.bot.safety.saying import DAY, EVENING, NIGHT, Saying, values, words

ABOUTS: tuple[About, ...] = ("self", "other")
LISTENERS = list(
    itertools.product(ABOUTS, ("nb", "nn"), (False, True), (NIGHT, DAY), (None, 15, 19))
)
ALWAYS_OPEN = ("113", "112", "116 111", "116 117", "116 123", "116 006", "22 59 13 00")
FAMILY = re.compile(
    r"mamma|pappa|\bmor\b|\bfar\b|foreldre|forelder|familie|slekt|\btante|\bonkel|søsken|"
    r"parents?\b|mother|father|family|\bmum\b|\bdad\b",
    re.IGNORECASE,
)
RECORDS = re.compile(r"e-post|epost|kalender|e-mail|calendar|lagre|lagra", re.IGNORECASE)
BLAME = re.compile(r"burde ha|hvorfor gjorde|kvifor gjorde|du må skjerpe|why did you", re.I)
METHOD = re.compile(r"\b(?:kniv|tau|henge|hoppe|pille|tablett|kutt|blad|knife|rope|pills)", re.I)
ORDERED = re.compile(r"helsesykepleier (?:leser|får)|jeg har gitt beskjed|noen kommer", re.I)


def number_in(text: str, number: str) -> bool:
    return bool(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text))


@pytest.mark.parametrize("flag", FLAGS)
def test_acute_gets_the_right_number_first_and_a_question_last(flag: Flag) -> None:
    for about, language, duty, now, age in LISTENERS:
        talk = Saying(language=language, duty=duty, now=now, age=age)
        reply = talk.say("…", flag, "acute", about)
        assert reply is not None and reply.safety.response == "emergency"
        assert reply.safety.flag == flag
        first, until, last = reply.messages
        assert first.text.startswith(f"Ring {FIRST[flag]} n")
        assert any(number_in(first.text, number) for number in DOORS[flag])
        assert first.services[0].phone == FIRST[flag]
        assert "hviske" in until.text or "kviskre" in until.text  # for who cannot speak aloud
        unseen = "vi ser ikke hvor du er" if language == "nb" else "vi ser ikkje kvar du er"
        assert unseen in last.text
        assert last.text.count("?") == 1 and "?" not in first.text + until.text
        assert reply.expects == "place"
        assert reply.case == ("open" if duty else None)


@pytest.mark.parametrize("flag", FLAGS)
def test_serious_is_heard_and_gets_a_line_that_is_open_now(flag: Flag) -> None:
    for about, language, duty, now, age in LISTENERS:
        talk = Saying(language=language, duty=duty, now=now, age=age)
        reply = talk.say("…", flag, "serious", about)
        assert reply is not None and reply.safety.response == "human"
        assert any(number_in(words(reply), number) for number in ALWAYS_OPEN)
        assert any(card.open_now for card in reply.messages[0].services)
        if duty:
            assert reply.case == "ask" and reply.expects == "confirm"
            assert values(reply) == ["human=yes", "human=no"]
            assert "helsesykepleier" in words(reply) or "helsesjukepleiar" in words(reply)
        else:
            assert reply.case is None and reply.expects == "place"
            assert "human=yes" not in values(reply)


@pytest.mark.parametrize("flag", FLAGS)
def test_uncertain_gets_one_plain_question(flag: Flag) -> None:
    for about, language, duty, now, age in LISTENERS:
        talk = Saying(language=language, duty=duty, now=now, age=age)
        reply = talk.say("…", flag, "uncertain", about)
        assert reply is not None and reply.safety.response == "check"
        assert words(reply).count("?") == 1 and len(reply.messages) == 1
        assert reply.expects == "safe" and reply.case is None
        assert values(reply) == ["safe=yes", "safe=unclear", "safe=no"]


def every_answer() -> list[tuple[Flag, str, Any]]:
    """Return every first and second answer to every flag, in the three tongues."""
    found: list[tuple[Flag, str, Any]] = []
    hints = ("", "tvangsgifte seg", "gjeld", "nudes", "spise mat", "we marry married abroad")
    cases = itertools.product(
        FLAGS, ABOUTS, ("nb", "nn", "en"), (False, True), (NIGHT, EVENING), (15, 19), hints
    )
    for flag, about, tongue, duty, now, age, hint in cases:
        for urgency in ("acute", "serious") if hint else ("acute", "serious", "uncertain"):
            talk = Saying("nb" if tongue == "en" else tongue, duty, now, age)
            talk.state.english = tongue == "en"
            for _ in range(2 if hint else 3):
                verdict = Verdict(flag, urgency, about, (Evidence("pattern", hint),))
                if reply := talk.hear("…", verdict):
                    found.append((flag, f"{urgency} {about} {tongue} {duty} {age} {hint}", reply))
    return found


@pytest.fixture(scope="module")
def answers_of_all() -> list[tuple[Flag, str, Any]]:
    return every_answer()


def test_no_answer_is_too_long_or_repeats_itself(answers_of_all: Any) -> None:
    for _, case, reply in answers_of_all:
        assert 1 <= len(reply.messages) <= 3, case
        for message in reply.messages:
            assert 0 < len(message.text) <= 300, (case, message.text)
            assert "{" not in message.text and "  " not in message.text, (case, message.text)
        texts = [message.text for message in reply.messages]
        assert len(set(texts)) == len(texts), case


def test_danger_at_home_never_leads_to_the_family(answers_of_all: Any) -> None:
    for flag, case, reply in answers_of_all:
        if flag in HOME_FLAGS:
            assert not FAMILY.search(words(reply)), (case, words(reply))
            assert not RECORDS.search(words(reply)), (case, words(reply))


def test_no_chat_is_offered_at_night_or_by_day(answers_of_all: Any) -> None:
    for _, case, reply in answers_of_all:
        offered = re.search(r"116111\.no|sidetmedord|soschat|korspåhalsen|rusinfo", words(reply))
        assert not offered, (case, words(reply))


def test_no_answer_promises_a_human_without_duty(answers_of_all: Any) -> None:
    for _, case, reply in answers_of_all:
        if " False " in case:
            assert reply.case is None, case
            assert not ORDERED.search(words(reply)), (case, words(reply))
            assert not re.search(r"[Dd]en som les|one who reads", words(reply)), case


def test_no_answer_blames_or_names_a_method(answers_of_all: Any) -> None:
    for _, case, reply in answers_of_all:
        assert not BLAME.search(words(reply)), (case, words(reply))
        assert not METHOD.search(words(reply)), (case, words(reply))


def test_the_line_for_adults_is_only_for_adults(answers_of_all: Any) -> None:
    for flag, case, reply in answers_of_all:
        adult = " 19 " in case
        assert adult or not number_in(words(reply), "116 006"), (case, words(reply))
        if not adult and reply.safety.response == "human" and flag == "suicide":
            assert number_in(words(reply), "116 111"), case


@pytest.mark.parametrize("age", [None, 13, 17])
@pytest.mark.parametrize("flag", FLAGS)
def test_age_unknown_counts_as_young(flag: Flag, age: Any) -> None:
    for urgency in ("acute", "serious"):
        reply = Saying(age=age).say("…", flag, urgency)
        assert not number_in(words(reply), "116 006")
        assert not number_in(words(reply), "116 123")


def test_poison_line_says_that_calls_are_recorded() -> None:
    for about in ABOUTS:
        reply = Saying().say("…", "overdose", "acute", about)
        assert "22 59 13 00" in words(reply) and "tar opp" in words(reply)


def test_the_friend_in_danger_is_woken_and_not_left() -> None:
    for flag in ("overdose", "medical"):
        reply = Saying().say("han våkner ikke", flag, "acute", "other")
        assert "vekke" in words(reply) and "puster" in words(reply)
        assert "Ikke gå fra hen" in words(reply)


def test_duty_asks_where_even_when_the_municipality_is_known_and_says_why() -> None:
    reply = Saying(duty=True, place="3403").say("…", "suicide", "acute")
    assert reply is not None and reply.expects == "place"
    assert "Hvor er du nå? Den som leser her, kan trenge det" in words(reply)


@pytest.mark.parametrize(
    ("flag", "question"),
    [("suicide", "Er det noen hos deg nå?"), ("violence", "Er du et trygt sted akkurat nå?")],
)
def test_without_duty_and_with_a_known_place_it_asks_about_safety(
    flag: Flag, question: str
) -> None:
    reply = Saying(place="3403").say("…", flag, "acute")
    assert words(reply).endswith(question)


VARIANTS: list[tuple[Flag, str, str, str]] = [
    ("violence", "pappa sier jeg skal gifte meg i sommer", "violence.forced", "gifte"),
    ("violence", "de kommer etter meg jeg skylder 20 lapper", "", "skylder"),
    ("sexual_abuse", "han sier han deler bildene hvis jeg ikke betaler", "", "betal"),
    ("medical", "har ikke spist på fem dager og besvimte", "", "Kroppen"),
]


@pytest.mark.parametrize(("flag", "text", "name", "expected"), VARIANTS)
def test_what_has_its_own_words_gets_them(flag: Flag, text: str, name: str, expected: str) -> None:
    for urgency in ("acute", "serious"):
        names = (name,) if name else ()
        reply = Saying(now=DAY).say(text, flag, urgency, "self", *names)
        plain = Saying(now=DAY).say("…", flag, urgency)
        assert words(reply) != words(plain)
    assert expected in words(Saying().say(text, flag, "acute"))


def test_eating_names_ros_and_no_food_or_weight() -> None:
    reply = Saying().say("spiser nesten ikke, svimmel", "medical", "serious")
    assert "nettros.no" in words(reply)
    assert not re.search(r"\bkg\b|kilo|vekt|kalori|måltid", words(reply))


def test_extortion_says_what_to_do_with_the_messages() -> None:
    reply = Saying().say("han truer med å dele bilder", "sexual_abuse", "serious")
    for said in ("Ikke betal", "Ta vare på det de skriver", "02800", "112"):
        assert said in words(reply)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (DAY, True),
        (NIGHT, False),
        (EVENING, False),
        (DAY.replace(month=5, day=17, year=2027), False),  # a Monday, and a holiday
        (DAY.replace(day=21), False),  # a Saturday
    ],
)
def test_the_red_cross_line_is_named_only_when_it_surely_answers(now: Any, shown: bool) -> None:
    reply = Saying(now=now).say("de vil tvinge meg til å gifte meg", "violence", "serious")
    assert ("815 55 201" in words(reply)) is shown


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_english_is_answered_in_simple_english(language: str) -> None:
    for urgency, said in (
        ("acute", "Call 113 now"),
        ("serious", "day and night"),
        ("uncertain", "Do you think about not living any more?"),
    ):
        reply = Saying(language).say("i dont want to live anymore", "suicide", urgency)
        assert said in words(reply)
        assert "ikke" not in words(reply) and "ikkje" not in words(reply)


def test_norwegian_with_english_words_is_answered_in_norwegian() -> None:
    reply = Saying().say("honestly jeg orker ikke life mer", "suicide", "serious")
    assert "Takk for at du sier det" in words(reply)


def test_english_is_kept_through_short_words() -> None:
    talk = Saying()
    talk.say("i want to kill myself, sometimes", "suicide", "uncertain")
    assert words(talk.say("maybe")).startswith("You need not have a clear answer")


@pytest.mark.parametrize("flag", FLAGS)
def test_a_case_is_raised_with_names_and_no_words(flag: Flag) -> None:
    reply = Saying(duty=True).say("min hemmelige setning", flag, "acute", "other", "rule.x")
    assert reply is not None
    assert reply.case_reason == {
        "flag": flag,
        "urgency": "acute",
        "about": "other",
        "evidence": ["rule.x"],
    }
