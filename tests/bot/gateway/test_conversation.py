"""Two processes wrote the same conversation: nothing said is lost, for a human neither."""

from __future__ import annotations

import pytest

from bot.gateway.conversation import Conversation, stamp
from bot.turn import Message


def talk(*words: str, **more) -> Conversation:
    said = [message(one) for one in words]
    return Conversation(id="c", language="nb", created=stamp(), messages=said, **more)


def message(text: str) -> Message:
    return Message(id=text, **{"from": "youth"}, text=text, at=f"2026-10-14T18:30:0{text[-1]}Z")


def owed(one: Conversation) -> list[str]:
    return [item["message"]["text"] for item in one.undelivered]


def test_all_words_in_the_order_in_which_they_were_said() -> None:
    one = talk("a 1", "c 3")
    one.take_in(talk("a 1", "b 2"))
    assert [message.text for message in one.messages] == ["a 1", "b 2", "c 3"]
    assert one.undelivered == []


@pytest.mark.parametrize("here", [True, False])
def test_a_case_gets_the_words_that_whoever_opened_it_did_not_know(here: bool) -> None:
    """A gateway that began while Redis was away opened it as Redis came back, or the other way."""
    more = {"case": "x", "state": "waiting"}
    one = talk("b 2", **(more if here else {}))
    one.take_in(talk("a 1", **({} if here else more)))
    assert one.case == "x" and one.state == "waiting"
    assert owed(one) == (["a 1"] if here else ["b 2"])


def test_what_another_owed_the_case_is_owed_still_and_once() -> None:
    item = {"message": message("a 1").dict(by_alias=True)}
    one = talk("a 1", "b 2")
    one.take_in(talk("a 1", case="x", state="human", undelivered=[item]))
    one.take_in(talk("a 1", case="x", state="human", undelivered=[item]))
    assert owed(one) == ["a 1", "b 2"]


def test_a_case_that_has_ended_gets_nothing_more() -> None:
    one = talk("b 2")
    one.take_in(talk("a 1", case="x", state="bot"))
    assert one.undelivered == []
