"""Warnings about the texts of a catalog: hard words, hard sentences, nynorsk that is none."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from bot.texts.plain import lix, sentences, words
from bot.texts.words import BOKMAL, CLINICAL, NEVER_SAID
from service_catalog.checking.rules import Found
from service_catalog.schema import Catalog
from service_catalog.text import YouthText
from service_catalog.yaml_file import Where

LONG_SENTENCE = 17  # words; more than 20 is a fault
HARD = 55  # LIX: above it is what only offices write
ENOUGH_FOR_LIX = 12  # words
_CURLY = ("\u201c", "\u201d", "\u201e")
SAME_AT_MOST = 9  # words that may well be the same in both written forms


def text_cautions(catalog: Catalog) -> Found:
    """Yield what is hard to read in each text, and where bokmål stands for nynorsk."""
    for where, text in youth_texts(catalog):
        for form, written in (("nb", text.nb), ("nn", text.nn)):
            for message in hard_to_read(written):
                yield (*where, form), message
        if text.nb == text.nn and _is_bokmal(text.nn):
            yield (
                (*where, "nn"),
                "is the same as nb, so the nynorsk is missing; write it in nynorsk",
            )


def hard_to_read(text: str) -> Iterator[str]:
    """Yield what makes `text` hard for a 13-year-old, and what to write instead."""
    small = text.lower()
    for word in (*CLINICAL, *NEVER_SAID):
        if word in small:
            yield f"holds {word!r}; say it as young people would, or leave it out"
    if text.startswith(_CURLY) and text.endswith(_CURLY):
        yield 'stands in quotes from a word processor, which are shown; write straight ones (")'
    for sentence in sentences(text):
        length = len(words(sentence))
        if length > LONG_SENTENCE:
            begin = " ".join(sentence.split()[:4])
            yield f"has a sentence of {length} words ({begin!r}…); make two of it"
    if len(words(text)) >= ENOUGH_FOR_LIX and lix(text) > HARD:
        yield "is hard to read (many long words); write it as you would say it to a 13-year-old"


def _is_bokmal(text: str) -> bool:
    told = words(text)
    return len(told) > SAME_AT_MOST or any(word.lower() in BOKMAL for word in told)


def youth_texts(part: object, where: Where = ()) -> Iterator[tuple[Where, YouthText]]:
    """Yield every text to young people in a part of a catalog, with where it stands."""
    if isinstance(part, YouthText):
        yield where, part
    elif isinstance(part, list):
        for index, one in enumerate(part):
            yield from youth_texts(one, (*where, index))
    elif isinstance(part, BaseModel):
        for name in part.__fields__:
            yield from youth_texts(getattr(part, name), (*where, name))
