"""From the first message to help: levels, places, both written forms, corrections, refusals."""

from __future__ import annotations

LOCAL_FIRST_DOORS = (
    "skolehelsetjeneste",
    "helsestasjon_for_ungdom",
    "lavterskel_psykisk_helse",
    "lavterskel_ung",
    "psykisk_helseteam",
    "kommunepsykolog",
    "mottak",
    "fastlege",
    "familiesenter",
)


def test_the_greeting_says_what_it_is(talk):
    started = talk()
    started.expect(says=("chatbot", "ingen mennesker leser"))
    assert len(started.labels) == 4
    assert "100 %" not in started.text


def test_stressed_in_eksempelvik_from_first_message_to_a_service(talk):
    (
        talk()
        .say("jeg er helt stressa over skolen og prøvene")
        .expect(theme="stress", response=None, expects="impact", level=None)
        .say("sover dårlig og har droppa trening")
        .expect(expects="duration", understood={"severity": "moderate"})
        .say("siden skolestart")
        .expect(expects="place", understood={"duration": "short"})
        .say("bor i Eksempelvik")
        .expect(place="9999", expects="confirm", says="stemmer")
        .say("ja")
        .expect(level="orange", service=LOCAL_FIRST_DOORS)
    )


def test_the_first_reply_mirrors_helps_and_asks_one_thing(talk):
    first = talk().say("jeg er så ensom, har ingen å være med på skolen")
    first.expect(theme="ensom")
    assert first.turn["expects"] is not None
    assert len(first.turn["messages"]) >= 2
    questions = [m for m in first.turn["messages"] if m["text"].rstrip().endswith("?")]
    assert len(questions) <= 1


def test_several_answers_at_once_are_all_kept(talk):
    t = talk().say("får ikke sove om natta, er 15, bor i Eksempelvik, har vart siden i fjor")
    t.expect(understood={"age": 15, "place": "9999", "duration": "long"})
    assert not {"place", "age", "duration"} & set(t.asked)


def test_mild_and_short_is_yellow_and_needs_no_confirmation(talk):
    t = (
        talk()
        .say("har vært litt stressa før prøver de siste dagene men det går helt greit egentlig")
        .expect(response=None)
    )
    while t.turn["expects"] and not t.turn["help"]:
        assert t.turn["expects"] != "confirm"
        t.say(
            {"place": "Eksempelvik", "age": "16", "duration": "noen dager"}.get(
                t.turn["expects"], "litt bare"
            )
        )
    t.expect(level=("yellow", "green"))


def test_severe_and_long_is_coordinated_help(talk):
    t = talk().say(
        "jeg orker ikke gå på skolen, har ligget i senga i over et halvt år. "
        "bor i Eksempelvik og er 16"
    )
    answers = {"safe": "nei, ikke sånn", "impact": "alt er ødelagt", "confirm": "ja", "age": "16"}
    while t.turn["expects"] and not t.turn["help"]:
        t.say(answers.get(t.turn["expects"], "vet ikke"))
    t.expect(level="dark_red", service=("koordinerende_enhet",))


def test_never_you_need_bup(talk):
    t = talk().say(
        "har vært redd hele tida i et år og klarer nesten ikke skolen, 15 år, eksempelvik"
    )
    while t.turn["expects"] and not t.turn["help"]:
        t.expect(never=r"du trenger bup")
        t.say({"safe": "nei", "confirm": "ja"}.get(t.turn["expects"], "vet ikke"))
    t.expect(level=("red", "dark_red"), service=LOCAL_FIRST_DOORS, never=r"du trenger bup")
    assert t.services[0]["type"] != "bup"


def test_nynorsk_gets_nynorsk(talk):
    t = talk(language="nn").say(
        "eg kjenner meg so stressa og veit ikkje kva eg skal gjere med skulen"
    )
    t.expect(theme="stress", never=(r"\bikke\b", r"\bjeg\b"))
    t.say("eg får ikkje sove").say("sidan i sommar").say("Eksempelvik")
    t.expect(place="9999", never=(r"\bikke\b", r"\bjeg\b"))


def test_a_place_is_corrected_later(talk):
    t = talk().say("er stressa, bor i Stange").expect(place="3413")
    t.say("nei, jeg mente Tromsø").expect(place="5501")


def test_a_place_without_catalog_is_answered_honestly(talk):
    t = talk().say("trenger prevensjon, bor i Bodø")
    while t.turn["expects"] and not t.turn["help"]:
        t.say("vil ikke si")
    t.expect(place="1804", level="green", says="Bodø")
    assert t.services


def test_a_place_name_of_two_municipalities_asks_which(talk):
    t = talk().say("er stressa, det går ganske mye utover søvnen, siden i fjor")
    while t.turn["expects"] != "place":
        t.say("nei")
    t.say("Herøy").expect(expects="place_which")
    assert len(t.labels) >= 2
    t.press(t.labels[0])
    assert t.turn["understood"]["place"] in ("1515", "1818")


def test_everything_refused_still_ends_in_help(talk):
    t = talk().say("har det dritt")
    for _ in range(9):
        if t.turn["help"]:
            break
        t.say("vil ikke si")
    assert t.turn["help"] is not None, t.asked
    assert t.services
    assert len(t.asked) == len(set(t.asked)), t.asked


def test_the_summary_can_be_put_right(talk):
    t = talk().say(
        "er stressa for skolen, sover dårlig, har vart siden i fjor, bor i Eksempelvik, 15 år"
    )
    t.expect(expects="confirm")
    t.say("nei, det har bare vart i noen uker").expect(understood={"duration": "short"})
    for _ in range(4):
        if t.turn["help"]:
            break
        t.say("vet ikke")
    t.expect(level=("orange", "yellow"))


def test_a_question_about_us_is_answered_and_the_thread_picked_up(talk):
    t = talk().say("jeg er stressa for alt på skolen").expect(expects="impact")
    t.say("er du en robot?").expect(says="(chatbot|robot|maskin)", expects="impact")
    t.say("sover nesten ikke").expect(expects="duration")


def test_do_you_tell_my_parents(talk):
    talk().say("forteller dere dette til foreldrene mine?").expect(
        response=None, level=None, says="(foreldre|mamma|pappa)", never="100 %"
    )


def test_what_does_a_helsesykepleier_do(talk):
    talk().say("hva gjør en helsesykepleier?").expect(
        response=None, level=None, expects=("what"), says="helsesykepleier"
    )


def test_opening_buttons_lead_somewhere(talk):
    talk().press("Vet ikke").expect(expects="what")
    talk().press("venn").expect(expects="what", understood={"about": "other"})
    talk().press("vondt").expect(expects="what")


def test_two_misunderstandings_offer_a_menu_or_a_human(talk):
    t = talk().say("asdkjh qwpoei").expect(understood={"not_understood": True})
    t.say("zxcmnb qqqq wwww")
    assert len(t.labels) >= 2
    assert any("menneske" in label.lower() for label in t.labels)


def test_a_new_problem_after_help_starts_over_but_keeps_the_place(talk):
    t = talk().say("lurer på prevensjon, bor i eksempelvik, 16 år")
    while t.turn["expects"] and not t.turn["help"]:
        t.say("vet ikke")
    t.expect(level="green")
    t.say("en annen ting, jeg blir mobba i klassen hver dag").expect(theme="mobbing", place="9999")


def test_thanks_and_goodbye_leave_the_door_open(talk):
    t = talk().say("lurer på prevensjon, eksempelvik, 17")
    while t.turn["expects"] and not t.turn["help"]:
        t.say("vet ikke")
    t.say("tusen takk for hjelpen!").expect(response=None, level=None)


def test_services_of_eksempelvik_are_marked_fictional(talk):
    t = talk(municipality="9999").say("lurer på prevensjon, er 16")
    while t.turn["expects"] and not t.turn["help"]:
        t.say("vet ikke")
    local = [s for s in t.services if s["fictional"]]
    assert local
    assert all((s["phone"] or "00").startswith("00") for s in local)


def test_no_service_outside_its_age(talk):
    t = talk().say("lurer på prevensjon, bor i eksempelvik og er 13")
    while t.turn["expects"] and not t.turn["help"]:
        t.say("vet ikke")
    assert "dps" not in {s["type"] for s in t.services}


def test_english_mix_and_slang_is_understood(talk):
    talk().say("bror jeg er lowkey så lost, har ingen å henge med fr").expect(
        theme="ensom", response=None
    )


def test_who_only_looks_is_shown_what_exists(talk):
    t = talk().say("hva gjør man egentlig hos helsesykepleieren").expect(expects="what")
    t.say("ingenting spesielt, bare lurer").expect(response=None, expects="place")
    t.say("eksempelvik").say("14")
    t.expect(level="green", never="tungt")
    assert {"safe", "impact"}.isdisjoint(t.asked)


def test_weeks_in_trondersk_are_an_answer(talk):
    t = talk().say("e så stressa over alt på skol'n, har slutta på håndball'n")
    t.expect(expects="duration")
    t.say("tri vekka").expect(expects="place", understood={"duration": "short"})


def test_heartache_that_gets_in_the_way_is_asked_about(talk):
    t = talk().say("det ble slutt for to uker siden og jeg får ikke gjort noe på skolen")
    t.expect(theme="kjaerlighet")
    while t.turn["expects"] and not t.turn["help"]:
        t.say({"place": "eksempelvik", "safe": "nei"}.get(t.turn["expects"], "ja"))
    t.expect(level="orange")


def test_more_told_in_place_of_a_place_is_heard_as_such(talk):
    t = talk().say("har vondt i magen hver morgen før skolen, sånn har det vært siden i fjor")
    while t.turn["expects"] != "place":
        t.say("nei")
    t.say("jeg er redd for å gå dit på grunn av læreren").expect(says="takk for at du sier det")
    t.say("førde").expect(place="4647")


def test_somebody_they_know_works_there(talk):
    conversation = (
        talk()
        .say("jeg er helt stressa over skolen og prøvene")
        .say("sover dårlig og har droppa trening")
        .say("siden skolestart")
        .say("bor i Eksempelvik")
        .say("ja")
        .expect(level="orange", service=LOCAL_FIRST_DOORS)
        .say("tanta mi er helsesykepleier på skolen")
        .expect(says="en annen dør")
    )
    cards = [card for message in conversation.turn["messages"] for card in message["services"]]
    assert cards and all(card["type"] != "skolehelsetjeneste" for card in cards)
