from photo_organizer.engine.duplicates.effort import Effort, Part, expected


def test_the_share_grows_to_the_whole_and_never_goes_back():
    told = []
    effort = Effort(100, told.append)
    effort.do(Part.HASH, 100)
    effort.do(Part.NET, 100 * 100)
    effort.expect(Part.SCREEN, 5000)  # far more than were guessed
    effort.do(Part.SCREEN, 2500)
    effort.do(Part.SCREEN, 2500)
    effort.expect(Part.LOOK, 10)
    effort.do(Part.LOOK, 10)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert 0 < told[0] < 0.2


def test_more_of_a_part_comes_on_top_of_what_was_done():
    told = []
    effort = Effort(0, told.append)
    effort.expect(Part.LOOK, 10)
    effort.do(Part.LOOK, 10)
    effort.expect(Part.LOOK, 10)
    assert told[-1] == 1.0, "what was told stays"
    effort.do(Part.LOOK, 5)
    assert told[-1] == 1.0


def test_more_photos_are_more_work():
    assert expected(0) == 0
    assert 2 * expected(1000) < expected(2000) < 4 * expected(1000)
