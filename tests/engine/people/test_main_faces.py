from photo_organizer.engine.people.main_faces import main_faces
from tests.engine.faces_made import face


def test_a_photo_is_of_the_largest_face_and_of_those_about_as_near():
    front, beside, behind = face(size=200), face(size=130), face(size=90)
    assert main_faces([front, beside, behind]) == (front, beside)


def test_somebody_small_in_a_wide_view_is_nobody_a_photo_is_of():
    assert main_faces([face(width=0.04, size=60)]) == ()


def test_without_faces_there_is_nobody():
    assert main_faces([]) == ()
