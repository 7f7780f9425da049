from pytestqt.qtbot import QtBot

from photo_organizer.ui.session.activities import Activities


def test_what_runs_is_known_until_it_ends(qtbot: QtBot) -> None:
    activities = Activities()
    with qtbot.waitSignal(activities.changed, timeout=0):
        activity = activities.begin("Copying")
    assert activities.running == [activity]
    assert not activity.can_cancel
    assert not activity.can_pause
    activity.pause()  # not possible: nothing happens
    assert not activity.paused
    activity.cancel()
    with qtbot.waitSignal(activities.ended, timeout=0) as ended:
        activity.end("3 photos were copied.")
    assert ended.args == ["3 photos were copied."]
    assert activities.running == []
    activity.end("again")


def test_what_people_ended_themselves_is_not_told(qtbot: QtBot) -> None:
    activities = Activities()
    activity = activities.begin("Copying")
    with qtbot.assertNotEmitted(activities.ended):
        activity.end()


def test_a_part_that_cannot_be_held_says_so(qtbot: QtBot) -> None:
    held: list[bool] = []
    activities = Activities()
    activity = activities.begin("Working", hold=held.append)
    assert activity.can_pause
    activity.report(1, 2, pausable=False)
    assert not activity.can_pause
    activity.pause()
    assert held == []
    activity.report(1, 2)
    activity.pause()
    activity.report(2, 2, pausable=False)
    activity.pause(False)  # what is held can always go on
    assert held == [True, False]


def test_reports_keep_the_title_unless_there_is_a_new_one(qtbot: QtBot) -> None:
    activity = Activities().begin("Loading")
    with qtbot.waitSignal(activity.changed, timeout=0):
        activity.report(1, 2)
    assert (activity.title, activity.done, activity.total) == ("Loading", 1, 2)
    activity.report(2, 2, title="Working", figures="all")
    assert (activity.title, activity.figures) == ("Working", "all")
