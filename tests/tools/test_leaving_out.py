"""Whole sources are left out, and what is said of them is a chance."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from tools import additive, leaving_out


def test_no_source_is_parted_and_every_fold_has_bad_photos():
    source = np.repeat([f"set {number:02}" for number in range(24)], 5)
    part = np.where(np.arange(120) < 60, "made", "real")
    bad = np.isin(source, ["set 03", "set 05", "set 07", "set 17", "set 19", "set 23"])
    fold = leaving_out.folds(part, source, bad, 3)
    assert all(len(set(fold[source == one])) == 1 for one in source)
    assert all((bad & (part == one) & (fold == n)).any() for one in set(part) for n in range(3))


def test_a_source_of_many_counts_as_the_square_root_of_them():
    each = leaving_out.as_one_taste(np.array(["a"] * 9 + ["b"]))
    assert each[:9].sum() == 3
    assert each[9] == 1


def test_groups_stand_for_as_many_photos_as_asked():
    first = np.arange(10) < 4
    weights = leaving_out.all_together(
        ((first, 30.0), (~first, 60.0), (np.zeros(10, bool), 5.0)), np.linspace(1, 2, 10)
    )
    assert np.isclose(weights[first].sum(), 30)
    assert np.isclose(weights[~first].sum(), 60)


def test_photos_are_asked_of_models_that_have_not_seen_them():
    fold = np.arange(30) % 3
    fitted = []

    def fit_on(chosen):
        fitted.append(chosen)
        # Says of each photo how many photos it learned from.
        return additive.Additive(float(chosen.sum()), np.zeros((1, 2)), np.zeros((1, 2)))

    assert (leaving_out.unseen(fit_on, np.zeros((30, 1)), fold) == 20).all()
    assert [set(fold[chosen]) for chosen in fitted] == [{1, 2}, {0, 2}, {0, 1}]


def test_a_score_is_the_chance_where_one_photo_in_so_many_has_the_flaw():
    random = np.random.default_rng(3)
    truth = np.arange(4000) < 2000
    # Log-odds of even shares, twice too sure.
    odds = random.normal(np.where(truth, 1, -1), 1) * 2 * 2
    slope, shift = leaving_out.calibration(odds, truth, np.ones(4000), ~truth, [truth])
    chances = expit(slope * odds + shift)
    usual = np.where(truth, 1 / leaving_out.USUAL, 1 - 1 / leaving_out.USUAL) / 2000
    assert np.isclose(usual @ chances, 1 / leaving_out.USUAL, rtol=0.1)
    assert 0.4 < slope < 0.6


def test_groups_of_flawed_photos_speak_alike_however_many_they_are():
    odds = np.array([-2.0] * 50 + [0.0] * 40 + [4.0] * 2)
    truth = odds > -1
    few, many = odds > 3, truth & (odds < 3)
    both = leaving_out.calibration(odds, truth, np.ones(92), ~truth, [few, many])
    repeated = np.concatenate([odds, [4.0] * 38])
    again = leaving_out.calibration(
        repeated,
        repeated > -1,
        np.ones(130),
        repeated <= -1,
        [repeated > -1],
    )
    assert np.allclose(both, again, atol=0.02)


def test_what_is_found_is_counted_and_printed(capsys):
    flagged = np.array([True, False, True, False, False])
    damaged = np.array([True, True, False, False, False])
    kind = np.array(["gaussian", "gaussian", "fog", "fog", "as it is"])
    shares = leaving_out.shares(flagged, {"made": damaged})
    assert shares == {"made": {"flagged": 1, "of": 2}}
    assert leaving_out.said(shares) == "made 1/2"
    leaving_out.print_kinds(flagged, kind, damaged, ~damaged)
    printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert printed == ["found gaussian: 0.500", "WRONGLY fog: 0.500"]
