import pytest

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.highlights import faces
from tests.engine.faces_made import face, seen

OPEN, CLOSED = seen(face()), seen(face(openness=0.03))
WHY = Reason("highlights.why", items=(Reason("highlights.shown_3"),))


def test_open_sharp_faces_count_for_closed_eyes_against_and_no_face_nothing():
    open_, closed, nobody = faces.shifts([[OPEN], [CLOSED], []])
    assert open_ > nobody == 0 > closed


def test_both_are_small_beside_what_else_photos_differ_in():
    assert abs(faces.shifts([[OPEN], [CLOSED]])).max() < 0.15


def test_the_softest_of_those_in_front_decides_and_whoever_passes_behind_does_not():
    soft, passer = seen(face(sharpness=0.05)), seen(face(size=40, sharpness=0.01))
    assert faces.shifts([[OPEN, soft], [OPEN, passer]]).tolist() == [
        0,
        pytest.approx(float(faces.shifts([[OPEN]])[0])),
    ]


def test_one_with_closed_eyes_counts_more_than_one_with_open_eyes():
    assert faces.shifts([[OPEN, CLOSED]])[0] == faces.shifts([[CLOSED]])[0]


def test_where_nobody_can_tell_nothing_counts():
    assert faces.shifts([[seen(face(), Eyes.CANT_TELL)]]).tolist() == [0]


def test_what_counted_is_told():
    told = faces.with_faces([WHY, WHY, WHY], faces.shifts([[OPEN], [CLOSED], []]))
    assert [reason.text() for reason in told] == [
        "worth showing, a sharp face with open eyes",
        "worth showing, eyes that may be closed",
        "worth showing",
    ]


def test_equal_reasons_stay_one_object():
    one, two, three = faces.with_faces([WHY] * 3, faces.shifts([[OPEN], [OPEN], []]))
    assert one is two
    assert three is WHY


def test_a_reason_that_lists_nothing_stays_alone():
    flat = Reason("highlights.flat")
    assert faces.with_faces([flat], faces.shifts([[OPEN]])) == [flat]
