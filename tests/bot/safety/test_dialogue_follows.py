"""What follows an answer: our own question, the offer of a human, an emergency."""

from __future__ import annotations

import pytest

from bot.safety.dialogue import SafetyState, respond, settle_case, settle_human
from bot.safety.verdict import FLAGS, Evidence, Verdict
from bot.turn import Flag
from tests.bot.safety.saying import DAY, EVENING, NIGHT, Saying, values, words

NOT_NO = [
    "ja", "litt", "vet ikke", "veit ikkje", "kanskje", "ikke egentlig", "ikkje eigentleg",
    "haha", "😅", "…", "", "kan vi snakke om noe annet", "jeg bor i Hamar", "tja",
    "nei tror ikke det", "nei, men noen ganger", "vil ikke si", "safe=yes", "safe=unclear",
    "det går fint", "ikke lenger", "Litt, eller vet ikke",
]  # fmt: skip


@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize("answer", NOT_NO)
def test_all_that_is_not_a_clear_no_reaches_a_human(flag: Flag, answer: str) -> None:
    talk = Saying()
    talk.say("…", flag, "uncertain")
    reply = talk.say(answer)
    assert reply is not None and reply.safety.flag == flag
    assert reply.safety.response in ("human", "emergency")
    assert talk.outcome is not None and talk.outcome["safe"] in ("yes", "unclear")


@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize("answer", ["nei", "Nei!", "nei det er det ikke", "nope", "safe=no"])
def test_a_clear_no_lets_the_dialogue_go_on(flag: Flag, answer: str) -> None:
    talk = Saying()
    talk.say("…", flag, "uncertain")
    assert talk.say(answer) is None
    assert talk.outcome == {"safe": "no"}
    assert talk.state.pending is None
    assert talk.say("jeg bor i Hamar") is None and talk.outcome is None


@pytest.mark.parametrize(
    "answer",
    ["ja jeg er trygg, han slår aldri", "ja eg e trygge", "ja er trygg, tenker ikke på å dø"],
)
def test_a_denial_is_not_heard_as_the_danger_it_names(answer: str) -> None:
    """The classifier alone hears "dø" and "slår"; a rule would stand."""
    talk = Saying()
    talk.asked_by_dialogue("suicide")
    learned = (Evidence("classifier", "suicide", (), 0.96),)
    assert talk.hear(answer, Verdict("suicide", "serious", "self", learned)) is None
    assert talk.outcome == {"safe": "no"}
    talk.asked_by_dialogue("suicide")
    rule = (Evidence("pattern", "suicide.wish", ("dø",)),)
    reply = talk.hear(answer, Verdict("suicide", "serious", "self", rule))
    assert reply is not None and reply.safety.response == "human"


def test_the_answer_to_the_dialogues_own_question_is_read_in_its_light() -> None:
    talk = Saying()
    talk.asked_by_dialogue("unsafe_home")
    reply = talk.say("litt")
    assert reply is not None and reply.safety.flag == "unsafe_home"
    assert reply.safety.response == "human"


@pytest.mark.parametrize(
    ("flag", "answer"),
    [
        ("suicide", "ja, i kveld"),
        ("suicide", "ja, har en plan"),
        ("suicide", "ja eg har bestemt meg"),
        ("violence", "ja han er her nå"),
        ("unsafe_home", "ja i natt"),
        ("overdose", "ja"),
        ("psychosis", "ja de sier at jeg skal gjøre det"),
    ],
)
def test_now_or_a_plan_is_an_emergency(flag: Flag, answer: str) -> None:
    talk = Saying(duty=True)
    talk.say("…", flag, "uncertain")
    reply = talk.say(answer)
    assert reply is not None and reply.safety.response == "emergency" and reply.case == "open"
    assert talk.outcome == {"safe": "yes"}


def test_acute_words_in_the_answer_are_an_emergency() -> None:
    talk = Saying()
    talk.say("…", "suicide", "uncertain")
    reply = talk.say("nei men han banker på døra nå", "violence", "acute")
    assert reply is not None and reply.safety.flag == "violence"
    assert reply.safety.response == "emergency"


def test_a_clear_no_with_another_flag_is_about_that_flag() -> None:
    talk = Saying()
    talk.say("…", "suicide", "uncertain")
    reply = talk.say("nei, men pappa slår meg", "violence", "serious")
    assert reply is not None
    assert (reply.safety.flag, reply.safety.response) == ("violence", "human")
    talk = Saying()
    talk.say("…", "suicide", "uncertain")
    reply = talk.say("nei, bare redd hjemme", "unsafe_home", "uncertain")
    assert reply is not None
    assert (reply.safety.flag, reply.safety.response) == ("unsafe_home", "check")
    assert talk.outcome == {"safe": "no"}


def test_asking_what_we_mean_gets_a_reason_once() -> None:
    talk = Saying()
    talk.say("…", "suicide", "uncertain")
    reply = talk.say("hvorfor spør du om det")
    assert reply is not None and reply.safety.response == "check"
    assert "Jeg spør fordi" in words(reply) and talk.outcome is None
    reply = talk.say("hva mener du")
    assert reply is not None and reply.safety.response == "human"


def test_vague_is_not_thanked_for_saying_it() -> None:
    talk = Saying()
    talk.say("…", "suicide", "uncertain")
    reply = talk.say("vet ikke")
    assert words(reply).startswith("Du trenger ikke ha et klart svar. Det høres tungt ut")


# ---------------------------------------------------------------- signals add up


def test_three_half_signals_are_one() -> None:
    talk = Saying()
    assert _response(talk.say("a", "suicide", "uncertain")) == "check"
    assert talk.say("nei") is None
    assert _response(talk.say("b", "suicide", "uncertain")) == "check"
    assert talk.say("nei") is None
    reply = talk.say("c", "suicide", "uncertain")
    assert _response(reply) == "human"
    assert words(reply).startswith("Du har skrevet flere ting som gjør meg urolig.")
    assert reply is not None and "signals_add_up" in reply.case_reason["evidence"]


def test_the_second_question_is_put_in_other_words() -> None:
    talk = Saying()
    first = words(talk.say("a", "suicide", "uncertain"))
    talk.say("nei")
    assert words(talk.say("b", "suicide", "uncertain")) != first


def test_a_classifier_that_is_half_sure_three_times_is_one() -> None:
    talk = Saying()
    faint = Verdict(None, "none", "self", (Evidence("classifier", "suicide", (), 0.6),))
    assert talk.hear("a", faint) is None
    assert talk.hear("b", faint) is None
    reply = talk.hear("c", faint)
    assert _response(reply) == "human" and reply is not None and reply.safety.flag == "suicide"
    surely_not = Verdict(None, "none", "self", (Evidence("classifier", "suicide", (), 0.1),))
    talk = Saying()
    assert all(talk.hear("x", surely_not) is None for _ in range(6))


# ---------------------------------------------------------------- the offer of a human


@pytest.mark.parametrize(
    ("answer", "wish"),
    [("ja", "yes"), ("ja gjerne", "yes"), ("ok", "yes"), ("nei", "no"), ("helst ikke", "no")],
)
def test_the_offer_is_answered_in_words(answer: str, wish: str) -> None:
    talk = Saying(duty=True)
    talk.say("…", "violence", "serious")
    assert talk.say(answer) is None
    assert talk.outcome == {"human": wish}
    assert talk.state.pending is None


def test_unsure_about_a_human_is_fine() -> None:
    talk = Saying(duty=True)
    talk.say("…", "violence", "serious")
    reply = talk.say("vet ikke")
    assert talk.outcome == {"human": "unclear"}
    assert "Det er helt greit å være usikker" in words(reply) and "human=yes" not in values(reply)


def test_a_button_settles_the_offer() -> None:
    talk = Saying(duty=True)
    talk.say("…", "violence", "serious")
    talk.state = settle_human(talk.state)
    assert talk.say("ja") is None and talk.outcome is None


@pytest.mark.parametrize("thanks", ["takk", "ok", "ja", "nei", "ha det"])
def test_after_a_human_has_left_thanks_are_no_answer_to_the_emergency(thanks: str) -> None:
    talk = Saying(duty=True)
    talk.say("…", "suicide", "acute")
    talk.state = settle_case(talk.state)
    assert talk.say(thanks) is None
    again = talk.say("…", "suicide", "acute")
    assert again is not None and again.safety.response == "emergency" and "113" in words(again)


def test_the_same_flag_again_is_answered_shortly_and_in_other_words() -> None:
    talk = Saying(duty=True)
    first = words(talk.say("…", "self_harm", "serious"))
    talk.say("nei")
    second = talk.say("…", "self_harm", "serious")
    third = talk.say("…", "self_harm", "serious")
    assert len(words(second)) < len(first) and words(second) != words(third)
    assert second is not None and second.case == "ask" and "116 111" in words(second)


def test_an_open_case_is_not_offered_again() -> None:
    talk = Saying(duty=True, open_case=True)
    reply = talk.say("…", "self_harm", "serious")
    assert reply is not None and reply.case == "open" and values(reply) == []
    talk = Saying(duty=True)
    talk.say("…", "suicide", "acute")
    reply = talk.say("pappa slår", "violence", "serious")
    assert reply is not None and reply.case == "open" and values(reply) == []


# ---------------------------------------------------------------- after an emergency answer

FOLLOWS = [
    ("det va en spøk", "check", "Tenker du på å ikke leve mer?"),
    ("tulla bare", "check", "Tenker du på å ikke leve mer?"),
    ("haha 😂", "check", "Tenker du på å ikke leve mer?"),
    ("glem det", "check", "Tenker du på å ikke leve mer?"),
    ("ja jeg har ringt", "emergency", "Så bra at du ringte"),
    ("ok", "emergency", "Ring 113 nå"),
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
    assert _response(reply) == response
    assert said in words(reply) and words(reply) != first


@pytest.mark.parametrize(("text", "response", "said"), FOLLOWS)
def test_also_in_nynorsk(text: str, response: str, said: str) -> None:
    talk = Saying("nn")
    talk.say("gjer det i kveld", "suicide", "acute")
    reply = talk.say(text)
    assert _response(reply) == response and " ikke " not in words(reply)


def test_a_joke_needs_a_clear_no() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    talk.say("det va bare tull")
    assert talk.say("nei, mente det ikke") is None and talk.outcome == {"safe": "no"}
    talk = Saying()
    talk.say("…", "suicide", "acute")
    talk.say("det va bare tull")
    assert _response(talk.say("haha slapp av")) == "human"


def test_not_joking_is_not_a_joke() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    assert talk.say("jeg tuller ikke") is None


def test_a_place_goes_to_the_dialogue_and_the_state_is_kept() -> None:
    talk = Saying(duty=True)
    talk.say("…", "suicide", "acute")
    assert talk.say("Storgata 5 på Hamar") is None
    assert talk.state.last_emergency is not None
    assert _response(talk.say("tør ikke ringe")) == "emergency"


def test_much_later_ok_is_only_ok() -> None:
    talk = Saying()
    talk.say("…", "suicide", "acute")
    for text in ("Hamar", "15 år"):
        assert talk.say(text) is None
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
    assert _response(talk.say("orker ikke mer", "suicide", "uncertain")) == "emergency"


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


# ---------------------------------------------------------------- the topic only


def test_a_school_text_is_met_kindly_and_once() -> None:
    talk = Saying()
    reply = talk.say("skal skrive fagtekst om selvmord på norsken", "suicide", "topic")
    assert _response(reply) == "check" and "ung.no" in words(reply)
    assert talk.say("trenger kilder til fagteksten") is None
    assert talk.say("mer om selvmord til skolen", "suicide", "topic") is None


@pytest.mark.parametrize(
    ("answer", "response"), [("nei", None), ("ja", "check"), ("litt", "check")]
)
def test_the_open_door_of_a_topic(answer: str, response: object) -> None:
    talk = Saying()
    talk.say("skal skrive fagtekst om selvmord", "suicide", "topic")
    assert _response(talk.say(answer)) == response


def test_the_bereaved_are_asked_about_themselves() -> None:
    talk = Saying()
    reply = talk.say("onkelen min tok livet sitt i fjor", "suicide", "topic")
    assert "mistet noen" in words(reply) and "116 111" in words(reply)
    assert _response(talk.say("litt")) == "human"


# ---------------------------------------------------------------- state


def test_the_state_given_is_left_as_it_was() -> None:
    state = SafetyState()
    before = state.to_json()
    respond(state, Verdict("suicide", "acute"), "x", language="nb", duty=True, now=NIGHT)
    assert state.to_json() == before


def test_the_screen_warning_is_said_once() -> None:
    talk = Saying()
    assert "PC fra skolen" in words(talk.say("…", "violence", "serious"))
    assert "PC fra skolen" not in words(talk.say("…", "sexual_abuse", "serious"))


def _response(reply: object) -> object:
    return reply.safety.response if reply is not None else None  # type: ignore[attr-defined]
