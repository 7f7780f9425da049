"""The score of the starter's own head: how much photos look like those that people show."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.results import LIBRARY, Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.highlights import shown, technical
from photo_organizer.engine.judging.judge import Judge
from photo_organizer.engine.pixels import fingerprints, measures
from tests.engine.fakes import FakeEncoder
from tests.engine.highlights.test_ranking import library

FIRST_AXIS = LinearHead(np.eye(4, dtype=np.float32)[0] * 4, 0.0, "starter", "1", -4.0, 4.0)


def photos(firsts):
    """Photos with so much on the first axis of their embeddings, and with full contrast."""
    rows = np.array([[first, (1 - first**2) ** 0.5, 0, 0] for first in firsts])
    rows = rows.reshape(-1, 4)
    return with_brightness(library(rows), 0.05, 0.95)


def with_brightness(facts, darkest, brightest):
    measured(facts, "bright_01")[:] = darkest
    measured(facts, "bright_999")[:] = brightest
    return facts


def measured(facts, name):
    return facts.measures[:, measures.NAMES.index(name)]


def test_the_head_decides_and_its_own_scale_is_passed_through():
    scored = shown.shown_scores(photos([-1, -0.5, 0, 0.5, 1]), FIRST_AXIS)
    assert scored.native == pytest.approx([-4, -2, 0, 2, 4])
    assert all(one < other for one, other in pairwise(scored.scores))
    assert scored.scores.dtype == np.float32
    assert 0 <= scored.scores.min() < 0.25 < 0.75 < scored.scores.max() <= 1


def test_a_fifth_is_the_technical_score():
    facts = photos([0, 0])
    measured(facts, "detail_worst_2_top")[1] = -3
    sharp, soft = shown.shown_scores(facts, FIRST_AXIS).scores
    parts = technical.parts(facts.measures, technical.pixels(facts))
    worth = technical.mean(parts)
    assert sharp - soft == pytest.approx(0.2 * (worth[0] - worth[1]), abs=1e-6)
    assert sharp > soft


@pytest.mark.parametrize(
    ("darkest", "brightest"), [(0.5, 0.5), (0.0, 0.01), (0.98, 1.0), (0.0, 0.06)]
)
def test_a_picture_of_one_colour_counts_nothing(darkest, brightest):
    scored = shown.shown_scores(with_brightness(photos([1]), darkest, brightest), FIRST_AXIS)
    assert scored.scores == pytest.approx([0])
    assert scored.reasons[0].text() == "almost no contrast"
    assert scored.native == pytest.approx([4])


def test_stars_in_the_dark_and_fog_count_whole():
    facts = photos([0.5, 0.5, 0.5])
    measured(facts, "bright_01")[:] = (0.0, 0.5, 0.05)
    measured(facts, "bright_999")[:] = (0.6, 0.72, 0.95)
    measured(facts, "bright_50")[:] = 0.4
    stars, fog, usual = shown.shown_scores(facts, FIRST_AXIS).scores
    assert stars == pytest.approx(usual)
    assert fog == pytest.approx(usual)


def test_equal_photos_have_equal_scores_and_one_reason():
    facts = photos([0.3] * 50)
    scored = shown.shown_scores(facts, FIRST_AXIS)
    assert len(set(scored.scores.tolist())) == 1
    assert len({id(reason) for reason in scored.reasons}) == 1


def test_the_reason_tells_the_likeness_then_what_is_technically_best_and_worst():
    facts = photos([1, 0, -1])
    measured(facts, "detail_worst_2_top")[:] = (1, -4, -1)
    measured(facts, "bright_50")[:] = 0.25
    measured(facts, "contrast")[:] = 0.13
    measured(facts, "colourfulness")[:] = 20
    measured(facts, "concentration")[:] = 0.3
    measured(facts, "clipped_all")[:] = 0.15
    measured(facts, "noise_flat")[:] = 2
    facts.photos[:] = [replace(photo, width=1000, height=800) for photo in facts.photos]
    told = [reason.text() for reason in shown.shown_scores(facts, FIRST_AXIS).reasons]
    assert told == [
        "well worth showing, sharp",
        "between everyday and worth showing, soft",
        "an everyday picture",
    ]


def test_no_photos():
    scored = shown.shown_scores(photos([]), FIRST_AXIS)
    assert (len(scored.scores), len(scored.native), list(scored.reasons)) == (0, 0, [])


def test_the_shipped_head_is_for_this_version_of_the_starter_and_says_how_well_it_does():
    head = shown.head_for(StarterEncoder())
    assert head is not None
    assert head.low < 0 < head.high
    assert head.fitted_on["shown"] > 1000
    within = head.left_out["within_subjects"]
    assert within["score"] >= 0.8 > within["technical score"]
    assert head.left_out["above_damaged_copy"] > 0.8


@pytest.mark.parametrize(
    "change", [{"name": "other"}, {"version": "lite2-another"}, {"dimension": 48}]
)
def test_the_shipped_head_is_refused_for_any_other_model(change):
    class Other(FakeEncoder):
        name, version, dimension = (
            change.get(key, getattr(StarterEncoder(), key))
            for key in ("name", "version", "dimension")
        )

    assert shown.head_for(Other()) is None


class Starter(FakeEncoder):
    """Called like the starter, and knows as little as the fake."""

    name, version, dimension = "starter", StarterEncoder().version, StarterEncoder().dimension


def judged(count=6, liked=(), **more):
    """A library of the starter's; the first photo is flagged as dark.

    Photos that are `liked` have something in common that others have not.
    """
    rows = np.random.default_rng(1).normal(size=(count, Starter.dimension))
    rows[:, 0] = np.where(np.isin(np.arange(count), liked), 20, -20) if len(liked) else rows[:, 0]
    facts = with_brightness(library(rows), 0.05, 0.95)
    prints = np.zeros((count, fingerprints.SIZE), np.uint8)
    return Judge(replace(facts, fingerprints=prints), (), Starter(), offered=(), **more)


def test_the_judge_ranks_the_starters_photos_by_it_and_says_why():
    judge = judged()
    result = judge.judge(Thresholds(), Decisions())
    assert str(result.scorer) == "likeness to photos people show"
    head = shown.head_for(Starter())
    assert head is not None
    expected = shown.shown_scores(judge.facts, head)
    found = {one.photo: one for one in result.highlights[LIBRARY]}
    assert [found[100 + i].score for i in range(6)] == pytest.approx(expected.scores.tolist())
    assert [found[100 + i].native for i in range(6)] == pytest.approx(expected.native.tolist())
    assert all(one.reason is not None for one in found.values())
    told = result.to_contract()["details"]["highlights"]
    assert told["reasons"].keys() == told["native"].keys()


def test_flaws_take_nothing_from_the_score():
    before = judged().judge(Thresholds(), Decisions())
    flagged = {flag.photo for flag in before.flags if flag.flaw is not Flaw.SMALL}
    assert flagged
    scores = {one.photo: one.score for one in before.highlights[LIBRARY]}
    judge = judged()
    head = shown.head_for(Starter())
    assert head is not None
    assert [scores[100 + i] for i in range(6)] == pytest.approx(
        shown.shown_scores(judge.facts, head).scores.tolist()
    )


def test_a_scorer_that_the_user_chose_comes_first():
    dimension = Starter.dimension
    own = LinearHead(np.ones(dimension, np.float32), 0.0, "starter", "mine", -1.0, 1.0)
    result = judged(head=own).judge(Thresholds(), Decisions())
    assert str(result.scorer) == "score learned from ratings (mine)"
    assert all(one.reason is None for one in result.highlights[LIBRARY])


def test_taste_learns_on_top_of_it():
    liked = range(0, 80, 2)
    judge = judged(80, liked)
    photos = judge.facts.photos
    stars = {p.content_hash: 5 if i in liked else 1 for i, p in enumerate(photos)}
    plain = judge.judge(Thresholds(), Decisions())
    result = judge.judge(Thresholds(), Decisions(ratings=stars))
    assert result.taste is not None
    assert result.taste.values["ratings"] == 80
    assert str(result.scorer) == "likeness to photos people show, and your taste"
    before, after = (
        {one.photo: one.score for one in each.highlights[LIBRARY]} for each in (plain, result)
    )
    gained = [after[photo.id] - before[photo.id] for photo in photos]
    assert np.mean(gained[0::2]) > 0.02
    assert np.mean(gained[1::2]) < -0.02
