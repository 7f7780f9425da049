"""Closed eyes, and a focus that missed the face."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from skimage.data import astronaut

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.faces import Eyes, SeenFace
from photo_organizer.engine.domain.facts import Facts, Pixels
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import Flag, Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.faces.finder import FaceFinder
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.quality import flaws
from tests.engine.faces_made import face, out_of_focus, portrait, seen
from tests.engine.quality.test_flaws import library


def picture(pixels: Pixels) -> Picture:
    return Picture(pixels, pixels.shape[1], pixels.shape[0], "JPEG")


PORTRAIT = astronaut()
SHARP = library([picture(PORTRAIT)])


def flagged(
    people: list[SeenFace],
    facts: Facts = SHARP,
    thresholds: Thresholds | None = None,
    decisions: Decisions | None = None,
) -> list[Flag]:
    """The flags of one photo with these people; what its pixels alone say is left out."""
    alone = flaws.flaw_scores(facts)
    scores = flaws.with_eyes(flaws.flaw_scores(facts, faces=[people]), facts, [people])
    scores = np.where(scores > alone, scores, 0)
    return flaws.judge(facts, scores, thresholds or Thresholds(), decisions, [people]).standing


# ---------------------------------------------------------------------- closed eyes


def test_closed_eyes_are_flagged_and_the_face_is_shown() -> None:
    (flag,) = flagged([seen(face(0.4, 0.3, 0.2, openness=0.1))])
    assert flag.flaw is Flaw.EYES_CLOSED
    assert flag.reason.text() == "Eyes may be closed"
    assert flag.region == Region(0.4, 0.3, pytest.approx(0.2), pytest.approx(0.2))


def test_open_eyes_and_narrow_ones_are_not_flagged() -> None:
    assert flagged([seen(face(openness=0.35))]) == []
    assert flagged([seen(face(openness=0.18))]) == []


def test_a_person_whose_eyes_are_as_open_as_ever_is_not_flagged() -> None:
    assert flagged([seen(face(openness=0.1), Eyes.OPEN)]) == []


def test_one_of_two_in_front_is_enough_and_somebody_behind_is_not() -> None:
    front = face(0.1, openness=0.35, size=200)
    beside, behind = face(0.6, openness=0.1, size=180), face(0.6, openness=0.1, size=60)
    (flag,) = flagged([seen(front), seen(beside)])
    assert flag.region == Region.within(beside.box)
    assert flagged([seen(front), seen(behind)]) == []


def test_a_slider_finds_more_and_what_is_called_fine_stays_fine() -> None:
    narrow = [seen(face(openness=0.18))]
    more = Thresholds().with_change(Flaw.EYES_CLOSED.threshold, 0.2)
    assert [flag.flaw for flag in flagged(narrow, thresholds=more)] == [Flaw.EYES_CLOSED]
    content = SHARP.photos[0].content_hash
    fine = Decisions(fine=frozenset({(content, Flaw.EYES_CLOSED)}))
    assert flagged([seen(face(openness=0.05))], decisions=fine) == []


def test_a_face_beyond_the_edge_is_shown_as_far_as_it_is_there() -> None:
    (flag,) = flagged([seen(face(0.9, -0.05, 0.2, openness=0.1))])
    assert flag.region == Region(0.9, 0.0, pytest.approx(0.1), pytest.approx(0.15))


def test_only_closed_eyes_are_gentle() -> None:
    assert [flaw for flaw in Flaw if flaw.is_gentle] == [Flaw.EYES_CLOSED]


# ---------------------------------------------------------------------- missed focus


@pytest.mark.parametrize("share", [0.02, 0.03])
def test_a_soft_face_before_a_sharp_background_is_out_of_focus(share: float) -> None:
    pixels = portrait(PORTRAIT, partial(out_of_focus, share=share))
    people = [seen(each, Eyes.OPEN) for each in FaceFinder().find(pixels)]
    (flag,) = flagged(people, library([picture(pixels)]))
    assert flag.flaw is Flaw.BLUR
    assert flag.reason.code == "flaws.soft_face"
    assert flag.region == Region.within(people[0].face.box)


def test_a_sharp_face_is_in_focus() -> None:
    people = [seen(each, Eyes.OPEN) for each in FaceFinder().find(PORTRAIT)]
    assert people
    assert flagged(people) == []


SOFT = face(sharpness=0.008)


def test_a_photo_that_is_soft_throughout_missed_no_face() -> None:
    table = SHARP.measures.copy()
    measures.column(table, "detail_worst_2_top")[:] = -1.6
    assert flagged([seen(SOFT)], replace(SHARP, measures=table)) == []
    assert [flag.flaw for flag in flagged([seen(SOFT)])] == [Flaw.BLUR]


def test_one_sharp_face_of_those_in_front_is_enough() -> None:
    assert flagged([seen(SOFT), seen(face(0.1, size=140))]) == []


@pytest.mark.parametrize(
    "told_little",
    [{"size": 60}, {"width": 0.07}, {"yaw": 70.0}],
    ids=["of few pixels", "small in the photo", "turned away"],
)
def test_nobody_can_tell_a_missed_focus_by_a_face_that_is(told_little) -> None:
    assert flagged([seen(face(sharpness=0.008, **told_little))]) == []
