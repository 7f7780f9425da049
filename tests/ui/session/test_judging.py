from dataclasses import replace

from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from tests.ui import fakes


def test_a_moved_slider_judges_once_more_with_its_last_value(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    judge.result = replace(result, flags=())
    name = a_threshold()
    with qtbot.waitSignal(session.shown.changed):
        for value in (0.91, 0.92, 0.93):
            session.choices.set_threshold(name, value)
    assert [asked[name] for asked, _ in judge.asked] == [0.93]
    assert session.shown.flags_of(6) == ()


def a_threshold() -> str:
    """A threshold that exists: any number of the first threshold file."""
    from photo_organizer.engine import assets

    folder = assets.resource("thresholds")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for key, value in assets.toml(f"thresholds/{file.name}").items():
            if isinstance(value, float):
                return f"{file.name.removesuffix('.toml')}.{key}"
    raise AssertionError("no threshold at all")
