"""Questions that have nothing to do with us: the time, the weather, a joke, homework.

They are met with a kind no, and not with whatever answer lies nearest.
"""

from __future__ import annotations

import re

from bot.nlu.normalise import Normalised

AT_MOST = 10
"""In so many words; what is longer tells of something besides."""
_BEFORE = r"(?:(?:hei|hallo|du|vet du|veit du|si meg|kan du si|men|og|ok)[ ,!.]+)*"
_QUESTIONS = (
    r"(?:hva|hvor mye|hvor mange) er (?:klokka|klokken|\d+ ?[-+x*/] ?\d+)\b",
    r"hvilken (?:dag|dato|måned|ukedag) er det\b",
    r"hva er (?:datoen|hovedstaden|roten av|pi)\b",
    r"(?:hvordan|hva|åssen) (?:blir|er) (?:været|temperaturen)\b",
    r"(?:blir|kommer) det (?:regn|snø|sol|fint vær|dårlig vær)\b",
    r"(?:kan du )?(?:fortelle?|si|lage|skriv(?:e)?|syng(?:e)?|rappe?) (?:meg |oss |til meg )?"
    r"(?:en |et |noe )?(?:vits|gåte|morsomt|gøy|dikt|sang|stil|rap|eventyr|historie)\b",
    r"(?:kan du )?(?:hjelpe?|gjøre?) (?:meg )?(?:med )?"
    r"(?:matte|norsk|engelsk|naturfag|samfunnsfag|lekse)\w*\b",
    r"hvem (?:vant|vinner|er (?:statsminister|president|konge|dronning|best))\b",
    r"(?:hvor (?:mange|langt|høy|stor|gammel)) (?:mennesker |folk |innbyggere )?"
    r"(?:bor |er )(?:det )?(?:i|til|månen|jorda)\b",
    r"hva (?:synes|syns|mener) du om (?!meg|at|det|å )",
    r"(?:er du (?:singel|single|gift|forelska)|har du (?:kjæreste|snap|insta|barn))\b",
    r"(?:vil du|skal vi) (?:gifte|spille|date|bli sammen)\b",
)
_ASKED = re.compile(rf"{_BEFORE}(?:{'|'.join(_QUESTIONS)})")


def is_off_topic(said: Normalised) -> bool:
    """Say whether a short message asks for something that is none of our business."""
    words = sum(token.text[:1].isalnum() for token in said.tokens)
    return words <= AT_MOST and bool(_ASKED.match(said.canonical))
