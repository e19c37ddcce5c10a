"""Small parts on their own: keys, choices, bodies, settings, what reaches Rasa."""

from __future__ import annotations

import json

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway import bodies
from bot.gateway.bodies import Body, understand
from bot.gateway.choices import BadChoice, Choices
from bot.gateway.config import Config
from bot.gateway.errors import STATUS
from bot.gateway.events import resume_from
from bot.gateway.screening import OVERLAP, PART, Screening, windows
from bot.gateway.tokens import BadToken, Tokens, new_id
from bot.safety.verdict import Verdict
from bot.settings import BadSetting
from bot.texts import all_texts
from bot.turn import Choice
from tests.bot.gateway.standins import ACUTE, Screen

# The machine that runs this is often busy with other things.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

SECRET = "0123456789abcdef0123456789abcdef"


def test_a_key_says_what_it_was_made_for():
    tokens = Tokens(SECRET, 3600)
    ticket = tokens.read(tokens.issue("abc", "nn", "0301"))
    assert (ticket.conversation, ticket.language, ticket.municipality) == ("abc", "nn", "0301")
    assert ticket.created.tzinfo is not None


def test_a_key_is_refused_when_old_or_made_elsewhere():
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        tokens = Tokens(SECRET, 3600)
        token = tokens.issue("abc", None, None)
        clock.shift(3599)
        assert tokens.read(token).conversation == "abc"
        clock.shift(2)
        with pytest.raises(BadToken):
            tokens.read(token)
    with pytest.raises(BadToken):
        Tokens(SECRET, 3600).read(Tokens("x" * 32, 3600).issue("abc", None, None))


@given(st.text(max_size=200))
def test_no_text_is_a_key_or_a_choice(text):
    with pytest.raises(BadToken):
        Tokens(SECRET, 3600).read(text)
    with pytest.raises(BadChoice):
        Choices(SECRET).open("abc", text)
    assert isinstance(Choices(SECRET).peek("abc", text), str)


def test_ids_are_long_and_never_the_same():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000 and all(len(one) >= 22 for one in ids)


def test_a_choice_comes_back_only_to_its_conversation():
    choices = Choices(SECRET)
    sealed = choices.seal("abc", Choice(label="Ja", value="human=yes"))
    assert "human" not in sealed.value and choices.open("abc", sealed.value).value == "human=yes"
    with pytest.raises(BadChoice):
        choices.open("abd", sealed.value)
    assert choices.peek("abd", sealed.value) == "Ja"  # the screen sees the words all the same


@given(st.binary(max_size=3000), st.booleans(), st.booleans())
def test_any_bytes_can_be_read(data, cut, late):
    said = understand(Body(data, data if cut else b"", cut, late))
    for text in (said.screened, said.text or ""):
        text.encode("utf-8")
        assert "\x00" not in text and "\u200b" not in text
    assert said.fault or said.text or said.choice


@given(st.text(max_size=300))
def test_what_is_said_is_what_is_screened(text):
    said = understand(Body(json.dumps({"text": text}).encode()))
    assert said.screened == bodies.tidy(text) and (said.text or "") in said.screened


@given(st.integers(PART + 1, 3 * PART))
def test_windows_cover_a_long_text(length):
    text = "".join(str(number % 10) for number in range(length))
    parts = windows(text)
    assert all(len(part) <= PART for part in parts)
    position = 0
    for part in parts:
        assert text.startswith(part, position) and text[position : position + len(part)] == part
        position += PART - OVERLAP
    assert position - PART + OVERLAP + len(parts[-1]) == len(text)


def test_the_gravest_part_of_a_long_text_counts():
    class Screen:
        whole = True

        def look(self, text):
            if "a" in text:
                return Verdict("suicide", "acute")
            return Verdict("violence", "topic") if "t" in text else Verdict()

    screening = Screening(Screen())
    assert screening.look("x" * 5000).response is None
    assert screening.look("t" + "x" * 5000 + "a" + "x" * 5000 + "t").urgency == "acute"
    assert screening.look("t" + "x" * 5000).urgency == "topic"


async def test_a_screen_that_has_lost_a_part_answers_and_is_not_healthy():
    screen = Screen()
    screening = Screening(screen)
    assert await screening.try_out()
    screen.whole = False  # its classifier is gone; its rules go on
    assert screening.look(ACUTE).urgency == "acute"
    assert not await screening.try_out()


@pytest.mark.parametrize(
    ("given_id", "begin"),
    [(None, "0-0"), ("", "0-0"), ("5-1", "5-1"), (" 5-1 ", "5-1"), ("5", "0-0"), ("+", "0-0")],
)
def test_where_a_stream_resumes(given_id, begin):
    assert resume_from(given_id) == begin


def test_a_short_secret_or_token_life_is_refused_with_what_to_do():
    with pytest.raises(BadSetting, match="UNGVEIVISER_SECRET has 5 characters"):
        Config(secret="short")
    with pytest.raises(BadSetting, match=r"token_hours \(1\)"):
        Config(secret=SECRET, token_hours=1)


def test_settings_are_read_with_the_environment_on_top(monkeypatch):
    monkeypatch.setenv("UNGVEIVISER_SECRET", SECRET)
    monkeypatch.setenv("RASA_PORT", "5999")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    config = Config.load()
    assert config.engine_url == "http://127.0.0.1:5999"
    assert config.redis_url == "redis://127.0.0.1:1/0"
    assert config.retention_hours == 24 and config.frame_ancestors == ("*",)
    monkeypatch.delenv("UNGVEIVISER_SECRET")
    with pytest.raises(BadSetting):
        Config.load()


def test_every_refusal_has_a_text_in_both_written_forms():
    for code in STATUS:
        entry = all_texts()[f"gateway.error.{code}"]
        assert entry["nb"] and entry["nn"] and entry["review"]


def test_texts_are_short_and_plain():
    for key, entry in all_texts().items():
        if not key.startswith("gateway."):
            continue
        for language in ("nb", "nn"):
            assert len(entry[language]) <= 300, key
            for sentence in entry[language].replace("?", ".").split("."):
                assert len(sentence.split()) <= 20, (key, sentence)
