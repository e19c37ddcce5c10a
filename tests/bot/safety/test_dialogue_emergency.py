"""What is said after an emergency answer."""

from __future__ import annotations

import pytest

from bot.safety.dialogue import ease
from bot.safety.verdict import Evidence, Verdict
from bot.turn import Flag
from tests.bot.safety.saying import DAY, EVENING, NIGHT, Saying, kind_of, words

FOLLOWS = [
    ("det va en spøk", "check", "Tenker du på å ikke leve mer?"),
    ("tulla bare", "check", "Tenker du på å ikke leve mer?"),
    ("haha 😂", "check", "Tenker du på å ikke leve mer?"),
    ("glem det", "check", "Tenker du på å ikke leve mer?"),
    ("ja jeg har ringt", "emergency", "Så bra at du ringte"),
    ("ok", "emergency", "Ring 113 nå"),
    ("ingen har ringt 113 enda", "emergency", "Da er det viktigste å ringe 113 nå"),
    ("er på legevakta nå", "emergency", "Det er godt å høre"),
    ("vil ikke ringe", "emergency", "116 117"),
    ("tør ikke", "emergency", "116 117"),
    ("kan ikke snakke høyt", "emergency", "hviske"),
    ("har ikke strøm", "emergency", "nabo"),
]


@pytest.mark.parametrize(("text", "response", "said"), FOLLOWS)
def test_what_is_said_after_an_emergency_gets_a_fitting_answer(
    text: str, response: str, said: str
) -> None:
    talk = Saying()
    first = words(talk.say("gjør det i kveld", "suicide", "acute"))
    reply = talk.say(text)
    assert kind_of(reply) == response
    assert said in words(reply) and words(reply) != first


@pytest.mark.parametrize(("text", "response", "said"), FOLLOWS)
def test_also_in_nynorsk(text: str, response: str, said: str) -> None:
    talk = Saying("nn")
    talk.say("gjer det i kveld", "suicide", "acute")
    reply = talk.say(text)
    assert kind_of(reply) == response and " ikke " not in words(reply)


def test_a_joke_needs_a_clear_no() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    talk.say("det va bare tull")
    assert talk.say("nei, mente det ikke") is None and talk.outcome == {"safe": "no"}
    talk = Saying()
    talk.say("…", "suicide", "acute")
    talk.say("det va bare tull")
    assert kind_of(talk.say("haha slapp av")) == "human"


def test_not_joking_is_not_a_joke() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    assert kind_of(talk.say("jeg tuller ikke")) == "emergency"


HELD = (
    "Storgata 5 på Hamar",
    "har sånn 20 stk, men føler meg fin",
    "kan ikke du ringe",
    "det er for seint nå",
)


def test_danger_is_not_forgotten_over_other_words() -> None:
    talk = Saying(duty=True)
    talk.say("…", "overdose", "acute")
    replies = [talk.say(text) for text in HELD]
    assert all(kind_of(reply) == "emergency" and "113" in words(reply) for reply in replies)
    assert all(reply is not None and reply.holds for reply in replies)
    assert len({words(reply) for reply in replies}) == len(HELD)
    assert talk.say("15 år") is None  # after that the dialogue goes on
    assert talk.state.last_emergency is not None
    assert kind_of(talk.say("tør ikke ringe")) == "emergency"


@pytest.mark.parametrize("eased", ["har ringt", "er på legevakta nå", "han er våken nå"])
def test_help_has_it_and_the_talk_goes_on(eased: str) -> None:
    talk = Saying(place="3403")
    talk.say("…", "overdose", "acute")
    assert kind_of(talk.say(eased)) == "emergency"
    assert talk.say("er 15") is None
    talk.say("…", "overdose", "acute")
    assert kind_of(talk.say("er 15")) == "emergency"


def test_a_human_is_there_and_other_words_are_not_held_back() -> None:
    talk = Saying(place="3403")
    talk.say("…", "overdose", "acute")
    talk.state = ease(talk.state)
    assert talk.say("er 15") is None


@pytest.mark.parametrize(("score", "flag"), [(0.7, "overdose"), (0.95, "psychosis")])
def test_a_faint_echo_of_another_danger_leads_nobody_astray(score: float, flag: Flag) -> None:
    talk = Saying()
    talk.say("…", "overdose", "acute")
    heard = Evidence("classifier", "psychosis", (), score)
    reply = talk.hear("ho er så rar no", Verdict("psychosis", "serious", "other", (heard,)))
    assert reply is not None and reply.safety.flag == flag


def test_much_later_ok_is_only_ok() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    for text in (*HELD, "15 år"):
        talk.say(text)
    assert talk.say("ok") is None


def test_more_acute_messages_get_short_answers_that_differ() -> None:
    talk = Saying()
    said = [words(talk.say("gjør det nå", "suicide", "acute")) for _ in range(4)]
    assert len(set(said)) == 4
    assert all("113" in text for text in said)
    assert all(len(text) < len(said[0]) / 1.5 for text in said[1:])


def test_nothing_is_asked_twice_in_an_emergency() -> None:
    for duty in (True, False):
        talk = Saying(duty=duty)
        asked = []
        for _ in range(5):
            reply = talk.say("…", "violence", "acute")
            assert reply is not None
            asked += [part for part in reply.messages[-1].text.split(".") if "?" in part]
        assert len(asked) == len(set(asked)) == 3


def test_another_danger_gets_its_whole_answer() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    reply = talk.say("tok alt nå", "overdose", "acute")
    assert "22 59 13 00" in words(reply)
    reply = talk.say("nå slår han", "violence", "serious")
    assert reply is not None and reply.safety.flag == "violence"


def test_the_same_danger_less_clearly_is_still_urgent() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    assert kind_of(talk.say("orker ikke mer", "suicide", "uncertain")) == "emergency"


@pytest.mark.parametrize(
    ("flag", "answer", "said"),
    [
        ("suicide", "nei", "nabo"),
        ("suicide", "ja", "trygg på"),
        ("suicide", "Nei, ingen er her", "nabo"),
        ("violence", "nei", "hvisker"),
        ("violence", "ja", "godt å høre"),
        ("violence", "vet ikke", "hvisker"),
        ("violence", "Ja, jeg er trygg", "godt å høre"),
        ("harm_others", "nei", "112"),
    ],
)
def test_the_question_of_the_emergency_is_read_in_its_light(
    flag: Flag, answer: str, said: str
) -> None:
    talk = Saying(place="3403")
    talk.say("…", flag, "acute")
    assert said in words(talk.say(answer))


@pytest.mark.parametrize(
    ("now", "age", "offered"),
    [(NIGHT, None, False), (DAY, None, False), (EVENING, None, True), (EVENING, 19, False)],
)
def test_a_chat_is_named_only_in_the_evening(now: object, age: object, offered: bool) -> None:
    talk = Saying(now=now, age=age)  # type: ignore[arg-type]
    talk.say("…", "suicide", "acute")
    said = words(talk.say("kan ikke snakke"))
    assert ("116111.no" in said) is offered
    assert offered or "åpner igjen på kvelden" in said


def test_duty_that_begins_later_opens_the_case() -> None:
    talk = Saying(duty=False)
    reply = talk.say("…", "suicide", "acute")
    assert reply is not None and reply.case is None
    talk.duty = True
    reply = talk.say("tør ikke ringe")
    assert reply is not None and reply.case == "open" and "Hvor er du nå?" in words(reply)


def test_help_has_it_though_the_classifier_hears_the_danger_again() -> None:
    talk = Saying()
    talk.say("…", "medical", "acute")
    again = Verdict("medical", "acute", "self", (Evidence("classifier", "medical", (), 0.97),))
    assert "Så bra at du ringte" in words(talk.hear("de sender ambulanse takk", again))
