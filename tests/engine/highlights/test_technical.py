"""The technical score."""

import numpy as np
import pytest

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.highlights import technical
from photo_organizer.engine.pixels import measures
from tests.engine.highlights.test_ranking import library


def test_native_scores_become_shares_of_their_scale():
    native = np.array([0.0, 1.0, 5.5, 10.0, 12.0], np.float32)
    assert technical.to_unit(native, 1, 10) == pytest.approx([0, 0, 0.5, 1, 1])


def test_technical_score_rises_with_sharpness_and_falls_with_flaws():
    facts = library(np.eye(3))
    facts.measures[1, measures.NAMES.index("detail_worst_2_top")] = -3
    flaws = np.zeros((3, len(Flaw)), np.float32)
    flaws[2, 0] = 0.8
    sharp, soft, flawed = technical.technical_scores(facts, flaws)
    assert 1 >= sharp > soft > 0
    assert flawed == pytest.approx(0.2 * sharp)


def test_each_part_has_a_name_and_a_share_of_the_score():
    facts = library(np.eye(2))
    parts = technical.parts(facts.measures, technical.pixels(facts))
    assert parts.shape == (2, len(technical.names()))
    assert len(technical.weights()) == len(set(technical.names())) == len(technical.names())
    # The photos of the library have as many pixels as are worth counting.
    assert parts[:, technical.names().index("size")] == pytest.approx([1, 1])
    assert technical.mean(np.ones_like(parts)) == pytest.approx([1, 1])
