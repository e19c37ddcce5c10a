"""Plainer text: what it makes of chat, and what holds for every text whatsoever."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu import normalise as module
from bot.nlu.normalise import canonical, clean, dialect, normalise
from bot.nlu.surface import trace

CHAT = st.text(
    alphabet="abcdefgijklmnoprstuvyæøåÆØÅKE0123456789 .,!?'’-–\n\u00a0\u200b😭🤦‍♀️éа", max_size=80
)
ANYTHING = st.one_of(
    CHAT,
    st.text(max_size=60),
    st.lists(st.sampled_from([*dialect(), "SIIDEN", "får'kke", "15år", "3uker"]), max_size=12).map(
        " ".join
    ),
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Æ orke itj meir", "jeg orker ikke mer"),
        ("eg veit ikkje kva eg skal gjere", "jeg vet ikke hva jeg skal gjøre"),
        ("HJEEEELP  meg!!!", "hjelp meg !"),
        ("jegggg vil IKKKKE", "jeg vil ikke"),
        ("såånn heeelt", "slik helt"),
        ("jeg får'kke sove", "jeg får ikke sove"),
        ("har’kke vært der", "har ikke vært der"),
        ("visste'e", "visste'e"),
        ("er 15år", "er 15 år"),
        ("i 3uker", "i 3 uker"),
        ("et par uker", "et par uker"),
        ("æ et itj", "jeg spiser ikke"),
        ("har itte spist", "har ikke spist"),
        ("kanke si det", "kan ikke si det"),
        ("e e 17", "jeg er 17"),
        ("har vart lenge", "har vart lenge"),
        ("sia haustferien", "siden høstferien"),
        ("ta´kke", "ta ikke"),
        ("pаppа slår", "pappa slår"),  # two Cyrillic letters
        ("привіт oslo", "привіт oslo"),
        ("ｈｅｉ", "hei"),
        ("he\u200bi\u00ad du", "hei du"),
        ("a\u030a", "å"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_canonical(written: str, plain: str) -> None:
    assert canonical(written) == plain


@given(ANYTHING)
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_canonical_is_idempotent(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once


@given(ANYTHING)
def test_tokens_stand_in_the_clean_text_one_after_the_other(text: str) -> None:
    said = normalise(text)
    at = 0
    for token in said.tokens:
        assert said.clean[token.start : token.end] == token.surface
        assert at <= token.start < token.end
        assert token.text
        at = token.end
    assert said.original == text


@given(ANYTHING)
def test_every_quote_is_cut_from_the_message_as_written(text: str) -> None:
    said = normalise(text)
    assert trace(text)[0] == said.clean
    for token in said.tokens:
        assert said.cut(token.start, token.end) in text
    assert said.quote(0, len(said.canonical)) in text


@settings(max_examples=20)
@given(st.text(alphabet="æØ!a \u200b", min_size=2000, max_size=4000))
def test_long_texts_are_no_trouble(text: str) -> None:
    assert normalise(text).clean == clean(text)


def test_lone_surrogates_do_not_raise() -> None:
    assert canonical("hei \ud83d du") == "hei \ud83d du"


def test_quote_keeps_letters_as_they_were_written() -> None:
    said = normalise("har hatt det SÅÅNN   siden  i FJORRR  vår!!")
    start = said.canonical.index("siden")
    assert said.quote(start, said.canonical.index(" vår")) == "siden  i FJORRR"


def test_no_bokmål_form_is_itself_rewritten() -> None:
    assert {plain for plain in dialect().values() if canonical(plain) != plain} == set()


def test_a_written_form_under_two_bokmål_forms_is_refused(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "dialect.yml"
    path.write_text('jeg: "eg"\nvi: "eg"\n', "utf-8")
    monkeypatch.setattr(module, "DIALECT", path)
    with pytest.raises(ValueError, match="'eg' stands under two"):
        dialect.__wrapped__()
