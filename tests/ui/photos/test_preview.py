"""The current photo large."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LIBRARY, Result
from photo_organizer.ui.photos import preview as module
from photo_organizer.ui.photos.canvas import KEY_STEP
from photo_organizer.ui.photos.preview import PhotoPreview, about
from photo_organizer.ui.session.session import Session


@pytest.fixture
def preview(qtbot: QtBot, session: Session, result: Result) -> PhotoPreview:
    session.analysis.show(result)
    preview = PhotoPreview(session)
    qtbot.addWidget(preview)
    preview.resize(400, 700)
    preview.show()
    return preview


def test_the_current_photo_is_shown_with_its_facts(
    preview: PhotoPreview, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(preview.canvas.shown):
        session.selection.set_current(1)
    photo = session.shown.photos[1]
    assert preview.name.text() == photo.path.name
    facts = {fact.key: fact.text for fact in preview.facts.shown}
    assert facts["folder"] == str(photo.path.parent)
    assert facts["camera"] == "Camera X"
    assert "lens" not in facts
    assert "100" in preview.percent.text()


def test_flaws_group_and_mark_are_told_as_sentences(
    preview: PhotoPreview, session: Session
) -> None:
    session.selection.set_current(2)
    first, second = preview.sentences.text().splitlines()
    assert first == session.shown.flags_of(2)[0].reason.text()
    assert (
        second == "Highlight 2 of 12, 2 of 2 in Food & drink: light, sharpness and colours 0.92 "
        "(9.17 on its own scale)"
    )
    session.analysis.show(replace(session.shown.result, scorer=Reason("scorer.technical_taste")))  # type: ignore[type-var]
    assert preview.sentences.text().endswith("0.92 (general score 9.17 on its own scale)")
    session.selection.set_current(3)
    assert preview.sentences.text().startswith("Suggested keeper of 3 photos")
    session.selection.set_current(4)
    assert session.shown.photos[3].path.name in preview.sentences.text()
    session.marks.mark([4])
    assert "Marked for the trash" in preview.sentences.text()
    session.marks.mark([4], False)
    assert "Marked" not in preview.sentences.text()


def test_a_highlight_tells_why_it_has_its_score(preview: PhotoPreview, session: Session) -> None:
    result = session.shown.result
    assert result is not None
    why = Reason(
        "highlights.why",
        items=(Reason("highlights.shown_4"), Reason("highlights.good_sharp")),
    )
    ranked = [replace(one, reason=why) for one in result.highlights[LIBRARY]]
    session.analysis.show(
        replace(
            result,
            scorer=Reason("scorer.shown"),
            highlights={**result.highlights, LIBRARY: ranked},
        )
    )
    session.selection.set_current(2)
    assert preview.sentences.text().splitlines()[-1] == (
        "Highlight 2 of 12, 2 of 2 in Food & drink: likeness to photos people show 0.92 "
        "(well worth showing, sharp)"
    )


def test_a_vanished_file_gives_a_calm_message(
    preview: PhotoPreview, session: Session, qtbot: QtBot
) -> None:
    session.shown.photos[1].path.unlink()
    with qtbot.waitSignal(preview.canvas.shown):
        session.selection.set_current(1)
    assert "no longer there" in preview.canvas.message
    assert preview.percent.text() == ""


def test_keys_zoom(preview: PhotoPreview, session: Session, qtbot: QtBot) -> None:
    session.selection.set_current(1)
    qtbot.keyClick(preview, Qt.Key.Key_Plus)
    assert preview.canvas.viewport.zoom == pytest.approx(KEY_STEP)
    assert "125" in preview.percent.text()
    qtbot.keyClick(preview, Qt.Key.Key_Minus)
    qtbot.keyClick(preview, Qt.Key.Key_Plus)
    qtbot.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.canvas.viewport.zoom == 1.0


def test_the_folder_button_reveals_the_file(
    preview: PhotoPreview, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    revealed: list[object] = []
    monkeypatch.setattr(module, "show_in_file_manager", revealed.append)
    session.selection.set_current(5)
    qtbot.mouseClick(preview.folder, Qt.MouseButton.LeftButton)
    assert revealed == [session.shown.photos[5].path]


def test_a_preview_of_its_own_follows_nobody(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    preview = PhotoPreview(session, follows=False)
    qtbot.addWidget(preview)
    preview.show_photo(2)
    session.selection.set_current(1)
    assert preview.photo is not None
    assert preview.photo.id == 2


def test_without_a_photo_nothing_is_offered(preview: PhotoPreview, session: Session) -> None:
    session.selection.set_current(1)
    session.selection.set_current(None)
    assert preview.photo is None
    assert preview.name.text() == ""
    assert not preview.folder.isVisible()


def test_the_users_hand_in_a_category_is_told(session: Session, result: Result) -> None:
    session.analysis.show(replace(result, by_hand=frozenset({3}), followed={4: 3, 5: None}))
    told = {i: about(session, result.photos[i])[-1] for i in (3, 4, 5)}
    assert told == {
        3: "In Animals: you put it there.",
        4: "In Animals: it is like photo 03.jpg, which you put there.",
        5: "In Animals: it is like a photo that you put there.",
    }
    assert not any("In Animals" in line for line in about(session, result.photos[6]))
