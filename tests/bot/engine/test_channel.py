"""The way in to Rasa: nothing that is typed is a command, nothing without the secret gets in."""

from __future__ import annotations

from typing import Any

import pytest

from bot.engine.channel import EngineMisconfigured, GatewayChannel, prepare, take_turn


async def heard(**call: Any) -> Any:
    """Return the message that Rasa would get for `call`."""
    messages: list[Any] = []

    async def listen(message: Any) -> None:
        messages.append(message)

    await take_turn(listen, call)
    return messages[0]


@pytest.mark.parametrize(
    "typed",
    ["/restart", " /restart", "//restart", '/choose{"a": 1}', "/session_start", "@@/restart"],
)
async def test_a_typed_command_reaches_rasa_as_plain_words(typed: str) -> None:
    assert not (await heard(text=typed)).text.startswith(("/", "@"))


async def test_only_slashes_is_still_a_message() -> None:
    assert (await heard(text="///")).text


async def test_a_choice_travels_beside_the_command() -> None:
    message = await heard(choice="place=3413", facts={"age": 15})
    assert message.text == "/choose"
    assert message.metadata["choice"] == "place=3413"
    assert message.metadata["facts"] == {"age": 15}


async def test_times_have_a_command_of_their_own() -> None:
    assert (await heard(choice="book=202610141300")).text == "/choose_time"


async def test_no_answer_is_told_as_none() -> None:
    async def silent(message: Any) -> None:
        return None

    assert await take_turn(silent, {"text": "hei"}) is None


@pytest.mark.parametrize("secret", ["", "short", "${UNGVEIVISER_ENGINE_SECRET}"])
def test_without_a_secret_the_engine_does_not_start(secret: str) -> None:
    with pytest.raises(EngineMisconfigured, match="python -m bot"):
        GatewayChannel.from_credentials({"secret": secret})


def test_a_store_that_rasa_put_in_silently_is_refused() -> None:
    class InMemory:
        pass

    class Agent:
        tracker_store = InMemory()

    with pytest.raises(EngineMisconfigured, match="InMemory"):
        prepare(Agent())
