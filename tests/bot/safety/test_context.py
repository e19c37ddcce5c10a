"""Short answers that the classifier alone finds suspicious weigh one step less."""

from __future__ import annotations

from bot.safety.context import as_answer
from bot.safety.verdict import Evidence, Verdict


def verdict(urgency, kind="classifier", score=0.6):
    return Verdict("unsafe_home", urgency, "self", (Evidence(kind, "x", (), score),))


def test_a_short_answer_about_sleep_is_first_of_all_an_answer() -> None:
    assert as_answer(verdict("serious"), "impact", "sover nesten ikke").response is None
    assert (
        as_answer(verdict("serious"), "impact", "jeg sover nesten ikke lenger").response == "check"
    )
    assert as_answer(verdict("uncertain"), "impact", "sover nesten ikke lenger nå").response is None


def test_out_of_the_blue_it_stands() -> None:
    assert as_answer(verdict("serious"), None, "sover nesten ikke").response == "human"
    assert as_answer(verdict("serious"), "what", "sover nesten ikke").response == "human"


def test_what_a_rule_says_stands() -> None:
    assert as_answer(verdict("serious", "pattern"), "impact", "slår meg").response == "human"


def test_what_is_sure_or_acute_or_long_stands() -> None:
    assert as_answer(verdict("serious", score=0.9), "impact", "han er her").response == "human"
    assert as_answer(verdict("acute"), "place", "på taket").response == "emergency"
    long = "jeg sover ikke for jeg hører at han kommer i gangen"
    assert as_answer(verdict("serious"), "impact", long).response == "human"
