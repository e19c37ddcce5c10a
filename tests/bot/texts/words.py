"""The lists of words that the tests hold our texts to."""

from bot.texts.words import BOKMAL, CLINICAL, NEVER_SAID, NYNORSK

__all__ = ["BOKMAL", "CLINICAL", "NEVER_SAID", "NYNORSK"]
