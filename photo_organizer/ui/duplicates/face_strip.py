"""The same person's face in all photos of a group, side by side: eyes level and at one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from photo_organizer.engine.domain.closeups import Closeup
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.engine.people.closeups import Person, closeups, persons
from photo_organizer.ui.duplicates.compare_pane import KEEP_ALL
from photo_organizer.ui.duplicates.face_tile import FaceTile, TileContent
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, frame, row
from photo_organizer.ui.words.faces_text import private_text

LEAST, MOST = 64, 160
"""Side of a face in device-independent pixels, in a small and in a large window."""
SHARE = 0.15
"""Of the height of the view: the side of a face."""
HEAD_WIDTH = 104
SIDES = (64, 96, 128, 192, 256, 384, 512)
"""Device pixels in which faces are cut out: resizing a window does not cut anew each time."""


class FaceStrip(QWidget):
    """One row of faces; buttons go from person to person where there are several.

    It is not there for groups in which nobody is seen twice, nor for exact copies, whose faces are
    all the same. Pictures are made in the background.
    """

    chosen = Signal(int)
    """The photo (its id) whose face was clicked."""
    zoomed = Signal(int)
    """The photo (its id) whose face shall be seen large."""
    people_changed = Signal()
    """There are others in `people`, or none any more."""
    stepped = Signal(int)
    """A button asks for the person so many places further."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._group: Group | None = None
        self._persons: tuple[Person, ...] = ()
        self._closeups: Sequence[Mapping[int, Closeup]] = ()
        self._place = 0
        self._current: int | None = None
        self._following: Sequence[int] = ()
        self._side = LEAST
        self.tiles: list[FaceTile] = []
        self.title = Label(self)
        self.hint = Label(self)
        self.previous = self._button("chevron-left")
        self.next = self._button("chevron-right")
        self._choice = QButtonGroup(self)
        accessible.one_stop(self._choice)
        self._inside = frame("pane")
        self._tiles = row(self._inside, spacing=style.SPACE // 2)
        self._tiles.addStretch(1)
        self.area = _Row(self)
        self.area.setWidget(self._inside)
        self._lay_out()
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        session.closeups.ready.connect(self._on_ready)
        session.marks.changed.connect(self._show_contents)
        self.hide()

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton(self)
        style.set_icon(button, icon)
        style.set_role(button, "compact")
        # Letters and arrows belong to the whole view; Tab reaches the buttons.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("The same face in all photos of the group"))
        for button, text in (
            (self.previous, self.tr("Previous person")),
            (self.next, self.tr("Next person")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)
        self.title.setWordWrap(True)
        self.title.setToolTip(private_text())
        self.hint.setToolTip(private_text())
        self.hint.setAccessibleName(private_text())
        style.on_change(self.hint, _dress_hint)
        head = QWidget(self)
        head.setFixedWidth(HEAD_WIDTH)
        down = column(head)
        named = row(spacing=style.SPACE // 2)
        named.addWidget(self.title, 1)
        named.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(named)
        buttons = row()
        buttons.addWidget(self.previous)
        buttons.addWidget(self.next)
        buttons.addStretch(1)
        down.addLayout(buttons)
        down.addStretch(1)
        across = row(self, spacing=style.SPACE)
        across.addWidget(head)
        across.addWidget(self.area, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    # ------------------------------------------------------------------ what is shown

    @property
    def people(self) -> Sequence[Person]:
        """Who is seen in several photos of the group, in the order gone through."""
        return self._persons

    @property
    def place(self) -> int:
        """Which of `people` is shown."""
        return self._place

    def closeup_of(self, photo_id: int) -> Closeup | None:
        """Where a photo shows the person; None where the face was not found."""
        return self._closeups[self._place].get(photo_id) if self._closeups else None

    def show_group(self, group: Group | None) -> None:
        """Show the faces of a group as they are known now; the person stays where it is known."""
        shown = self._session.shown
        is_same = bool(group and self._group and set(group.photos) & set(self._group.photos))
        was = self._persons[self._place].number if self._persons and is_same else None
        self._group = group
        photos = [i for i in group.photos if i in shown.photos] if group else []
        differs = group is not None and group.kind is not GroupKind.EXACT
        result = shown.result
        before = self._persons
        self._persons = persons(photos, result.faces) if result and differs else ()
        sizes = {i: (shown.photos[i].width, shown.photos[i].height) for i in photos}
        self._closeups = [closeups(person, sizes) for person in self._persons]
        numbers = [person.number for person in self._persons]
        self._place = numbers.index(was) if was in numbers else 0
        self._arrange()
        if before != self._persons:
            self.people_changed.emit()

    def show_person(self, place: int) -> None:
        """Show another one of `people`."""
        if place != self._place and 0 <= place < len(self._persons):
            self._place = place
            self._arrange()

    def set_current(self, photo_id: int | None) -> None:
        """Mark the photo that the keys act on, and bring its face into view."""
        self._current = photo_id
        self._mark_current()

    def set_room(self, height: int) -> None:
        """How high the view around is: faces are larger in a larger one."""
        side = max(LEAST, min(MOST, round(SHARE * height)))
        if side != self._side:
            self._side = side
            self._arrange()

    def prefetch(self, photo_ids: Sequence[int]) -> None:
        """The group that comes next: its faces are made ready once those shown are."""
        self._following = photo_ids
        self._want()

    # ------------------------------------------------------------------ arranging

    def _arrange(self) -> None:
        group = self._group
        if group is None or not self._persons:
            self.hide()
            for tile in self.tiles:
                tile.set_image(None)
            return
        while len(self.tiles) < len(group.photos):
            self._add_tile()
        for number, tile in enumerate(self.tiles):
            tile.set_side(self._side)
            tile.setVisible(number < len(group.photos))
        several = len(self._persons) > 1
        self.title.setText(
            self.tr("Person {0} of {1}").format(self._place + 1, len(self._persons))
            if several
            else self.tr("The same face")
        )
        self.previous.setVisible(several)
        self.next.setVisible(several)
        self._show_contents()
        self._mark_current()
        self._fit_height()
        self.show()
        self._want()

    def _add_tile(self) -> None:
        tile = FaceTile(self._inside)
        before = self.tiles[-1] if self.tiles else self.next
        self.tiles.append(tile)
        self._choice.addButton(tile)
        self._tiles.insertWidget(self._tiles.count() - 1, tile)
        QWidget.setTabOrder(before, tile)
        tile.clicked.connect(lambda: self._tell(self.chosen, tile))
        tile.zoomed.connect(lambda: self._tell(self.zoomed, tile))

    def _tell(self, signal: object, tile: FaceTile) -> None:
        if tile.content is not None:
            signal.emit(tile.content.photo)  # type: ignore[attr-defined]

    def _shown(self) -> list[tuple[FaceTile, Photo]]:
        """The tiles that are used, with their photos."""
        known = self._session.shown.photos
        ids = self._group.photos if self._group and self._persons else ()
        return [(tile, known[i]) for tile, i in zip(self.tiles, ids, strict=False) if i in known]

    @Slot()
    def _show_contents(self) -> None:
        group = self._group
        if group is None or not self._persons:
            return
        person = self._persons[self._place]
        keeper = None if group.reason.code in KEEP_ALL else group.keeper
        for tile, photo in self._shown():
            seen = person.faces.get(photo.id)
            tile.set_content(
                TileContent(
                    photo=photo.id,
                    number=group.photos.index(photo.id) + 1,
                    count=len(group.photos),
                    name=photo.path.name,
                    eyes=seen.eyes if seen else None,
                    is_keeper=photo.id == keeper,
                    is_marked=photo.id in self._session.marks,
                )
            )
            self._show_image(tile, photo)

    def _show_image(self, tile: FaceTile, photo: Photo) -> None:
        closeup, side = self.closeup_of(photo.id), self._pixels()
        made = self._session.closeups
        if closeup is None:
            tile.set_image(None)
        else:
            failed = made.has_failed(photo, closeup, side)
            tile.set_image(made.at_hand(photo, closeup, side), has_failed=failed)

    def _mark_current(self) -> None:
        for tile, photo in self._shown():
            if photo.id == self._current:
                had_focus = any(one.hasFocus() for one in self.tiles)
                tile.setChecked(True)
                if had_focus:
                    tile.setFocus()
                self.area.ensureWidgetVisible(tile, style.SPACE, 0)

    # ------------------------------------------------------------------ pictures

    def _pixels(self) -> int:
        needed = self._side * self.devicePixelRatioF()
        return next((side for side in SIDES if side >= needed), SIDES[-1])

    def _want(self) -> None:
        """All persons of a photo at once: it is decoded once, and going on takes no time."""
        if not self.isVisible():
            return
        known, faces = self._session.shown.photos, self._closeups
        wanted = [
            (photo, [of[photo.id] for of in faces if photo.id in of]) for _, photo in self._shown()
        ]
        wanted.sort(key=lambda one: one[0].id != self._current)
        result = self._session.shown.result
        photos = [i for i in self._following if i in known]
        coming = persons(photos, result.faces) if result else ()
        sizes = {i: (known[i].width, known[i].height) for i in photos}
        for first in coming[:1]:
            wanted += [(known[i], [one]) for i, one in closeups(first, sizes).items()]
        self._session.closeups.want(wanted, self._pixels())

    @Slot(int)
    def _on_ready(self, photo_id: int) -> None:
        for tile, photo in self._shown():
            if photo.id == photo_id:
                self._show_image(tile, photo)

    # ------------------------------------------------------------------ Qt

    def _fit_height(self) -> None:
        if self._group is None:
            return
        count = len(self._group.photos)
        self.tiles[0].ensurePolished()  # its font is that of the style sheet from then on
        tile = self.tiles[0].sizeHint()
        width = count * tile.width() + (count - 1) * self._tiles.spacing()
        bar = self.area.horizontalScrollBar().sizeHint().height()
        self.area.setFixedHeight(tile.height() + (bar if width > self.area.width() else 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is cut out while nobody sees it."""
        super().showEvent(event)
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A row that is too long has a scroll bar, which takes room."""
        super().resizeEvent(event)
        if self.tiles:
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs a higher line."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.tiles:
            self._fit_height()


class _Row(QScrollArea):
    """Scrolls to the side, by a wheel too, and leaves all keys to the view around."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("row")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A usual wheel turns up and down only, where nothing is to be scrolled."""
        moved = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (moved.x() or moved.y()))
        event.accept()


def _dress_hint(label: QLabel) -> None:
    label.setPixmap(style.icon("info", "muted").pixmap(16, 16))
