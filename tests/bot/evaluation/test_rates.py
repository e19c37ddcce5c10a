"""The Wilson interval and the macro F1, against figures worked out by hand."""

from __future__ import annotations

import pytest

from bot.evaluation.rates import Rate, macro_f1


def test_wilson_interval_of_nine_in_ten() -> None:
    # Worked out from Wilson's formula: centre 0.7895, reach 0.1932.
    low, high = Rate(9, 10).interval or (0, 0)
    assert low == pytest.approx(0.596, abs=0.001)
    assert high == pytest.approx(0.982, abs=0.001)


def test_all_right_is_not_certainty() -> None:
    low, high = Rate(20, 20).interval or (0, 0)
    assert low < 0.85
    assert high == 1.0


def test_nothing_counted_has_no_value() -> None:
    assert Rate(0, 0).value is None
    assert str(Rate(0, 0)) == "–"


def test_macro_f1_weighs_rare_themes_as_common_ones() -> None:
    pairs = [(["stress"], ["stress"])] * 9 + [(["sorg"], ["stress"])]
    # stress: 9 hits, 1 false, 0 missed → 18/19; sorg: 0.
    assert macro_f1(pairs) == pytest.approx((18 / 19 + 0) / 2)
