"""Who writes English gets English to the end; late disclosures and idle questions."""

from __future__ import annotations


def test_english_from_the_first_message_to_a_service(talk):
    t = talk().say("hi, i feel so stressed about school")
    t.expect(theme="stress", says="school nurse").say("it makes it hard to sleep")
    t.say("since summer").expect(expects="place", says="do you live in")
    t.say("Eksempelvik").expect(place="9999")
    if t.turn["expects"] == "confirm":  # from orange on what was understood is read back
        t.expect(says="Is that right").say("yes")
    t.expect(level=("yellow", "orange"), says="Look here")


def test_back_to_norwegian_when_they_write_it(talk):
    t = talk().say("hi, i feel so stressed about school")
    t.say("eller jeg kan skrive på norsk også").expect(never="How much", says="\\?")


def test_what_is_told_late_decides_who_helps(talk):
    t = (
        talk()
        .say("er så stressa for tiden, mye på skolen")
        .say("bor i eksempelvik, er 15")
        .expect(expects="impact_detail", place="9999")
        .say("ganske mye")
    )
    t.say("egentlig er det fordi stefar slår meg når han drikker").expect(flag="violence")
    t.say("nei ikke nå").expect(theme="vold", level="red")


def test_an_idle_question_gets_a_kind_no_and_the_thread_goes_on(talk):
    t = talk().say("hva er klokka").expect(says="kan jeg dessverre ikke svare på", response=None)
    t.say("er så stressa over prøvene").expect(theme="stress", expects="impact")
    t.say("kan du fortelle en vits").expect(expects="impact", says="hverdagen")
