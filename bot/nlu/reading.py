"""Everything understood in one message, as one JSON-able dictionary.

Keys: intent, confidence (0–1), themes (surest first), themes_also (less sure), about, about_me and
about_other (said in so many words), severity, severity_words, duration, duration_words,
severity_guess and duration_guess (a first reading, never a reason not to ask), only_how_much (says
how much, not what it touches), weighs (it seems to get in the way), age, bare_number, places,
places_expected (each {number, name, bydel}), prefers, known_there (the types of service where
somebody they know works, [] when only "der" is said, None otherwise), unwanted (the types of
service they turn down), answer (yes, some, no, unsure, refuse or None), correction, off_topic
(asks for something that is none of our business), onward (what of the way onwards is asked for or
told, see `bot.nlu.onward`), not_understood.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.clock import now
from bot.nlu import age, answers, duration, known_there, onward, prefers, severity, unwanted
from bot.nlu.about import says_about_me, says_about_other
from bot.nlu.found import Found
from bot.nlu.labels import (
    ANSWER_INTENTS,
    INTENT_OF_THEME,
    PROBLEM_THEMES,
    THEME_OF_INTENT,
    THEMES,
)
from bot.nlu.mistaken import without_mistaken
from bot.nlu.model import LanguageModel
from bot.nlu.model import Reading as Scores
from bot.nlu.normalise import Normalised, normalise
from bot.nlu.off_topic import is_off_topic
from service_catalog.places import find_places

# Chosen on tests/evaluation/dev.jsonl. From where a further theme is one to act on, and from where
# (and from which share of the first) one that may be meant as well.
SECOND_THEME_FROM = 0.3
MOST_THEMES = 3
ALSO_FROM, ALSO_SHARE = 0.15, 0.3
NOT_UNDERSTOOD_BELOW = 0.12
SURE_OF_INTENT = 0.4
GUESS_FROM = 0.1
WEIGHS_FROM = 0.25
UNSURE = 0.2
ABOUT_OTHER_FROM = 0.5
SURE_OF_PROBLEM = 0.5
QUESTION_AT_MOST = 12
"""In a longer message the question stands beside something that is told."""
PLAIN_AT_MOST = 15
"""In so many words what the rules hear is all that is told of how much daily life suffers."""
SHORT = 3
"""So many words are hardly more than the answer that stands in them."""
BARE_AT_MOST = 5
"""Up to here "ja, egentlig ganske mye" names nothing that it gets in the way of."""
_NOT_THE_BOT = re.compile(r"\b(?:noen|en) (?:andre|annen) enn (?:deg|en (?:\w+ )?(?:ro)?bot)\b")
INTENT_OF_ANSWER = {"yes": "affirm", "no": "deny", "refuse": "refuse"}
# Short answers that may also tell of a problem: "trenger prevensjon, bor i Bodø".
FACTS = frozenset({"give_fact", "correct", "something_else"})
# "I dag" is no goodbye.
_WHEN = re.compile(r"(?:i (?:dag|går|natt|kveld|morges|morgen|forgårs|sted)|nettopp|nå)")
# What stands around a place and an age.
_AROUND_WHO = "jeg vi er bor i på fra ved nær og år gammel kommune bydel her nå , ."
# Greetings that also tell a place, an age or a time are answers.
SMALL_TALK = frozenset({"greet", "thanks", "bye", "curious"})
# What is only ever told in so many words: danger, and worry for somebody else.
NEVER_ALSO = frozenset({"vold", "overgrep", "selvmord", "selvskading", "bekymret_for_annen"})


def read_message(text: str, model: LanguageModel, today: date | None = None) -> dict[str, Any]:
    """Return the reading of `text` by the rules and by `model`."""
    said = normalise(text)
    scores = model.read(text)
    answer = answers.read(said)
    intent, confidence = _intent(scores, answer, said)
    themes = without_mistaken(_themes(scores, intent), said, scores)
    much = _severity(said, scores)
    long = duration.find(said, today or now().date())
    places = [_place(place) for place in find_places(text, expected=False)]
    how_old = age.find(said) or (age.beside_place(said) if places else None)
    reading: dict[str, Any] = {
        "intent": intent,
        "confidence": round(confidence, 3),
        "themes": themes,
        "themes_also": _also(scores, themes),
        "about": _about(scores, said),
        "about_me": says_about_me(said.canonical),
        "about_other": says_about_other(said.canonical),
        "severity": much.value if much else None,
        "severity_words": much.words if much else None,
        "duration": long.value if long else None,
        "duration_words": long.words if long else None,
        "severity_guess": _guess("severity", scores, text, 0.0 if intent == "tell" else GUESS_FROM),
        "duration_guess": _guess("duration", scores, text, GUESS_FROM),
        "only_how_much": only_how_much(said),
        "weighs": _weighs(scores, text),
        "age": how_old.value if how_old else None,
        "bare_number": bool(how_old) and len(said.tokens) <= 2 and not places,
        "places": places,
        "places_expected": [_place(place) for place in find_places(text, expected=True)],
        "prefers": sorted(prefers.find(said)),
        "known_there": _known_there(said),
        "unwanted": list(unwanted.find(said)),
        "answer": answer,
        "correction": intent == "correct",
        "off_topic": False,
        "onward": onward.find(said),
    }
    when = _WHEN.fullmatch(said.canonical.strip(" .!"))
    told = long or how_old or reading["places"] or reading["prefers"] or when
    if told and (intent in SMALL_TALK or _only_says_who(reading, said)):
        reading["intent"] = "give_fact"
    if _asks_onward(reading, said):
        reading["intent"] = "ask_ways_of_working" if "term" in reading["onward"] else "ask_referral"
    elif _NOT_THE_BOT.search(said.canonical):
        reading["intent"] = "want_human"
    elif _shuts_a_door(reading) and intent not in ("tell", "want_human"):
        reading["intent"] = "give_fact"
    elif is_off_topic(said) and not _tells_of_a_problem(reading):
        reading["intent"], reading["off_topic"] = "greet", True
    reading["not_understood"] = _not_understood(reading, scores, said)
    return reading


def _intent(scores: Scores, answer: str | None, said: Normalised) -> tuple[str, float]:
    """Choose what the message does: tells of something, asks us, or answers."""
    _, problem_score = scores.best(PROBLEM_THEMES)
    theme, theme_score = scores.best(THEMES)
    act, act_score = scores.best((*ANSWER_INTENTS, *THEME_OF_INTENT))
    if act in FACTS and problem_score >= SURE_OF_INTENT:
        return "tell", problem_score
    if act_score >= SURE_OF_INTENT and act_score > theme_score - 0.1:
        return act, act_score
    unsure = act_score < SURE_OF_INTENT
    if theme == "smalltalk" and unsure and answer and len(said.tokens) <= SHORT:
        return INTENT_OF_ANSWER.get(answer, "dont_know"), theme_score
    if theme in INTENT_OF_THEME and (theme_score >= SURE_OF_INTENT or problem_score < UNSURE):
        about_us = [name for name, belongs in THEME_OF_INTENT.items() if belongs == theme]
        name, score = scores.best(about_us)
        return (name, theme_score) if score > 0.1 else (INTENT_OF_THEME[theme], theme_score)
    if answer and len(said.tokens) <= SHORT:
        return INTENT_OF_ANSWER.get(answer, "dont_know"), 1.0
    return "tell", problem_score if theme in INTENT_OF_THEME else theme_score


def _only_says_who(reading: dict[str, Any], said: Normalised) -> bool:
    """Say whether a message says where they live or how old they are, and nothing more."""
    unsure = reading["intent"] == "tell" and reading["confidence"] < SURE_OF_INTENT
    words = {token.text for token in said.tokens if not token.text.isdigit()}
    words -= {*_AROUND_WHO.split()}
    names = sum(len(place["name"].split()) for place in reading["places"][:1])
    return unsure and len(words) <= names and bool(reading["places"] or reading["age"])


def _tells_of_a_problem(reading: dict[str, Any]) -> bool:
    sure = reading["intent"] == "tell" and reading["confidence"] >= SURE_OF_PROBLEM
    return bool(sure and reading["themes"][0] != "annet")


def _asks_onward(reading: dict[str, Any], said: Normalised) -> bool:
    """Say whether a message is a question about the way onwards, and tells of nothing besides."""
    found = reading["onward"]
    if not found or not found["asks"] or found["weak"]:
        return False
    tells = reading["intent"] == "tell" and reading["confidence"] >= SURE_OF_INTENT
    return not (tells and len(said.tokens) > QUESTION_AT_MOST)


def _themes(scores: Scores, intent: str) -> list[str]:
    """Return the themes of the message, the surest first."""
    belongs = THEME_OF_INTENT.get(intent)
    if belongs:
        return [belongs]
    ranked = sorted(THEMES, key=lambda name: -scores.labels.get(name, 0.0))
    problems = [name for name in ranked if name in PROBLEM_THEMES]
    first = ranked[0]
    more = [n for n in problems if n != first and scores.labels.get(n, 0.0) >= SECOND_THEME_FROM]
    return [first, *more[: MOST_THEMES - 1]]


def _about(scores: Scores, said: Normalised) -> str:
    heard = scores.labels.get("about_other", 0.0) > ABOUT_OTHER_FROM
    return "other" if heard or says_about_other(said.canonical) else "self"


def _also(scores: Scores, themes: list[str]) -> list[str]:
    """Return the themes that may be meant besides `themes`, the surest first."""
    least = max(ALSO_FROM, ALSO_SHARE * scores.labels.get(themes[0], 0.0))
    ranked = sorted(PROBLEM_THEMES, key=lambda name: -scores.labels.get(name, 0.0))
    left_out = NEVER_ALSO | set(themes)
    more = [n for n in ranked if n not in left_out and scores.labels.get(n, 0.0) >= least]
    return more[: MOST_THEMES - len(themes)]


def _severity(said: Normalised, scores: Scores) -> Found[str] | None:
    """Return how much daily life suffers.

    In a long message the rules hear that it is said, and the model how much all in all.
    "litt" and "ikke så mye" are left to what was asked: on their own they may answer anything.
    """
    told = severity.told(said)
    bare = severity.answer(said)
    if bare and (told is None or len(said.tokens) <= SHORT):
        plain = bare.value != "mild" or bare.words[:1].isdigit()
        return Found(bare.value, bare.words) if plain or told else None
    if told is None or len(said.tokens) <= PLAIN_AT_MOST:
        return Found(told.value, told.words) if told else None
    return Found(scores.extent("severity", said.original, told.value), told.words)


def only_how_much(said: Normalised) -> bool:
    """Say whether a message says how much, and not what it gets in the way of."""
    bare = severity.answer(said) or answers.read(said) == "yes"
    return bool(bare) and len(said.tokens) <= BARE_AT_MOST and severity.told(said) is None


def _guess(group: str, scores: Scores, text: str, least: float) -> str | None:
    """Return the likeliest extent, if the text is at least so sure to say any.

    Never a reason not to ask. Of how much, whoever tells of something says a little by
    not saying it: there it is always guessed.
    """
    said = sum(getattr(scores, group).values()) >= least
    return scores.extent(group, text) if said else None


def _weighs(scores: Scores, text: str) -> bool:
    """Say whether the text seems to tell of something that gets in the way."""
    told = sum(scores.severity.values()) >= WEIGHS_FROM
    return told and scores.extent("severity", text) != "mild"


def _place(place: Any) -> dict[str, Any]:
    return {"number": place.number, "name": place.name, "bydel": place.bydel}


def _known_there(said: Normalised) -> list[str] | None:
    known = known_there.find(said)
    return None if known is None else list(known.types)


def _shuts_a_door(reading: dict[str, Any]) -> bool:
    return reading["known_there"] is not None or bool(reading["unwanted"])


def _not_understood(reading: dict[str, Any], scores: Scores, said: Normalised) -> bool:
    if reading["intent"] == "gibberish" or not said.tokens:
        return True
    if _shuts_a_door(reading):
        return False
    if reading["answer"] or reading["places"] or reading["age"] or reading["prefers"]:
        return False
    if reading["onward"] and not reading["onward"]["weak"]:
        return False
    return max(scores.labels.values(), default=0.0) < NOT_UNDERSTOOD_BELOW
