"""The highlights' head on small made data: two directions that matter, and what must not."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import measures
from tools import highlight_head as head
from tools.highlight_photos import Damaged, Kinds, Pages, Shown, unit

MERIT, FIRST_SUBJECT, DAMAGE, PAGE, BURNT = range(5)
"""Axes of the made features."""
DIMENSION = 8


@pytest.fixture(autouse=True)
def _short_features(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head, "DIMENSION", DIMENSION)
    monkeypatch.setattr(head, "FOLDS", 4)


def noise(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.3, (count, DIMENSION))


def photos(count: int = 160) -> Shown:
    """Of two subjects: of the first, most were shown; within each, merit tells."""
    number = np.arange(count)
    first = number % 2 == 0
    shown = np.where(first, number % 8 != 0, number % 8 == 1)
    rows = noise(count, 1)
    rows[:, MERIT] += np.where(shown, 1, -1)
    rows[:, FIRST_SUBJECT] += np.where(first, 1, -1)
    return Shown(
        unit(rows),
        shown,
        np.where(first, "first", "second"),
        number // 8,
        np.zeros((count, len(measures.NAMES)), np.float32),
        np.full(count, 1e6, np.float32),
    )


def damaged(count: int = 30) -> Damaged:
    """Copies that differ by their damage; burnt ones by nothing else than being bright."""
    rows = noise(count, 2)
    copies = np.repeat(rows[:, None], len(Damaged.flaws()), axis=1)
    for place, flaw in enumerate(Damaged.flaws()):
        copies[:, place, BURNT if flaw is Flaw.OVEREXPOSED else DAMAGE] += 1
    return Damaged(unit(rows), unit(copies))


def pages(count: int = 20) -> Pages:
    rows = noise(count, 3)
    rows[:, PAGE] += 1
    return Pages(unit(rows), np.arange(count))


def kinds() -> Kinds:
    rows = np.zeros((2, DIMENSION), np.float32)
    rows[:, FIRST_SUBJECT] = 0.7, -0.7
    return Kinds(rows, np.full(2, 0.5))


def test_merit_is_liked_and_damage_and_pages_are_not() -> None:
    line = head.fit_line(photos(), damaged(), pages(), kinds())
    assert line.weights[MERIT] > 0 > line.weights[DAMAGE]
    assert line.weights[PAGE] < 0
    assert head.within_subjects(line.odds(photos().rows), photos()) > 0.95


def test_what_a_photo_is_of_says_less_the_more_kinds_count(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for strength in (0.0, 0.1, 10.0):
        monkeypatch.setattr(head, "KINDS", strength)
        line = head.fit_line(photos(), damaged(), pages(), kinds())
        said.append(abs(line.weights[FIRST_SUBJECT]) / line.weights[MERIT])
    assert all(more > less for more, less in pairwise(said))


def test_flaws_count_alike_however_many_copies_have_them_but_burnt_ones_more() -> None:
    each = head.weigh_copies(damaged())
    of_flaw = dict.fromkeys(Damaged.flaws(), 0.0)
    for flaw, counts in zip(Damaged.flaws(), each, strict=True):
        of_flaw[flaw] += counts
    assert sum(each) == pytest.approx(1)
    assert of_flaw[Flaw.BLUR] == pytest.approx(of_flaw[Flaw.NOISE])
    assert of_flaw[Flaw.OVEREXPOSED] == pytest.approx(3 * of_flaw[Flaw.NOISE])


def test_a_copy_that_only_other_photos_teach_is_below_its_photo() -> None:
    above = head.above_copies(damaged(), photos(), pages(), kinds())
    assert above.shape == (len(Damaged.flaws()),)
    assert above.min() > 0.8


def test_shown_and_ordinary_count_alike_in_all() -> None:
    given = photos()
    counts = head.weigh(given)
    assert counts[given.shown].sum() == pytest.approx(0.5)
    assert counts[~given.shown].sum() == pytest.approx(0.5)


def test_sources_are_left_out_whole() -> None:
    given = replace(photos(), source=np.repeat(np.arange(8), 20))
    fold = head.folds(given)
    assert all(len(set(fold[given.source == number])) == 1 for number in range(8))
    assert len(set(fold)) == 4


def test_a_head_says_what_it_was_fitted_on_and_how_well_and_is_the_same_again() -> None:
    first, again = (
        head.fit(photos(), damaged(), pages(), kinds(), version="one") for _ in range(2)
    )
    assert first.fitted_on["shown"] == photos().shown.sum()
    assert first.fitted_on["damaged"] == damaged().copies[..., 0].size
    assert first.left_out["within_subjects"]["head"] > 0.9
    assert first.left_out["above_damaged_copy"] > 0.9
    assert first.encoder_version == "one"
    assert (first.version, first.weights.tobytes()) == (again.version, again.weights.tobytes())
    assert "left out" in head.report(first)


@pytest.mark.parametrize(
    ("odds", "area"), [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([1] * 4, 0.5)]
)
def test_the_area_is_the_chance_to_be_above(odds: list[float], area: float) -> None:
    assert head.auc(np.array(odds), np.array([False, False, True, True])) == area
