"""The sparse features that every classifier of ours reads: words and letters."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from bot.nlu.normalise import canonical, clean


def prepared(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Return the canonical form and the clean surface of each text, as the vectoriser reads it."""
    return [(canonical(text), clean(text)) for text in texts]


def text_features(min_df: int = 2) -> FeatureUnion:
    """Return an unfitted vectoriser: prepared texts → sparse rows.

    Words and word pairs come from the canonical form (dialects fall together),
    letters from the surface (typos and word endings stay visible).
    """
    words = TfidfVectorizer(
        preprocessor=itemgetter(0),
        token_pattern=r"\S+",  # noqa: S106
        ngram_range=(1, 2),
        min_df=min_df,
        sublinear_tf=True,
    )
    letters = TfidfVectorizer(
        preprocessor=itemgetter(0),
        analyzer="char_wb",
        ngram_range=(2, 5),
        min_df=min_df,
        sublinear_tf=True,
    )
    surface = TfidfVectorizer(
        preprocessor=itemgetter(1),
        analyzer="char_wb",
        ngram_range=(3, 4),
        min_df=min_df,
        sublinear_tf=True,
    )
    return FeatureUnion([("words", words), ("letters", letters), ("surface", surface)])
