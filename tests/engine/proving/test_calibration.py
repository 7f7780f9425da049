"""What numbers of a model mean, from few of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from photo_organizer.engine.proving.calibration import area, calibrated, chance_spread

NUMBERS = st.lists(st.integers(-1000, 1000).map(lambda n: n / 1000), min_size=4, max_size=40)
WITHIN = {"rel": 1e-6, "abs": 1e-9}


@given(NUMBERS, NUMBERS, st.floats(-3, 3), st.floats(0.01, 100))
@example([0.0] * 4, [0.0, -0.001, 0.003, -0.002], 0.0, 1.25)  # means that only rounding tells apart
def test_moved_and_stretched_numbers_mean_the_same(
    fitting: list[float], unfitting: list[float], shift: float, scale: float
) -> None:
    fits, others = np.array(fitting), np.array(unfitting)
    assume(np.ptp(np.concatenate([fits, others])) > 0)
    before = calibrated(fits, others, kept_out=others)
    after = calibrated(
        fits * scale + shift, others * scale + shift, kept_out=others * scale + shift
    )
    assert after.middle == pytest.approx(before.middle * scale + shift, rel=1e-4, abs=1e-4)
    assert after.spread == pytest.approx(before.spread * scale, rel=1e-3)


@given(NUMBERS, NUMBERS)
def test_higher_numbers_never_mean_less(fitting: list[float], unfitting: list[float]) -> None:
    meaning = calibrated(fitting, unfitting)
    assert meaning.spread > 0
    assert 0 <= meaning.weight <= 1
    odds = meaning.log_odds(np.linspace(-2, 2, 50, dtype=np.float32))
    assert (np.diff(odds) >= 0).all()
    assert meaning.log_odds(np.array([meaning.middle], np.float32))[0] == pytest.approx(0, abs=0.1)


@given(NUMBERS, NUMBERS, st.floats(0.01, 2))
def test_where_both_are_apart_the_middle_lies_between(
    fitting: list[float], unfitting: list[float], gap: float
) -> None:
    fits = np.array(fitting) - min(fitting) + max(unfitting) + gap
    for kept_out in ([], unfitting):
        meaning = calibrated(fits, unfitting, kept_out=kept_out)
        assert max(unfitting) < meaning.middle < fits.min()
        assert meaning.weight == 1


@given(NUMBERS, NUMBERS)
def test_the_area_is_the_share_of_pairs_in_order(
    fitting: list[float], unfitting: list[float]
) -> None:
    fits, others = np.array(fitting)[:, None], np.array(unfitting)[None, :]
    expected = np.mean((fits > others) + 0.5 * (fits == others))
    assert area(fitting, unfitting) == pytest.approx(expected, **WITHIN)
    assert area(unfitting, fitting) == pytest.approx(1 - expected, **WITHIN)


def test_one_odd_picture_moves_little() -> None:
    rng = np.random.default_rng(0)
    fitting, unfitting = rng.normal(0.28, 0.02, 40), rng.normal(0.2, 0.02, 40)
    before = calibrated(fitting, unfitting)
    unfitting[0] = 5.0
    after = calibrated(fitting, unfitting)
    assert abs(after.middle - before.middle) < 0.005


def test_what_says_nothing_has_no_weight_and_sure_odds_nowhere() -> None:
    same = calibrated([0.5] * 10, [0.5] * 10)
    assert (same.middle, same.weight) == (0.5, 0)
    assert same.spread > 0
    wrong_way = calibrated([0.1, 0.2, 0.3], [0.5, 0.6, 0.7])
    assert wrong_way.weight == 0


def test_few_cases_give_no_high_odds() -> None:
    # Ten numbers each, all alike: that they are quite apart says no more than ten to one.
    meaning = calibrated([1.0] * 10, [0.0] * 10)
    odds = meaning.log_odds(np.array([0.0, 1.0], np.float32))
    np.testing.assert_allclose(odds, [-np.log(11), np.log(11)], rtol=1e-3)


@pytest.mark.parametrize("wrong", [[], [0.1, np.nan], [np.inf]])
def test_numbers_that_are_none_are_not_judged(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="without numbers"):
        calibrated(wrong, [0.1, 0.2])


def test_chance_strays_as_it_is_said() -> None:
    rng = np.random.default_rng(3)
    areas = [area(rng.normal(size=15), rng.normal(size=15)) for _ in range(2000)]
    assert np.std(areas) == pytest.approx(chance_spread(15, 15), rel=0.1)


# ------------------------------------------------------------- what real models are like

CATEGORIES = 23
FAMILIES = {
    # Of unfitting pairs and of fitting ones: mean, spread.
    "OpenAI": ((0.185, 0.0175), (0.285, 0.0175)),
    "LAION, DataComp": ((0.06, 0.03), (0.275, 0.0375)),
    "SigLIP": ((-0.005, 0.022), (0.125, 0.022)),
}
Drawn = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def draw(family: str, fitting: int, strangers: int, rng: np.random.Generator) -> Drawn:
    """Scores of right names, of the best wrong ones beside them, and the best of strangers."""
    (other, wide), (mean, spread) = FAMILIES[family]
    fits = rng.normal(mean, spread, fitting)
    close = fits - rng.uniform(0.02, 0.04, fitting) * spread / 0.0175
    second = np.maximum(rng.normal(other, wide, (fitting, CATEGORIES - 3)).max(axis=1), close)
    # Some pictures are a little like everything.
    liking = rng.normal(0, wide / 2, (strangers, 1))
    stranger = (rng.normal(other, wide, (strangers, CATEGORIES)) + liking).max(axis=1)
    return fits, second, stranger


@pytest.mark.parametrize("family", FAMILIES)
def test_the_threshold_keeps_strangers_out_of_a_fresh_sample(family: str) -> None:
    """At the size of the set of the check: of 100 thresholds, how each does on 20,000 photos.

    An uncertain photo goes to others: 95 of 100 strangers do, with nearly every draw; and what that
    costs is about one in twenty that belonged somewhere.
    """
    rng = np.random.default_rng(0)
    fits, _, strangers = draw(family, 20_000, 20_000, rng)
    kept_out, lost = [], []
    for _ in range(100):
        right, second, stranger = draw(family, 42, 32, rng)
        wrong = np.concatenate([second, stranger])
        meaning = calibrated(right, wrong, kept_out=stranger, takes=2)
        kept_out.append(np.mean(strangers < meaning.middle))
        lost.append(np.mean(fits < meaning.middle))
    assert np.mean(np.array(kept_out) >= 0.95) >= 0.98
    assert np.mean(lost) <= 0.08
    assert np.quantile(lost, 0.95) <= 0.17


def test_quality_pairs_that_tell_are_told_from_those_that_say_nothing() -> None:
    """Differences lie within ±3 at the model's scale; the area of a pair is 0.7 to 0.95."""
    from photo_organizer.engine.proving.check import tells

    rng = np.random.default_rng(1)
    clean = rng.normal(-0.3, 0.8, (200, 16)).astype(np.float32)
    good = rng.normal(1.2, 0.8, (200, 16)).astype(np.float32)
    nothing = rng.normal(-0.3, 0.8, (200, 16)).astype(np.float32)
    assert np.mean([tells(g, c, cases=16) for g, c in zip(good, clean, strict=True)]) > 0.95
    assert np.mean([tells(n, c, cases=16) for n, c in zip(nothing, clean, strict=True)]) < 0.05
