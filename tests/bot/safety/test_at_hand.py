"""In a talk in which danger was told, a few words may mean more, or the same as before."""

from __future__ import annotations

import pytest

from bot.safety.at_hand import in_its_light
from bot.safety.state import SafetyState
from bot.safety.verdict import Evidence, Verdict

TOLD = SafetyState(counts={"human:violence": 1})


def seen(flag: str, urgency: str = "serious", score: float = 0.6, kind: str = "classifier"):
    return Verdict(flag, urgency, "self", (Evidence(kind, flag, (), score),))


@pytest.mark.parametrize(
    "text",
    [
        *("HAN ER HER NÅ han er sint", "nå kommer han hjem", "no kjem han heim"),
        *("stefaren min står utenfor nå", "han hamrer på døra", "he is here now"),
    ],
)
def test_whoever_hurts_is_at_hand(text: str) -> None:
    assert in_its_light(Verdict(), TOLD, text) == Verdict("violence", "acute")
    assert in_its_light(Verdict(), SafetyState(), text) == Verdict()


@pytest.mark.parametrize(
    "text",
    [
        "nå kommer han ikke hjem",
        "han er på jobb nå",
        "mamma er hjemme nå, det er trygt",
        "jeg er her",
    ],
)
def test_nobody_who_hurts_is_at_hand(text: str) -> None:
    assert in_its_light(Verdict(), TOLD, text) == Verdict()


@pytest.mark.parametrize("urgency", ["serious", "acute", "uncertain"])
def test_another_kind_that_is_half_heard_is_the_one_that_was_told(urgency: str) -> None:
    heard = in_its_light(seen("sexual_abuse", urgency), TOLD, "det var i går. han er på jobb nå")
    assert (heard.flag, heard.urgency) == ("violence", urgency)


def test_another_kind_that_is_plainly_heard_stands() -> None:
    surely = seen("sexual_abuse", score=0.95)
    assert in_its_light(surely, TOLD, "han tar på meg også") == surely
    ruled = seen("sexual_abuse", kind="pattern", score=1.0)
    assert in_its_light(ruled, TOLD, "han voldtok meg") == ruled
    other = seen("suicide")
    assert in_its_light(other, TOLD, "orker ikke mer") == other


def test_somebody_else_with_a_knife_is_no_threat_of_theirs() -> None:
    knife = seen("harm_others", "acute", 0.93)
    assert in_its_light(knife, SafetyState(), "han har kniv trur ho").flag == "violence"
    assert in_its_light(knife, SafetyState(), "jeg har kniv, han skal få").flag == "harm_others"
    assert in_its_light(knife, SafetyState(), "kniven er klar").flag == "harm_others"
