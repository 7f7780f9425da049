"""The flagged photo, and the part of it that shows the flaw."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import Flag, Flaw, Result
from photo_organizer.ui.quality.flaw_preview import FlawPreview
from photo_organizer.ui.session.region_finder import RegionFinder
from photo_organizer.ui.session.session import Session

CORNER = Region(0.75, 0.75, 0.25, 0.25)
OUTLINED = Region(0.0, 0.0, 0.25, 0.25, (((0.1, 0.1), (0.2, 0.1), (0.2, 0.2)),))


def find(_path: Path, flaw: Flaw) -> Region:
    if flaw is Flaw.NOISE:
        raise UnreadableError("files.truncated", format="JPEG")
    return OUTLINED if flaw is Flaw.OVEREXPOSED else CORNER


def flag(flaw: Flaw, photo: int = 6) -> Flag:
    return Flag(photo, flaw, 0.91, 0.5, Reason("duplicates.next_keeper"))


@pytest.fixture
def preview(qtbot: QtBot, session: Session, result: Result) -> FlawPreview:
    session.analysis.show(result)
    preview = FlawPreview(session, RegionFinder(find))
    qtbot.addWidget(preview)
    preview.resize(300, 400)  # narrow: 100 % shows a part of photos of 96 by 64 pixels
    preview.part.setFixedSize(48, 32)
    preview.show()
    return preview


def shown(preview: FlawPreview, flaw: Flaw, qtbot: QtBot) -> Region:
    preview.show_flag(flag(flaw))
    qtbot.waitUntil(lambda: preview.region is not None)
    assert preview.region is not None
    return preview.region


def test_the_part_is_shown_pixel_by_pixel_and_outlined(preview: FlawPreview, qtbot: QtBot) -> None:
    assert shown(preview, Flaw.BLUR, qtbot) == CORNER
    assert preview.part.scale == pytest.approx(1.0)
    assert preview.part.seen.contains(QPointF(0.9, 0.9))
    assert not preview.part.seen.contains(QPointF(0.4, 0.4))
    assert preview.part_label.text() == "100 %: the sharpest part"


@pytest.mark.parametrize(
    ("flaw", "code"),
    [(Flaw.EYES_CLOSED, "flaws.eyes_closed"), (Flaw.BLUR, "flaws.soft_face")],
)
def test_where_it_is_known_already_no_pixel_is_looked_at(
    preview: FlawPreview, monkeypatch: pytest.MonkeyPatch, flaw: Flaw, code: str
) -> None:
    monkeypatch.setattr(preview.finder, "ask", lambda *_: pytest.fail("looked for"))
    preview.show_flag(Flag(6, flaw, 0.91, 0.5, Reason(code), CORNER))
    assert preview.region == CORNER
    assert preview.part.seen.contains(QPointF(0.9, 0.9))
    assert preview.part_label.text() == "100 %: the face"


def test_of_a_small_photo_a_part_is_magnified(preview: FlawPreview, qtbot: QtBot) -> None:
    preview.part.setFixedSize(240, 160)
    shown(preview, Flaw.BLUR, qtbot)
    assert preview.part.scale == pytest.approx(3.0)
    assert not preview.part.seen.contains(QPointF(0.1, 0.1))
    assert preview.part_label.text() == "300 %: the sharpest part"


def test_what_is_burnt_out_is_said_to_be_outlined(preview: FlawPreview, qtbot: QtBot) -> None:
    shown(preview, Flaw.OVEREXPOSED, qtbot)
    assert "burnt out" in preview.whole_label.text()
    shown(preview, Flaw.BLUR, qtbot)
    assert preview.whole_label.text() == "Whole photo"


def test_the_part_follows_keys_and_finds_back(preview: FlawPreview, qtbot: QtBot) -> None:
    shown(preview, Flaw.BLUR, qtbot)
    qtbot.keyClick(preview, Qt.Key.Key_Plus)
    assert preview.part.scale > 1
    assert preview.part_label.text() == "125 %"
    qtbot.keyClick(preview, Qt.Key.Key_Z)
    assert preview.part.scale == pytest.approx(1.0)
    assert preview.part_label.text() == "100 %: the sharpest part"


def test_a_turned_photo_shows_the_same_part(
    preview: FlawPreview, session: Session, qtbot: QtBot
) -> None:
    shown(preview, Flaw.BLUR, qtbot)
    before = preview.part.seen.center()
    preview.part.setFixedSize(32, 48)
    session.rotations.turn(6, 1)
    assert preview.part.turns == 1
    after = preview.part.seen.center()
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.02)


def test_without_a_region_the_photo_is_shown_all_the_same(
    preview: FlawPreview, qtbot: QtBot
) -> None:
    preview.show_flag(flag(Flaw.NOISE))
    qtbot.waitUntil(lambda: preview.part.image is not None)
    assert preview.region is None
    assert preview.part_label.text().startswith("100 %")


def test_other_flaws_of_the_photo_are_named(preview: FlawPreview, qtbot: QtBot) -> None:
    shown(preview, Flaw.DARK, qtbot)
    assert preview.certainty.text() == (
        "Certainty 91 of 100 (certainly); flagged from 50 on. Also flagged: Out of focus."
    )


def test_only_the_latest_question_is_answered(
    qtbot: QtBot, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    go = threading.Event()
    begun: list[Path] = []

    def slow(path: Path, _flaw: Flaw) -> Region:
        begun.append(path)
        go.wait(5)
        return CORNER

    finder = RegionFinder(slow)
    answered: list[object] = []
    finder.found.connect(lambda photo, _flaw, _region: answered.append(photo))
    photos = [result.photos[i] for i in (1, 2, 3)]
    finder.ask(photos[0], Flaw.BLUR)
    qtbot.waitUntil(lambda: bool(begun))
    finder.ask(photos[1], Flaw.BLUR)
    finder.ask(photos[2], Flaw.BLUR)
    go.set()
    qtbot.waitUntil(lambda: finder.known(photos[2], Flaw.BLUR) is not None)
    assert begun == [photos[0].path, photos[2].path]
    assert answered == [photos[2]]
    finder.close()


def test_nothing_flagged_is_nothing_shown(preview: FlawPreview, qtbot: QtBot) -> None:
    shown(preview, Flaw.BLUR, qtbot)
    preview.show_flag(None)
    assert preview.photo is None
    assert preview.part.seen == QRectF()
