"""Nothing that a young person types is a command to Rasa: proved with Rasa's own reading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway.engine import harmless

FRONTS = ["", "/", " /", "\n//", "/\u200b/", "\x1c/", "@", "\u2028/", "\ud800/"]


@pytest.fixture(scope="module")
def intent_of():
    """A function that says which intent Rasa takes from a text without asking its models."""
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    def intent(text: str) -> str | None:
        heard = Message({TEXT: UserMessage(text).text})
        found = YAMLStoryReader.unpack_regex_message(heard).get(INTENT)
        return found["name"] if found else None

    return intent


@settings(deadline=None)
@given(text=st.text(max_size=100), front=st.sampled_from(FRONTS))
def test_nothing_typed_is_a_command(intent_of, text, front):
    safe = harmless(front + text)
    assert safe and not safe.strip().startswith("/")
    assert intent_of(safe) is None


@pytest.mark.parametrize("text", ["/restart", '/book{"place": "0301"}', "  /session_start"])
def test_rasa_would_obey_without_that(intent_of, text):
    assert intent_of(text) in ("restart", "book", "session_start")
    assert intent_of(harmless(text)) is None
