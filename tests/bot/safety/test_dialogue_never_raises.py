"""Whatever comes in, an answer comes out; a red flag never goes without its number."""

from __future__ import annotations

import json
import time
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety import answers
from bot.safety.dialogue import SafetyState, expect_check, respond, settle_case, settle_human
from bot.safety.verdict import FLAGS, URGENCIES, Evidence, Verdict
from tests.bot.safety.saying import NIGHT

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "flag", "about", "asked", "times", "turns", "question", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
likely = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["check", "topic", "human", "emergency", "x"]) | anything,
        "flag": st.sampled_from(FLAGS) | anything,
        "about": st.sampled_from(["self", "other"]) | anything,
        "turns": anything,
        "times": anything,
        "asked": anything,
        "question": anything,
    },
)
states = st.dictionaries(
    st.sampled_from(
        ["pending", "signals", "last_emergency", "counts", "said", "english", "case_open", "x"]
    ),
    likely | anything,
)
verdicts = st.none() | st.builds(
    Verdict,
    flag=st.none() | st.sampled_from(FLAGS),
    urgency=st.sampled_from(URGENCIES),
    about=st.sampled_from(["self", "other"]),
    evidence=st.lists(
        st.builds(
            Evidence,
            kind=st.sampled_from(["pattern", "classifier", "context"]),
            name=st.text(max_size=10) | st.sampled_from(FLAGS),
            words=st.lists(st.text(max_size=5), max_size=2).map(tuple),
            score=st.floats(),
        ),
        max_size=3,
    ).map(tuple),
)
texts = st.text(max_size=300) | st.sampled_from(
    ["ja", "nei", "litt", "safe=no", "human=yes", "ok", "tulla", "{line}", "%s", "/restart", "\x00"]
)
moments = st.datetimes() | st.datetimes(timezones=st.just(timezone.utc))


@settings(max_examples=200, deadline=None)
@given(
    stored=states | anything,
    turns=st.lists(st.tuples(verdicts, texts), min_size=1, max_size=4),
    language=st.sampled_from(["nb", "nn", "se", None]),
    duty=st.booleans(),
    now=moments,
    age=st.none() | st.integers() | st.text(max_size=3),
    place=st.none() | st.text(max_size=5),
    open_case=st.none() | st.booleans(),
)
def test_nothing_makes_it_raise(stored: Any, turns: Any, **about: Any) -> None:
    state = SafetyState.from_json(stored)
    for verdict, text in turns:
        reply, state, outcome = respond(state, verdict, text, **about)
        json.dumps([state.to_json(), outcome], allow_nan=True)
        assert SafetyState.from_json(state.to_json()).to_json() == state.to_json()
        if verdict is not None and verdict.flag and verdict.urgency in ("acute", "serious"):
            assert reply is not None
            said = " ".join(message.text for message in reply.messages)
            assert any(n in said for n in ("113", "112", "116 111", "116 117")), said
        if reply is not None:
            assert reply.messages and all(0 < len(m.text) <= 300 for m in reply.messages)
            json.dumps(reply.case_reason)


@settings(max_examples=200, deadline=None)
@given(
    turns=st.lists(st.tuples(verdicts, texts), min_size=2, max_size=8),
    duty=st.booleans(),
    place=st.none() | st.just("3403"),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
)
def test_a_conversation_of_its_own_never_needs_the_last_resort(turns: Any, **about: Any) -> None:
    state = SafetyState()
    for verdict, text in turns:
        reply, state, _ = respond(state, verdict, text, language="nn", age=16, **about)
        state = SafetyState.from_json(json.loads(json.dumps(state.to_json())))
        if reply is not None:
            assert "answered_without_texts" not in reply.case_reason["evidence"]


@given(stored=states | anything, flag=st.sampled_from(FLAGS))
@settings(max_examples=100, deadline=None)
def test_the_small_steps_neither(stored: Any, flag: Any) -> None:
    state = settle_human(expect_check(SafetyState.from_json(stored), flag))
    assert state.pending == {"kind": "check", "flag": flag, "about": "self"}
    settled = settle_case(SafetyState.from_json(stored))
    assert settled.pending is None and not settled.case_open


@pytest.mark.parametrize("stored", [None, 3, "x", [], {"pending": {("a",): 1}}, {"said": {1}}])
def test_a_state_of_another_shape_is_let_go(stored: Any) -> None:
    assert isinstance(SafetyState.from_json(stored).to_json(), dict)


@pytest.fixture
def no_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_TEXTS", {})


@pytest.mark.usefixtures("no_texts")
@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("flag", FLAGS)
def test_without_texts_the_fixed_answer_is_given(flag: Any, language: Any) -> None:
    assert not answers.texts_readable()
    for urgency, response in (("acute", "emergency"), ("serious", "human"), ("uncertain", "check")):
        reply, state, _ = respond(
            SafetyState(), Verdict(flag, urgency), "…", language=language, duty=True, now=NIGHT
        )
        assert reply is not None and reply.safety.response == response
        assert "116 111" in reply.messages[0].text
        assert reply.case == ("open" if response == "emergency" else None)
        if response != "check":
            continue
        after, _, _ = respond(state, Verdict(), "litt", language=language, duty=False, now=NIGHT)
        assert after is not None and after.safety.response == "human"


@pytest.mark.usefixtures("no_texts")
def test_without_texts_a_harmless_message_still_goes_on() -> None:
    reply, _, outcome = respond(
        SafetyState(), Verdict(), "hei", language="nb", duty=True, now=NIGHT
    )
    assert reply is None and outcome is None


def test_a_screen_that_failed_is_no_red_flag_but_an_open_question_stays_open() -> None:
    reply, _, _ = respond(SafetyState(), None, "hei", language="nb", duty=False, now=NIGHT)
    assert reply is None
    asked = expect_check(SafetyState(), "suicide")
    reply, _, _ = respond(asked, None, "litt", language="nb", duty=False, now=NIGHT)
    assert reply is not None and reply.safety.response == "human"


def test_texts_that_cannot_be_read_are_no_texts(tmp_path: Any) -> None:
    broken = tmp_path / "safety.yml"
    broken.write_text("a: [", "utf-8")
    assert answers._read(broken) == {}
    broken.write_bytes(b"\xff\xfe\x00")
    assert answers._read(broken) == {}
    assert answers._read(tmp_path / "gone.yml") == {}


LONG = {
    "no": "nei " * 4000,
    "hedge": "litt " * 4000,
    "one letter": "a" * 16_000,
    "laughter": "ha" * 8000,
    "safe": "er " * 5000 + "trygg",
    "but": "nei men " * 2000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_answers_cost_little(name: str) -> None:
    for urgency in URGENCIES:
        state = expect_check(SafetyState(), "suicide")
        verdict = Verdict("suicide", urgency)
        start = time.process_time()
        respond(state, verdict, LONG[name], language="nb", duty=False, now=datetime.now())
        assert time.process_time() - start < 0.2
