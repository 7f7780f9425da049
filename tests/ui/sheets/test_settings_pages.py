"""What the pages change reaches the session, the judge and the next start."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from skimage import data

from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.thumbnails import disk_cache
from photo_organizer.ui.sheets.settings_page import SettingsPage
from photo_organizer.ui.sheets.settings_pages import (
    FacesPage,
    FoldersPage,
    KeepersPage,
    ThumbnailsPage,
)
from photo_organizer.ui.words.facts_text import size_text
from tests.engine.duplicates.test_grouping import scene
from tests.engine.fakes import FakeEncoder


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """One picture large and young, small and old; another one twice; and somebody."""
    folder = tmp_path / "album"
    folder.mkdir()
    picture = Image.fromarray(scene(1, 720, 480))
    picture.save(folder / "large.jpg", quality=95)
    picture.resize((360, 240)).save(folder / "small.jpg", quality=95)
    Image.fromarray(scene(2, 720, 480)).save(folder / "original.jpg")
    Image.fromarray(data.astronaut()).save(folder / "somebody.jpg")
    (folder / "original (1).jpg").write_bytes((folder / "original.jpg").read_bytes())
    for name, seconds in (("large", 2_000_000), ("small", 1_000_000)):
        os.utime(folder / f"{name}.jpg", (seconds, seconds))
    return folder


@pytest.fixture
def judged(qtbot: QtBot, album: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session with the real analysis and judge of the album."""
    monkeypatch.setattr(analysis, "open_encoder", lambda *_: FakeEncoder())
    session = Session()
    with qtbot.waitSignal(
        session.analysis.running_changed,
        check_params_cb=lambda running: not running,
        timeout=30_000,
    ):
        session.analysis.open([album])
    yield session
    session.close()


def group(session: Session, kind: GroupKind) -> Group:
    assert session.shown.result is not None
    (found,) = [group for group in session.shown.result.groups if group.kind is kind]
    return found


def keeper(session: Session, kind: GroupKind) -> str:
    return session.shown.photos[group(session, kind).keeper].path.name


def shown(page: SettingsPage, qtbot: QtBot) -> SettingsPage:
    qtbot.addWidget(page)
    page.show()
    return page


def test_another_order_chooses_another_keeper_at_once(judged: Session, qtbot: QtBot) -> None:
    assert keeper(judged, GroupKind.SAME) == "large.jpg"
    page = KeepersPage(judged.choices, judged.tasks)
    shown(page, qtbot)
    order = page.orders[GroupKind.SAME]
    order.lines.setCurrentRow(order.order.index("older"))
    with qtbot.waitSignal(judged.shown.changed, timeout=10_000):
        while order.up.isEnabled():
            order.up.click()
    assert keeper(judged, GroupKind.SAME) == "small.jpg"
    assert group(judged, GroupKind.SAME).reason.code == "keepers.older"
    with qtbot.waitSignal(judged.shown.changed, timeout=10_000):
        order.restore.click()
    assert keeper(judged, GroupKind.SAME) == "large.jpg"


def test_nothing_in_a_protected_folder_is_safe_or_goes(
    judged: Session, album: Path, qtbot: QtBot
) -> None:
    assert any(group(judged, GroupKind.EXACT).safe)
    safe = group(judged, GroupKind.EXACT)
    judged.marks.mark([i for i, is_safe in zip(safe.photos, safe.safe, strict=True) if is_safe])
    assert judged.clean_ups.plan().count
    page = FoldersPage(judged.choices, judged.tasks)
    shown(page, qtbot)
    with qtbot.waitSignal(judged.shown.changed, timeout=10_000):
        page.protected.add(album)
    assert not any(group(judged, GroupKind.EXACT).safe)
    plan = judged.clean_ups.plan()
    assert plan.count == 0
    assert {refusal.reason.code for refusal in plan.refusals} == {"trash.protected"}


def test_folders_to_keep_from_are_those_of_the_views(session: Session, qtbot: QtBot) -> None:
    page = FoldersPage(session.choices, session.tasks)
    shown(page, qtbot)
    session.choices.keep_from(Path("/photos/best"), True)
    assert page.keep_from.folders == (Path("/photos/best"),)
    page.protected.add(Path("/photos/safe"))
    assert session.choices.preferences.keep_from == (Path("/photos/best"),)
    assert session.choices.keeps_from(Path("/photos/best/of may"))
    session.choices.keep_from(Path("/photos"), True)
    session.choices.keep_from(Path("/photos/best/of may"), False)
    assert page.keep_from.folders == ()
    page.keep_from.add(Path("/photos/best"))
    page.keep_from.remove_button.click()
    assert session.choices.preferences.keep_from == ()


def test_a_folder_to_keep_from_is_judged_by_at_once(
    judged: Session, album: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(judged.shown.changed, timeout=10_000):
        judged.choices.keep_from(album, True)
    assert judged.shown.result is not None


def test_folders_left_out_are_left_out_of_the_next_analysis(
    judged: Session, album: Path, qtbot: QtBot
) -> None:
    (album / "screenshots").mkdir()
    Image.fromarray(np.zeros((64, 64, 3), np.uint8)).save(album / "screenshots" / "s.png")
    page = FoldersPage(judged.choices, judged.tasks)
    shown(page, qtbot)
    page.excluded.add(album / "screenshots")
    with qtbot.waitSignal(
        judged.analysis.running_changed, check_params_cb=lambda running: not running, timeout=30_000
    ):
        judged.analysis.open([album])
    assert len(judged.shown.photos) == 5


def stored_faces() -> int:
    with Store(paths.store_path()) as store:
        count: int = store.connection.execute("SELECT count(*) FROM faces").fetchone()[0]
    return count


def faces(session: Session) -> int:
    assert session.shown.result is not None
    return sum(len(seen) for seen in session.shown.result.faces.values())


def test_faces_switched_off_are_gone_at_once_and_found_again_by_an_analysis(
    judged: Session, qtbot: QtBot
) -> None:
    page = FacesPage(judged.choices, judged.tasks, judged.shown)
    shown(page, qtbot)
    assert page.look.isChecked()
    assert (faces(judged), stored_faces()) == (1, 4)
    with qtbot.waitSignal(judged.shown.changed, timeout=10_000):
        page.look.setChecked(False)
    qtbot.waitUntil(lambda: (faces(judged), stored_faces()) == (0, 0), timeout=10_000)
    assert not judged.analysis.outdated
    page.look.setChecked(True)
    assert judged.analysis.outdated  # they are not known any more
    with qtbot.waitSignal(
        judged.analysis.running_changed, check_params_cb=lambda running: not running, timeout=30_000
    ):
        judged.analysis.again()
    assert (faces(judged), judged.analysis.outdated) == (1, False)


def test_where_faces_cannot_be_looked_for_the_page_says_why(judged: Session, qtbot: QtBot) -> None:
    page = FacesPage(judged.choices, judged.tasks, judged.shown)
    shown(page, qtbot)
    assert not page.unable.isVisible()
    assert judged.shown.result is not None
    unable = replace(judged.shown.result, without_faces=Reason("faces.no_networks"))
    judged.shown.show(unable)
    assert page.unable.isVisible()
    assert "OpenCV" in page.unable.text()


def test_choices_survive_a_restart(session: Session, qtbot: QtBot) -> None:
    keepers, folders = (
        KeepersPage(session.choices, session.tasks),
        FoldersPage(session.choices, session.tasks),
    )
    for page in (keepers, folders):
        shown(page, qtbot)
    keepers.orders[GroupKind.SIMILAR].down.click()
    folders.protected.add(Path("/photos/best"))
    folders.excluded.add(Path("/photos/screenshots"))
    session.close()
    later = Session()
    assert later.choices.preferences == session.choices.preferences
    again = KeepersPage(later.choices, later.tasks)
    qtbot.addWidget(again)
    assert again.orders[GroupKind.SIMILAR].order[0] == "protected"
    assert again.orders[GroupKind.SIMILAR].restore.isEnabled()
    assert FoldersPage(later.choices, later.tasks).protected.folders == (Path("/photos/best"),)
    later.close()


def test_thumbnails_are_measured_limited_and_cleared(session: Session, qtbot: QtBot) -> None:
    disk_cache().put(bytes(16), np.zeros((300, 400, 3), np.uint8))
    size = disk_cache().size()
    page = ThumbnailsPage(session.choices, session.tasks)
    shown(page, qtbot)
    qtbot.waitUntil(page.clear.isEnabled)
    assert page.used.text().endswith(size_text(size))
    page.limit.setCurrentIndex(page.limit.findData(256))
    page.limit.activated.emit(0)
    assert session.choices.preferences.cache_mib == 256
    qtbot.waitUntil(page.clear.isEnabled)
    assert disk_cache().size() == size
    page.clear.click()
    qtbot.waitUntil(lambda: page.used.text().endswith(size_text(0)))
    assert disk_cache().size() == 0
    assert not page.clear.isEnabled()
