"""What follows an answer: our own question, the offer of a human, a topic."""

from __future__ import annotations

import pytest

from bot.safety.dialogue import SafetyState, in_danger, respond, settle_case, settle_human
from bot.safety.verdict import FLAGS, Evidence, Urgency, Verdict
from bot.turn import Flag
from tests.bot.safety.saying import NIGHT, Saying, kind_of, values, words

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


@pytest.mark.parametrize(
    "answer",
    ["ja er trygg de slår ikke mer", "ja eg e trygge, besvime ikkje og vil ikkje dø"],
)
def test_who_says_to_be_safe_is_not_asked_about_what_they_deny(answer: str) -> None:
    talk = Saying()
    talk.asked_by_dialogue("suicide")
    learned = (Evidence("classifier", "violence", (), 0.7),)
    assert talk.hear(answer, Verdict("violence", "serious", "self", learned)) is None
    assert talk.outcome == {"safe": "no"}


def test_safe_but_is_not_safe() -> None:
    talk = Saying()
    talk.asked_by_dialogue("suicide")
    learned = (Evidence("classifier", "violence", (), 0.7),)
    said = "er trygg nå, men han slår lillebror"
    reply = talk.hear(said, Verdict("violence", "serious", "other", learned))
    assert reply is not None and reply.safety.flag == "violence"


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


def test_who_cannot_speak_is_not_heard_as_somebody_who_hears_voices() -> None:
    talk = Saying()
    talk.say("han slår i døra", "violence", "acute")
    learned = Verdict(
        "psychosis", "serious", "self", (Evidence("classifier", "psychosis", (), 0.9),)
    )
    reply = talk.hear("han hør mæ hvis æ snakke", learned)
    assert reply is not None and reply.safety.flag == "violence"
    assert reply.safety.response == "emergency"
    rule = Verdict("psychosis", "serious", "self", (Evidence("pattern", "psychosis.voices"),))
    heard = talk.hear("stemmene hører meg", rule)
    assert heard is not None and heard.safety.flag == "psychosis", "a rule knows better"


@pytest.mark.parametrize(
    ("late", "response"),
    [("jo litt kanskje", "human"), ("ja", "human"), ("ja i kveld", "emergency")],
)
def test_a_yes_that_comes_late_is_heard(late: str, response: str) -> None:
    talk = Saying()
    talk.say("ka e poenget", "suicide", "uncertain")
    first = talk.say("veit itj")
    assert first is not None and first.expects == "place"
    reply = talk.say(late)
    assert reply is not None and reply.safety.response == response
    assert talk.outcome == {"safe": "yes"}


@pytest.mark.parametrize(
    "answer", ["oslo", "nei", "bor i bergen nå", "ja jeg bor i Tromsø da, eller litt utafor"]
)
def test_a_place_after_an_unclear_answer_goes_to_the_dialogue(answer: str) -> None:
    talk = Saying()
    talk.say("ka e poenget", "suicide", "uncertain")
    talk.say("veit itj")
    assert talk.say(answer) is None
    assert talk.say("ja") is None, "it is heard once, right after"


def test_three_half_signals_are_one() -> None:
    talk = Saying()
    assert kind_of(talk.say("a", "suicide", "uncertain")) == "check"
    assert talk.say("nei") is None
    assert kind_of(talk.say("b", "suicide", "uncertain")) == "check"
    assert talk.say("nei") is None
    reply = talk.say("c", "suicide", "uncertain")
    assert kind_of(reply) == "human"
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
    assert kind_of(reply) == "human" and reply is not None and reply.safety.flag == "suicide"
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


@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize(
    ("urgency", "answer", "danger"),
    [
        ("acute", "ok", True),
        ("serious", "nei", True),  # no to a human is no "no danger"
        ("uncertain", "litt", True),
        ("uncertain", "nei, det gjør jeg ikke", False),
        ("topic", "hei", False),
    ],
)
def test_danger_is_in_play_until_it_is_denied(
    flag: Flag, urgency: Urgency, answer: str, danger: bool
) -> None:
    talk = Saying(duty=True)
    assert not in_danger(talk.state)
    talk.say("…", flag, urgency)
    talk.say(answer)
    assert in_danger(talk.state) is danger


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


# ---------------------------------------------------------------- the topic only


def test_a_school_text_is_met_kindly_and_once() -> None:
    talk = Saying()
    reply = talk.say("skal skrive fagtekst om selvmord på norsken", "suicide", "topic")
    assert kind_of(reply) == "check" and "ung.no" in words(reply)
    assert talk.say("trenger kilder til fagteksten") is None
    assert talk.say("mer om selvmord til skolen", "suicide", "topic") is None


@pytest.mark.parametrize(
    ("answer", "response"), [("nei", None), ("ja", "check"), ("litt", "check")]
)
def test_the_open_door_of_a_topic(answer: str, response: object) -> None:
    talk = Saying()
    talk.say("skal skrive fagtekst om selvmord", "suicide", "topic")
    assert kind_of(talk.say(answer)) == response


def test_the_bereaved_are_asked_about_themselves() -> None:
    talk = Saying()
    reply = talk.say("onkelen min tok livet sitt i fjor", "suicide", "topic")
    assert "mistet noen" in words(reply) and "116 111" in words(reply)
    assert kind_of(talk.say("litt")) == "human"


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


def test_what_was_clearly_denied_is_not_asked_again_for_a_faint_echo_but_adds_up() -> None:
    """The classifier hears the trouble that was told of; the question about it was answered."""
    talk = Saying()
    half = (Evidence("classifier", "unsafe_home", (), 0.4),)
    hint = Verdict("unsafe_home", "uncertain", "self", half)
    first = talk.hear("pappa drikker hver helg", hint)
    assert first is not None and first.safety.response == "check"
    assert talk.say("nei, jeg er trygg") is None
    assert talk.hear("jeg tar ikke med noen hjem", hint) is None
    third = talk.hear("han har låst døra igjen", hint)
    assert third is not None and third.safety.response == "human"


@pytest.mark.parametrize(
    "sign", [Evidence("pattern", "suicide.hint"), Evidence("classifier", "suicide", (), 0.5)]
)
def test_what_was_denied_is_asked_again_when_more_than_an_echo_is_heard(sign: Evidence) -> None:
    talk = Saying()
    assert kind_of(talk.say("…", "suicide", "uncertain")) == "check"
    assert talk.say("nei") is None
    assert kind_of(talk.hear("…", Verdict("suicide", "uncertain", "self", (sign,)))) == "check"
    assert talk.say("nei") is None
    assert kind_of(talk.say("…", "suicide", "serious")) == "human"


@pytest.mark.parametrize("text", ["det e meg det gjelder", "ikke mot han, men mot meg"])
def test_whom_it_is_about_is_put_right(text: str) -> None:
    talk = Saying()
    talk.say("…", "self_harm", "uncertain", "other")
    reply = talk.say(text)
    assert reply is not None and reply.case_reason["about"] == "self"


def test_not_me_but_my_friend_is_no_denial() -> None:
    talk = Saying()
    assert kind_of(talk.say("…", "suicide", "uncertain")) == "check"
    reply = talk.say("nei ikke meg, kompisen min")
    assert kind_of(reply) == "human"
    assert reply is not None and reply.case_reason["about"] == "other"


def test_not_me_alone_denies_it() -> None:
    talk = Saying()
    talk.say("…", "suicide", "uncertain")
    assert talk.say("nei ikke meg") is None
    assert talk.outcome == {"safe": "no"}
