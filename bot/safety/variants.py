"""What a red flag is about more closely, where its own words are worth having.

Read from what the screen saw (names of rules, words) and from the message. No hint,
or a doubtful one: the flag's general answer is given.
"""

from __future__ import annotations

import re
from typing import Optional

from bot.safety.verdict import Verdict
from bot.turn import Flag

_HINTS: dict[Flag, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "violence": (
        (
            "honour",
            re.compile(
                r"honou?r|forced|marriage|abroad|tvangs|gift(?:e|es|a|er)\b|bryllup|forlov|"
                r"\bære[ns]?\b|æreslaus|koranskole|hjemland|heimland|utlandet|sendt (?:til|bort)|"
                r"dra(?:r)? (?:til|tilbake)|oppdragelsesreise|passet mitt|married|marry"
            ),
        ),
        (
            "gang",
            re.compile(r"gang\b|gang_|dealer|debt|gjeng|gjeld\b|skylder|skuldar|langer|løpegutt"),
        ),
    ),
    "sexual_abuse": (
        (
            "pictures",
            re.compile(
                r"picture|extort|groom|nudes?\b|bilde|bilet|naken|video|snap|screenshot|"
                r"skjermbilde|kamera|webcam|send(?:e|er|te)? pics?"
            ),
        ),
    ),
    "medical": (
        (
            "eating",
            re.compile(
                r"eating|anore|bulimi|spis(?:e|er|t|te)?\b|\bet(?:e|er)?\b ikk|\bmat(?:en)?\b|"
                r"kast(?:er|et|e|a) opp|spy(?:r|dd)|slank|sult(?:e|er)|ikke (?:drukket|ete)"
            ),
        ),
    ),
}
_SCHOOL = re.compile(
    r"school|essay|skole|skule|særemne|fagtekst|stil\b|oppgave|oppgåve|prosjekt|framføring|"
    r"presentasjon|naturfag|norsk(?:en|time)|novelle|tentamen|eksamen"
)
_BEREAVED = re.compile(
    r"bereave|etterlat|tok (?:livet|sitt|selvmord|sjølvmord)|mist(?:a|et|e) (?:en|ein|ei|broren|"
    r"bror|søster|pappa|mamma|faren|mora|bestevenn|kompis|venn)"
)


def variant_of(flag: Flag, verdict: Optional[Verdict], text: str) -> Optional[str]:
    """Return the closer kind of a red flag (honour, gang, pictures, eating), or None."""
    hay = f"{_evidence(verdict)} {text[:2000].lower()}"
    return next((name for name, hint in _HINTS.get(flag, ()) if hint.search(hay)), None)


def topic_of(flag: Flag, verdict: Optional[Verdict], text: str) -> Optional[str]:
    """Return why somebody writes about a red flag as a topic (school, bereaved), or None."""
    hay = f"{_evidence(verdict)} {text[:2000].lower()}"
    if flag == "suicide" and _BEREAVED.search(hay):
        return "bereaved"
    return "school" if _SCHOOL.search(hay) else None


def _evidence(verdict: Optional[Verdict]) -> str:
    if verdict is None:
        return ""
    parts = [word for one in verdict.evidence for word in (one.name, *one.words)]
    return " ".join(parts).lower()
