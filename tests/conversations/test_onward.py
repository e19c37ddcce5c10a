"""How one gets further from here, asked in a whole talk with the running bot."""

from __future__ import annotations


def test_a_question_is_answered_at_once_and_then_for_the_place(talk) -> None:
    chat = talk().say("hvordan kommer jeg til bup")
    chat.expect(says="hører på deg", never="du trenger bup", expects="place")
    chat.say("Asker").expect(says=("Mottaksenheten", "2021"), response=None)


def test_nynorsk_gets_nynorsk(talk) -> None:
    talk(language="nn").say("korleis kjem eg inn på bup").expect(says="høyrer på deg")


def test_a_refusal_is_met_and_the_talk_goes_on(talk) -> None:
    chat = talk().say("jeg fikk avslag på bup")
    chat.expect(says=("tungt å få nei", "klare deg alene"), expects="impact")


def test_a_word_of_the_staff_is_explained_and_no_door(talk) -> None:
    chat = talk().say("hva er stafettlogg").expect(says="hva dere har avtalt")
    assert chat.services == []


def test_after_help_there_is_a_button_for_what_comes_next(talk) -> None:
    chat = talk(municipality="9999").say(
        "jeg har vært helt på bunn i over et år, orker ikke skolen og sover nesten ikke"
    )
    for _ in range(8):
        if chat.turn["help"]:
            break
        button = {"safe": "nei", "confirm": "ja"}.get(chat.turn["expects"] or "")
        chat = chat.press(button) if button else chat.say("vil ikke si")
    chat.press("hva skjer videre").expect(says="Slik går det videre i Eksempelvik")
    chat.press("får nei").expect(says="Én dør inn")
