"""The sparse features that every classifier of ours reads: words and letters."""

from __future__ import annotations

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from bot.nlu.normalise import canonical, clean


def text_features(min_df: int = 2) -> FeatureUnion:
    """Return an unfitted vectoriser: strings → sparse rows.

    Words and word pairs come from the canonical form (dialects fall together),
    letters from the surface (typos and word endings stay visible).
    """
    words = TfidfVectorizer(
        preprocessor=canonical,
        token_pattern=r"\S+",  # noqa: S106
        ngram_range=(1, 2),
        min_df=min_df,
        sublinear_tf=True,
    )
    letters = TfidfVectorizer(
        preprocessor=canonical,
        analyzer="char_wb",
        ngram_range=(2, 5),
        min_df=min_df,
        sublinear_tf=True,
    )
    surface = TfidfVectorizer(
        preprocessor=clean, analyzer="char_wb", ngram_range=(3, 4), min_df=min_df, sublinear_tf=True
    )
    return FeatureUnion([("words", words), ("letters", letters), ("surface", surface)])
