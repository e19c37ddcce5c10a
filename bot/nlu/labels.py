"""The labels that the language model tells apart, and how they hang together.

A message carries one or more *themes* (what it is about; the list of the
evaluation format) or one *dialogue intent* (what it does in the talk: yes, no,
a question about us). Questions of information belong to a theme as well.
"""

from __future__ import annotations

from service_catalog.terms import THEMES as CATALOG_THEMES

# What help is found for: the themes of the catalog, but for its "annet".
PROBLEM_THEMES: tuple[str, ...] = tuple(theme for theme in CATALOG_THEMES if theme != "annet")
OTHER_THEMES: tuple[str, ...] = (
    "annet",
    "smalltalk",
    "spor_om_tjeneste",
    "spor_om_personvern",
    "spor_om_bot",
    "spor_time",
    "uforstaelig",
)
THEMES = PROBLEM_THEMES + OTHER_THEMES

# Intents in data/nlu/*.yml whose examples also teach a theme.
THEME_OF_INTENT: dict[str, str] = {
    "greet": "smalltalk",
    "thanks": "smalltalk",
    "bye": "smalltalk",
    "curious": "smalltalk",
    "ask_bot": "spor_om_bot",
    "ask_what_can_you_do": "spor_om_bot",
    "ask_privacy": "spor_om_personvern",
    "ask_parents": "spor_om_personvern",
    "ask_confidentiality": "spor_om_personvern",
    "ask_anonymous": "spor_om_personvern",
    "ask_cost": "spor_om_tjeneste",
    "ask_hours": "spor_om_tjeneste",
    "ask_helsesykepleier": "spor_om_tjeneste",
    "ask_youth_clinic": "spor_om_tjeneste",
    "ask_bup": "spor_om_tjeneste",
    "ask_fastlege": "spor_om_tjeneste",
    "ask_psychologist": "spor_om_tjeneste",
    "ask_barnevern": "spor_om_tjeneste",
    "ask_legevakt": "spor_om_tjeneste",
    "ask_calling": "spor_om_tjeneste",
    "ask_referral": "spor_om_tjeneste",
    "ask_coordinator": "spor_om_tjeneste",
    "ask_ways_of_working": "spor_om_tjeneste",
    "ask_services": "spor_om_tjeneste",
    "ask_booking": "spor_time",
    "gibberish": "uforstaelig",
}
# What theme a free line about information falls back to when no ask_* intent is surer.
INTENT_OF_THEME: dict[str, str] = {
    "smalltalk": "greet",
    "spor_om_bot": "ask_bot",
    "spor_om_personvern": "ask_privacy",
    "spor_om_tjeneste": "ask_services",
    "spor_time": "ask_booking",
    "uforstaelig": "gibberish",
}
# Intents that only mean something as answers inside the talk.
ANSWER_INTENTS: tuple[str, ...] = (
    "affirm",
    "deny",
    "dont_know",
    "refuse",
    "give_fact",
    "correct",
    "want_human",
    "something_else",
)
INTENTS: tuple[str, ...] = ("tell", "choose", "choose_time", *ANSWER_INTENTS, *THEME_OF_INTENT)
