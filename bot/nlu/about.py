"""Whom it is about, put right: "det er meg det gjelder", "nei ikke meg, kompisen min"."""

from __future__ import annotations

import re

_ABOUT_ME = re.compile(
    r"\bdet (?:er|gjelder) (?:jo |faktisk |egentlig )?meg\b(?! som)|\bhandler om meg\b|"
    r"\b(?:mente|mener) meg(?: selv)?\b|\b(?:men|bare) (?:mot|om) meg\b|^nei (?:mot )?meg\b"
)
_SOMEBODY = (
    r"(?:(?:en|ei|min|mi|a|my) )?(?:(?:beste? ?|lille|store)?(?:venn\w*|kompis\w*|kamerat\w*|"
    r"søster\w*|søstr\w*|bror\w*|brør\w*|jentevenn\w*)|kjæreste\w*|typen|elev\w*|datter\w*|sønn\w*|"
    r"klassekamerat\w*|friend\w*|sister|brother|(?:noen|en|ei|somebody|someone) "
    r"(?:andre|annen|jeg kjenner|i klassen|på laget|i gjengen|else|i know))"
)
_NOT_ME = re.compile(
    r"^(?:(?:nei|nja|men|neida|no|nah) ,? ?)*"
    r"(?:(?:det|dette|it's|its|it is) (?:er |gjelder |handler )?(?:jo |egentlig |about )?)?"
    r"(?:ikke (?:om )?meg|not (?:for |about )?(?:me|med))\b(?! (?:lenger|selv|som|å)\b)"
)
_FOR_OTHERS = re.compile(
    rf"\b(?:det gjelder|handler om|spør for|spør på vegne av|på vegne av|skriver for|asking for|"
    rf"it's about|its about) {_SOMEBODY}\b"
)
_NAMES = re.compile(rf"\b{_SOMEBODY}\b")


def says_about_me(canonical: str) -> bool:
    """Say whether a message in canonical spelling puts right that it is about its writer."""
    return bool(_ABOUT_ME.search(canonical))


def says_about_other(canonical: str) -> bool:
    """Say whether a message in canonical spelling puts right that it is about somebody else."""
    return bool(_NOT_ME.search(canonical) or _FOR_OTHERS.search(canonical))


def names_other(canonical: str) -> bool:
    """Say whether it puts that right and says who it is: to "nei ikke meg" alone nobody is."""
    return says_about_other(canonical) and bool(_NAMES.search(canonical))
