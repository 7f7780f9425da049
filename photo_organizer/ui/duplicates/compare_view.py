"""The photos of one group side by side: one viewport, one loupe, and what differs in bold."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from photo_organizer.engine.domain.results import Group
from photo_organizer.ui.duplicates.compare_pane import ComparePane
from photo_organizer.ui.duplicates.face_strip import FaceStrip
from photo_organizer.ui.duplicates.group_strip import GroupStrip
from photo_organizer.ui.photos.canvas import zoom_with_key
from photo_organizer.ui.photos.viewport import Viewport
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.layouts import column, row
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.facts_text import KEYS

PANE_WIDTH = 264
"""Narrowest useful pane in device-independent pixels."""
MOST_PANES = 4
LOUPE_LEAST = 2.0
"""A loupe magnifies, also over small photos that are seen larger than 100 % anyway."""
AHEAD = 300
"""Milliseconds between two panes that are made before they are needed."""

BLINK_INTERVAL = 700
"""Milliseconds each of the two pictures is seen."""


class Mode(StrEnum):
    """How a photo is held against the keeper."""

    PLAIN = "plain"
    BLINK = "blink"
    """Photo and keeper take turns in the photo's place."""
    DIFFERENCE = "difference"
    """Alike pixels black, different ones bright."""


class CompareView(QWidget):
    """A group's photos side by side.

    The keeper stays at the left; of a group with more photos than panes fit, the others slide past
    it, and a strip above shows all of them. Left and right move; Z goes between whole photos and
    100 %, plus and minus zoom, L is the loupe, B blinks, D shows the difference, F zooms to one
    person after the other in all photos at once. Views around it act on `current`.
    """

    current_changed = Signal(int)
    """The photo the keys act on; -1 for none."""
    mode_changed = Signal(object)
    """The `Mode` was changed, by a key for instance."""
    loupe_toggled = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._loader = session.images
        self._group: Group | None = None
        self._current: int | None = None
        self._first = 1
        self._viewport = Viewport()
        self._face: Viewport | None = None
        self._mode = Mode.PLAIN
        self._loupe = False
        self._prefetched: list[int] = []
        self._blink_on = False
        self._blink = QTimer(self, interval=BLINK_INTERVAL)
        self._blink.timeout.connect(self._take_turns)
        self.panes: list[ComparePane] = []
        self._spare: list[ComparePane] = []
        self._arranged: tuple[int, ...] = ()
        self._ahead = QTimer(self, interval=AHEAD)
        self._ahead.timeout.connect(self._make_ahead)
        self._ahead.start()
        self.strip = FaceStrip(session, self)
        self.all = GroupStrip(session, self)
        self._row = row(spacing=style.SPACE)
        down = column(self, spacing=style.SPACE)
        down.addWidget(self.all)
        down.addLayout(self._row, 1)
        down.addWidget(self.strip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photos of the group side by side"))
        accessible.set_role(self, QAccessible.Role.Grouping)
        self.strip.chosen.connect(self.set_current)
        self.all.chosen.connect(self.set_current)
        self.all.stepped.connect(self.step)
        self.strip.zoomed.connect(self._zoom_to_face_in)
        self.strip.stepped.connect(self._step_person)
        update_while_visible(self, self._follow_faces, session.shown.changed)
        session.marks.changed.connect(self._refresh_marks)
        session.thumbnails.ready.connect(self._on_thumbnail)
        session.rotations.changed.connect(self._on_turned)

    # ------------------------------------------------------------------ what is shown

    @property
    def group(self) -> Group | None:
        """The group shown."""
        return self._group

    @property
    def current(self) -> int | None:
        """The id of the photo the keys act on."""
        return self._current

    @property
    def mode(self) -> Mode:
        """How photos are held against the keeper."""
        return self._mode

    def set_group(self, group: Group | None) -> None:
        """Show a group; the current photo stays where the group still has it."""
        if group is None or self._group is None or group.keeper != self._group.keeper:
            self._viewport, self._face = Viewport(), None
            self._first = 1
        self._group = group
        self.strip.show_group(group)
        if group is None:
            self._set_current(None)
        elif self._current not in group.photos:
            # The first that could go: the keeper needs no decision.
            self._set_current(group.photos[1])
        self._arrange()

    def prefetch(self, photo_ids: Iterable[int]) -> None:
        """Load photos of the group that comes next; what was prefetched before is dropped."""
        photo_ids = tuple(photo_ids)
        self.strip.prefetch(photo_ids)
        for ticket in self._prefetched:
            self._loader.drop(ticket)
        panes = self._shown() if self.isVisible() else []
        self._prefetched = [
            panes[0].canvas.prefetch(self._session.shown.photos[i]) for i in photo_ids if panes
        ]

    def set_current(self, photo_id: int) -> None:
        """Make a photo of the group the current one, and bring it into view."""
        if self._group is not None and photo_id in self._group.photos:
            self._set_current(photo_id)
            self._arrange()

    def step(self, steps: int) -> None:
        """Go to a neighbour of the current photo; stops at both ends."""
        if self._group is not None and self._current is not None:
            photos = self._group.photos
            position = photos.index(self._current) + steps
            self.set_current(photos[max(0, min(position, len(photos) - 1))])

    def set_mode(self, mode: Mode) -> None:
        """Change how photos are held against the keeper."""
        if mode is not self._mode:
            self._mode = mode
            self._blink_on = mode is Mode.BLINK
            if mode is Mode.BLINK:
                self._blink.start()
            else:
                self._blink.stop()
            self._hold_against_keeper()
            self.mode_changed.emit(mode)

    def set_loupe(self, enabled: bool) -> None:
        """Switch the 100 % loupe; it follows the mouse and begins in the middle."""
        if enabled != self._loupe:
            self._loupe = enabled
            for pane in self.panes:
                pane.canvas.set_loupe_enabled(enabled)
            self._move_loupe(QPointF(0.5, 0.5) if enabled else None)
            self.loupe_toggled.emit(enabled)

    def fit(self) -> None:
        """Show whole photos."""
        self._face = None
        self._share(Viewport())

    def show_actual_pixels(self) -> None:
        """Zoom all photos so that the one with the most pixels is at 100 %."""
        self._share(Viewport(self._actual_zoom(), self._viewport.x, self._viewport.y))

    def toggle_zoom(self) -> None:
        """Go from whole photos to 100 % in all of them, or back."""
        if self._face is None and self._viewport.zoom == 1.0:
            self.show_actual_pixels()
        else:
            self.fit()

    def step_face(self, steps: int) -> None:
        """Zoom to the next person in all photos at once; after the last one they are seen whole."""
        people = len(self.strip.people)
        if not people:
            self._session.message.emit(self.tr("No face was found again in these photos."))
            return
        # Whole photos stand between the last and the first person.
        now = self.strip.place if self._face is not None else people
        place = (now + steps) % (people + 1)
        if now == people and steps > 0:
            place = self.strip.place  # the person that the strip shows comes first
        if place == people:
            self.strip.show_person(0)
            self.fit()
        else:
            self.strip.show_person(place)
            self._zoom_to_face()

    def zoom_by(self, factor: float) -> None:
        """Zoom all photos in or out around the middle."""
        pane = self._pane_of(self._current)
        if pane is not None:
            pane.canvas.zoom_by(factor)

    # ------------------------------------------------------------------ arranging

    def _set_current(self, photo_id: int | None) -> None:
        if photo_id != self._current:
            self._current = photo_id
            self.strip.set_current(photo_id)
            self._tell_current()
            self.current_changed.emit(-1 if photo_id is None else photo_id)

    def _tell_current(self) -> None:
        # A hidden view must not change what the visible one shows.
        if self.isVisible() and self._current is not None:
            self._session.selection.set_current(self._current)

    def _capacity(self) -> int:
        return max(2, min(MOST_PANES, self.width() // PANE_WIDTH))

    def visible_photos(self) -> tuple[int, ...]:
        """Ids of the photos that have a pane: the keeper, then those around the current one."""
        if self._group is None:
            return ()
        photos, capacity = self._group.photos, self._capacity()
        if len(photos) <= capacity:
            return photos
        others = capacity - 1
        position = photos.index(self._current) if self._current in photos else 1
        if position > 0:
            first = max(self._first, position - others + 1)
            self._first = min(first, position)
        self._first = max(1, min(self._first, len(photos) - others))
        return (photos[0], *photos[self._first : self._first + others])

    def _arrange(self) -> None:
        self._arranged = visible = self.visible_photos()
        while len(self.panes) < len(visible):
            self._add_pane()
        for number, pane in enumerate(self.panes):
            if number < len(visible) and self._group is not None:
                pane.set_photo(self._session.shown.photos[visible[number]], self._group)
                pane.set_current(visible[number] == self._current)
            pane.setVisible(number < len(visible))
        self.all.show_group(self._group, self._current, visible)
        self._link()
        self._align()
        self._hold_against_keeper()

    def _align(self) -> None:
        """Give all panes room for the longest reason, so that the pictures stay level."""
        shown = self._shown()
        for pane in shown:
            pane.reason.setMinimumHeight(0)
        height = max((pane.reason_height() for pane in shown), default=0)
        for pane in shown:
            pane.reason.setMinimumHeight(height)

    def _make_ahead(self) -> None:
        """One pane at a time, when nobody waits: four at once take longer than people notice."""
        if len(self.panes) + len(self._spare) >= MOST_PANES:
            self._ahead.stop()
        else:
            self._spare.append(self._new_pane())

    def _new_pane(self) -> ComparePane:
        pane = ComparePane(self._session, self._loader, self)
        pane.hide()
        pane.facts.make_rows(len(KEYS))
        return pane

    def _add_pane(self) -> None:
        pane = self._spare.pop() if self._spare else self._new_pane()
        pane.canvas.viewport_changed.connect(lambda viewport: self._go_along(pane, viewport))
        pane.canvas.loupe_moved.connect(lambda point: self._move_loupe(point, pane))
        pane.canvas.shown.connect(self._hold_against_keeper)
        pane.canvas.set_loupe_enabled(self._loupe)
        pane.chosen.connect(self.set_current)
        pane.verdict.connect(self._decide)
        self._row.addWidget(pane, 1)
        QWidget.setTabOrder(self.panes[-1].trash if self.panes else self, pane.keep)
        QWidget.setTabOrder(pane.keep, pane.trash)
        self.panes.append(pane)

    def _shown(self) -> list[ComparePane]:
        return self.panes[: len(self.visible_photos())]

    def _pane_of(self, photo_id: int | None) -> ComparePane | None:
        return next((p for p in self._shown() if p.photo and p.photo.id == photo_id), None)

    def _decide(self, photo_id: int, trash: bool) -> None:
        self.set_current(photo_id)
        self._session.marks.mark((photo_id,), trash)

    def _refresh_marks(self) -> None:
        for pane in self._shown():
            pane.refresh_mark()

    def _on_thumbnail(self, photo_id: int) -> None:
        pane = self._pane_of(photo_id)
        if pane is not None and pane.photo is not None:
            pane.canvas.set_placeholder(self._session.thumbnails.pixmap(pane.photo))

    def _on_turned(self, photo_id: int) -> None:
        if (pane := self._pane_of(photo_id)) is not None:
            pane.canvas.set_turns(self._session.rotations.of(photo_id))

    # ------------------------------------------------------------------ one view of all

    def _share(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._link()

    def _link(self) -> None:
        """Let all photos show the same part, or the same part of one person's face."""
        for pane in self._shown():
            view = self._viewport
            if self._face is not None:
                view = view.along(self._face, self._face_in(pane))
            pane.canvas.set_viewport(view)

    def _go_along(self, pane: ComparePane, viewport: Viewport) -> None:
        """The user moved or zoomed one photo: the others go along."""
        if self._face is not None and viewport.zoom > 1.0:
            viewport = viewport.along(self._face_in(pane), self._face)
        else:
            self._face = None
        self._share(viewport)

    # ------------------------------------------------------------------ faces

    def _face_in(self, pane: ComparePane) -> Viewport:
        """Where a photo shows the person of the strip; as in the others, if they are not found."""
        closeup = self.strip.closeup_of(pane.photo.id) if pane.photo else None
        return pane.canvas.close_to(closeup) if closeup else self._face or Viewport()

    def _zoom_to_face(self) -> None:
        """Show the person of the strip large, in each photo where their own face is."""
        panes = sorted(self._shown(), key=lambda pane: not pane.is_current)
        found = [p for p in panes if p.photo and self.strip.closeup_of(p.photo.id)]
        self._face = None
        self._face = self._face_in(found[0]) if found else None
        if self._face is not None:
            self._share(self._face)

    def _zoom_to_face_in(self, photo_id: int) -> None:
        self.set_current(photo_id)
        self._zoom_to_face()

    def _step_person(self, steps: int) -> None:
        """Another person in the strip; photos that are zoomed to a face go along."""
        self.strip.show_person((self.strip.place + steps) % max(1, len(self.strip.people)))
        if self._face is not None:
            self._zoom_to_face()

    @Slot()
    def _follow_faces(self) -> None:
        """Other answers: faces may be known now, judged otherwise, or not looked at any more."""
        self.strip.show_group(self._group)
        if self._face is not None and not self.strip.people:
            self.fit()
        for pane in self._shown():
            pane.refresh_faces()

    def _actual_zoom(self) -> float:
        return max((pane.canvas.actual_zoom for pane in self._shown()), default=1.0)

    def _move_loupe(self, point: QPointF | None, over: ComparePane | None = None) -> None:
        zoom = max(LOUPE_LEAST, self._actual_zoom())
        for pane in self._shown():
            seen = point
            if point is not None and over is not None and self._face is not None:
                mine, other = self._face_in(over), self._face_in(pane)
                seen = point + QPointF(other.x - mine.x, other.y - mine.y)
            pane.canvas.set_loupe(seen, zoom)

    def _hold_against_keeper(self) -> None:
        panes = self._shown()
        if not panes:
            return
        keeper = panes[0].canvas.image
        wanted = self._mode is Mode.DIFFERENCE or (self._mode is Mode.BLINK and self._blink_on)
        panes[0].canvas.set_compared(None)
        for pane in panes[1:]:
            pane.canvas.set_compared(keeper if wanted else None, self._mode is Mode.DIFFERENCE)

    def _take_turns(self) -> None:
        self._blink_on = not self._blink_on
        self._hold_against_keeper()

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moving, zooming and the ways to compare; everything else goes on to the view around."""
        if zoom_with_key(self, event):
            return
        match event.key():
            case Qt.Key.Key_Left:
                self.step(-1)
            case Qt.Key.Key_Right:
                self.step(1)
            case Qt.Key.Key_F:
                backwards = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.step_face(-1 if backwards else 1)
            case Qt.Key.Key_L:
                self.set_loupe(not self._loupe)
            case Qt.Key.Key_B:
                self.set_mode(Mode.PLAIN if self._mode is Mode.BLINK else Mode.BLINK)
            case Qt.Key.Key_D:
                self.set_mode(Mode.PLAIN if self._mode is Mode.DIFFERENCE else Mode.DIFFERENCE)
            case _:
                event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame around the current photo is bolder with the focus."""
        super().focusInEvent(event)
        self._repaint_panes()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See `focusInEvent`."""
        super().focusOutEvent(event)
        self._repaint_panes()

    def _repaint_panes(self) -> None:
        for pane in self.panes:
            pane.update()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the session's current photo is the one chosen here."""
        super().showEvent(event)
        self._tell_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer panes fit, and larger or smaller faces."""
        super().resizeEvent(event)
        self.strip.set_room(self.height())
        if self.visible_photos() != self._arranged:
            self._arrange()
        else:
            self._align()
