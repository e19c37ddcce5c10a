"""Numbers as young people write them: 15, femten, halvannet, et par, noen, 2–3."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


_WORDS = _words(
    """null en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten
    sytten atten nitten tjue"""
)
_ENGLISH = _words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty"""
)
_WORTH: dict[str, float] = {
    **{word: float(number) for number, word in enumerate(_WORDS)},
    **{word: float(number) for number, word in enumerate(_ENGLISH)},
    **{"et": 1, "ei": 1, "a": 1, "half": 0.5, "halv": 0.5, "halvt": 0.5, "halve": 0.5},
    **{"halvannet": 1.5, "halvannen": 1.5, "halvanna": 1.5},
    # Vague amounts: the least that most people mean by them.
    **{"par": 2, "couple": 2, "few": 3, "noen": 3, "some": 3, "flere": 4, "several": 4},
    **{"mange": 6, "many": 6, "masse": 6},
}
# Of school years, and of days in a row.
_ORDINALS = _words("første andre tredje fjerde femte sjette sjuende åttende niende tiende")

_ONE = r"(?:\d{1,3}(?: [.,] \d)?|" + "|".join(sorted(_WORTH, key=len, reverse=True)) + ")"
# "3", "et par", "et halvt", "to og et halvt", "2 - 3", "two", "a couple of"
AMOUNT = rf"(?:{_ONE}(?: (?:- |til |og |eller )?{_ONE}){{0,3}}(?: of)?)"
ORDINAL = r"(?:\d{1,2} ?\.?|" + "|".join(_ORDINALS) + ")"
# Whole numbers from eight to twenty-five in words or digits: what an age can be.
AGE = r"(?:[89]|1\d|2[0-5]|" + "|".join(sorted(_WORDS[8:], reverse=True)) + ")"


def amount(text: str) -> float:
    """Return the number that `text`, matched by AMOUNT, stands for.

    "2 - 3" and "to tre" give the middle, "to og et halvt" the sum, "et par" two.
    """
    whole, value, joined = 0.0, 0.0, ""
    for word in text.replace(" , ", ".").replace(" . ", ".").split():
        worth = _worth(word)
        if worth is None:
            joined = word
        elif joined == "og":
            whole, value, joined = value, worth, ""
        else:
            value, joined = worth if value in (0.0, 1.0) else (value + worth) / 2, ""
    return whole + value


def ordinal(text: str) -> int | None:
    """Return the number of a school year or day in a row ("åttende", "8 ."), 1–13."""
    word = text.replace(".", "").strip()
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    number = _worth(word)
    return int(number) if number is not None and 1 <= number <= 13 else None


def _worth(word: str) -> float | None:
    try:
        return _WORTH[word] if word in _WORTH else float(word)
    except ValueError:
        return None
