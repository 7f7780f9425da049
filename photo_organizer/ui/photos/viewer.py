"""Photos over the whole screen, one after the other, and as a slideshow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QSettings, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.photos.canvas import PhotoCanvas
from photo_organizer.ui.photos.face_walk import FaceWalk
from photo_organizer.ui.photos.film_strip import FilmStrip
from photo_organizer.ui.photos.info_panel import InfoPanel
from photo_organizer.ui.photos.photo_chips import photo_chips
from photo_organizer.ui.photos.photo_sequence import PhotoSequence
from photo_organizer.ui.photos.prefetch import Prefetcher, neighbours
from photo_organizer.ui.photos.slideshow import CROSS_FADE, USUAL, Slideshow
from photo_organizer.ui.photos.viewer_bar import ViewerBar
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import layouts, motion, style
from photo_organizer.ui.widgets.awake import Awake
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.overlays import Chips, Overlay, PassingNote, Veil
from photo_organizer.ui.words.plain_text import title, visible

REST = 2500
"""Milliseconds without a move of the mouse after which the controls fade."""
LANDING = 120
"""Milliseconds without another photo after which a key that is held has come to rest."""
THUMBNAILS = 8
"""So many of the photos to come have their thumbnails ready."""
PAN = 0.125
"""Of the canvas: how far Ctrl and an arrow move a magnified photo."""
SECONDS_KEY = "slideshow/seconds"

DECISIONS = (
    *("photo.keep", "photo.trash", "photo.pick", "photo.reject", "photo.unrate"),
    *(f"photo.rate_{stars}" for stars in (1, 2, 3, 4)),
)
"""Commands after which people may want to go on to the next photo."""


class PhotoViewer(QWidget):
    """Shows a list of photos over the whole screen; its current one is the session's current one.

    Left, right, Page up and down, Home, End and Space go through the list; the wheel zooms to the
    cursor, dragging pans, a double click or Z goes between the whole photo and 100 %; Esc, Enter
    and F11 leave. I shows the facts, F zooms from face to face, and other shots of a group show the
    same face then. Marks, stars and all other commands on photos work as they do in a grid; with
    Shift, or where it was so chosen, K, T, P, X and U go on to the next photo.

    The photos before and after are loaded ahead at the size of the screen, so that going on takes
    no time; until a photo is there its thumbnail is shown.
    """

    left = Signal(int)
    """The viewer was left: the id of the photo that was shown last; -1 for none."""

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        style.darken(self)
        self._session = session
        self._commands = commands
        self._sequence = PhotoSequence()
        self._selected = False
        self._pending = False
        self._flies = False
        self._mouse = QPointF()
        self._by_mouse = False
        self.setWindowTitle(self.tr("Photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.canvas = PhotoCanvas(session.images, parent=self, exact=True)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.installEventFilter(self)
        self.faces = FaceWalk(self.canvas, session.shown)
        self._prefetcher = Prefetcher(session.images, self._side_of)
        self.slideshow = Slideshow(self)
        self.awake = Awake(self)
        self.veil = Veil(self)
        self.chips = Chips(self)
        self.bar = ViewerBar(session.stars, self)
        self.strip_ground = Overlay(self)
        self.strip = FilmStrip(session.shown, session.marks, session.thumbnails, self.strip_ground)
        layouts.column(self.strip_ground).addWidget(self.strip)
        self.panel = InfoPanel(session, self)
        self.note = PassingNote(self.canvas, self)
        self._rest = Debounce(self, REST, self._fade)
        self._landing = Debounce(self, LANDING, self._land)
        self._connect()

    # ------------------------------------------------------------------ set-up

    def _connect(self) -> None:
        session = self._session
        bar = self.bar
        bar.back.clicked.connect(self.leave)
        bar.trash.clicked.connect(self._toggle_mark)
        bar.turn_left.clicked.connect(lambda: self.turn(-1))
        bar.turn_right.clicked.connect(lambda: self.turn(1))
        bar.play.clicked.connect(self.toggle_slideshow)
        bar.shuffle.clicked.connect(self.set_shuffled)
        bar.pace_chosen.connect(self._set_pace)
        facts = self._commands["large.info"]
        bar.info.clicked.connect(facts.setChecked)
        facts.toggled.connect(self._show_info)
        self.strip.chosen.connect(self.go_to)
        self.slideshow.due.connect(self._on_due)
        self.slideshow.changed.connect(self._show_slideshow)
        for signal in (self.canvas.viewport_changed, self.canvas.resized, self.canvas.shown):
            signal.connect(self._show_percent)
        self.canvas.shown.connect(self._show_histogram)
        session.images.loaded.connect(self._on_loaded)
        session.images.failed.connect(self._on_loaded)
        session.thumbnails.ready.connect(self._on_thumbnail)
        session.shown.changed.connect(self._on_result)
        session.selection.changed.connect(self._hold)
        session.marks.changed.connect(self._show_state)
        session.stars.changed.connect(self._show_state)
        session.rotations.changed.connect(self._on_turned)
        for action, steps in self._face_commands():
            action.triggered.connect(lambda _=False, steps=steps: self.step_face(steps))
        self._commands.attach(Section.PHOTO, self, menu=False)
        self._commands.attach(Section.LARGE, self, menu=False)
        for name in DECISIONS:
            action = self._commands[name]
            action.triggered.connect(lambda _=False, a=action: self._on_decided(a))
        self._show_slideshow()
        self._show_info(facts.isChecked())

    # ------------------------------------------------------------------ coming and going

    @property
    def active(self) -> bool:
        """Whether it is on screen."""
        return self.isVisible()

    @property
    def ids(self) -> Sequence[int]:
        """The photos gone through, in order."""
        return self._sequence.ids

    @property
    def current(self) -> int | None:
        """The id of the photo shown; None where there is none."""
        return self._sequence.current

    def open(
        self, ids: Sequence[int], current: int | None = None, *, selected: bool = False
    ) -> None:
        """Show photos over the whole screen.

        Args:
            ids: of the session, in the order to go through them.
            current: the one to begin with; the first one where it is not among them.
            selected: they are those that people selected among others, which the counter says.
        """
        there = self._session.shown.photos.known(ids)
        known = [i for i in ids if i in there]
        if not known:
            return
        self._selected = selected
        self._sequence.begin(known, current)
        self.bar.shuffle.setChecked(False)
        self._come_up()
        self._show()

    def start_slideshow(
        self, ids: Sequence[int], seconds: int = 0, *, selected: bool = False
    ) -> None:
        """Show photos by themselves, from the first one on, again and again.

        Args:
            ids: of the session, in order.
            seconds: how long each one stays; 0 for as long as the last time.
            selected: see `open`.
        """
        self.open(ids, selected=selected)
        if self.ids:
            self._begin_slideshow(seconds)

    @Slot()
    def leave(self) -> None:
        """Go back to where the viewer was opened."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell where the viewer was left, and stop all that it began."""
        super().closeEvent(event)
        if not self.isVisible():
            return
        self._commands["photo.view"].setText(self.tr("View full screen"))
        for action, _ in self._face_commands():
            action.setEnabled(False)
        was = self.current
        self._sequence.begin([])
        self._rest.stop()
        self._landing.stop()
        self.slideshow.stop()
        self.veil.stop()
        self._prefetcher.want([])
        self.canvas.set_photo(None)
        self.left.emit(-1 if was is None else was)

    def _come_up(self) -> None:
        if self.isVisible():
            return
        around = self.parentWidget()
        if around is not None:
            # On the screen of the window, whichever that is.
            self.setGeometry(around.window().screen().geometry())
        self._commands["photo.view"].setText(self.tr("Leave full screen"))
        for action, _ in self._face_commands():
            action.setEnabled(True)
        self.showFullScreen()
        self.activateWindow()
        self.setFocus()
        self.wake()

    # ------------------------------------------------------------------ going through

    def step(self, steps: int) -> None:
        """Go to another photo; a slideshow goes round, otherwise both ends are told."""
        self._sequence.turn_to(steps)
        wanted = self._sequence.position + steps
        if self.slideshow.active:
            wanted %= len(self.ids)
        if wanted < 0:
            self.note.tell(self.tr("This is the first photo"))
        elif wanted >= len(self.ids):
            self.note.tell(self.tr("This is the last photo"))
        self.go_to(wanted)

    @Slot(int)
    def go_to(self, position: int) -> None:
        """Go to a position of the list, or to the end nearest to it."""
        if self._sequence.go_to(position):
            self._show()

    def _show(self) -> None:
        photo = self._photo()
        if photo is None:
            return
        self._pending = False
        held = None if self.slideshow.active else self.faces.held
        thumbnails = self._session.thumbnails
        placeholder = thumbnails.at_hand(photo) or thumbnails.pixmap(photo)
        turns = self._session.rotations.of(photo.id)
        self.canvas.set_photo(photo, placeholder, turns, later=self._flies)
        if told := self.faces.stay_with(held):
            self.note.tell(told)
        if self._flies:
            self._landing.start()
        else:
            self._prefetch()
        self._fetch_thumbnails()
        self._session.selection.set_current(photo.id)
        self._show_name()
        counted = self.tr("{0} of {1} selected") if self._selected else self.tr("{0} of {1}")
        self.bar.counter.setText(
            counted.format(f"{self._sequence.position + 1:,}", f"{len(self.ids):,}")
        )
        self.setWindowTitle(title(photo.path.name))
        self.setAccessibleName(self.tr("Photo {0}").format(visible(photo.path.name)))
        self.bar.stars.show_photo(photo.id)
        self.strip.show_photos(self.ids, self._sequence.position)
        if self.panel.isVisible():
            self.panel.show_photo(photo)
            if not self.canvas.sharp:
                self.panel.histogram.set_image(None)
        self._show_state()
        self._show_percent()
        self.slideshow.rest()

    def _photo(self) -> Photo | None:
        current = self.current
        return None if current is None else self._session.shown.photos.get(current)

    def _side_of(self, photo: Photo) -> int:
        return self.canvas.side_of(photo, self._session.rotations.of(photo.id))

    def _prefetch(self) -> None:
        if not self.isVisible():
            return
        sequence = self._sequence
        places = neighbours(
            sequence.position, len(sequence.ids), sequence.direction, loops=self.slideshow.active
        )
        photos = [self._session.shown.photos[sequence.ids[place]] for place in places]
        self._prefetcher.want(photos)

    def _fetch_thumbnails(self) -> None:
        """Of the photos that come next, the nearest one at last: it is loaded first."""
        thumbnails = self._session.thumbnails
        for photo_id in reversed(self._sequence.coming(THUMBNAILS)):
            photo = self._session.shown.photos[photo_id]
            if thumbnails.at_hand(photo) is None:
                thumbnails.pixmap(photo)

    @Slot()
    def _land(self) -> None:
        """The key that was held is released, or rests: this photo is looked at."""
        self._landing.stop()
        self._flies = False
        self.canvas.load_now()
        self._prefetch()

    # ------------------------------------------------------------------ following the session

    @Slot(object)
    def _on_result(self) -> None:
        """Photos may have gone, to the trash for example."""
        if not self.ids:
            return
        photos, current = self._session.shown.photos, self.current
        self._sequence.keep(photos)
        if not self.ids:
            self.leave()
        elif self.current != current or self.canvas.photo != self._photo():
            self._show()  # another photo, or another picture in the same file
        else:
            self._hold()
            self._show_state()

    @Slot()
    def _hold(self) -> None:
        """Commands act on the photo that is seen, whatever the views below choose meanwhile."""
        current = self.current
        if current in self._session.shown.photos and self._session.selection.ids != (current,):
            self._session.selection.set_current(current)

    @Slot(int)
    def _on_thumbnail(self, photo_id: int) -> None:
        photo = self._photo()
        if photo is not None and photo.id == photo_id:
            self.canvas.set_placeholder(self._session.thumbnails.at_hand(photo))

    @Slot()
    def _show_state(self) -> None:
        photo = self._photo()
        if photo is None:
            return
        marked = photo.id in self._session.marks
        self.bar.trash.setChecked(marked)
        self.chips.set_chips(photo_chips(self._session, photo))
        self._place()

    @Slot()
    def _show_histogram(self) -> None:
        """Of the picture on screen; a magnified one has the same, where it was counted before."""
        known = self.panel.histogram.histogram is not None
        if self.panel.isVisible() and (self.canvas.viewport.zoom == 1.0 or not known):
            self.panel.histogram.set_image(self.canvas.image)

    @Slot()
    def _show_percent(self) -> None:
        scale = self.canvas.scale
        seen = scale > 0 and not self.canvas.message
        self.bar.percent.setText(self.tr("{0} %").format(round(100 * scale)) if seen else "")

    # ------------------------------------------------------------------ deciding

    @Slot()
    def _toggle_mark(self) -> None:
        if self.current is not None:
            self._session.marks.mark([self.current], self.current not in self._session.marks)

    @property
    def advance(self) -> bool:
        """Whether every decision goes on to the next photo."""
        return self._commands["large.advance"].isChecked()

    def _on_decided(self, action: QAction) -> None:
        if self.isVisible() and self.advance:
            self._go_on(action)

    def _go_on(self, action: QAction) -> None:
        photo = self._photo()
        last = self._sequence.position + 1 >= len(self.ids)
        if photo is not None and not last:
            self.step(1)
            self.note.tell(f"{visible(photo.path.name)}: {action.text()}")
        elif photo is not None:
            self.note.tell(self.tr("This is the last photo"))

    def _decision(self, event: QKeyEvent) -> QAction | None:
        """The decision that a key stands for, whatever modifiers are held with it."""
        key = QKeySequence(event.key())
        actions = (self._commands[name] for name in DECISIONS)
        return next((a for a in actions if key in a.shortcuts() and a.isEnabled()), None)

    # ------------------------------------------------------------------ faces

    def step_face(self, steps: int) -> None:
        """Zoom to another face of the photo; after the last one the whole photo is seen."""
        if self.current is not None:
            self.note.tell(self.faces.step(steps))

    def _face_commands(self) -> tuple[tuple[QAction, int], ...]:
        """The commands that go from face to face, and how many steps."""
        return (self._commands["large.next_face"], 1), (self._commands["large.previous_face"], -1)

    # ------------------------------------------------------------------ turning and facts

    def turn(self, quarters: int) -> None:
        """Turn the photo on screen clockwise; the file is not changed."""
        if self.current is not None:
            self._session.rotations.turn(self.current, quarters)

    @Slot(int)
    def _on_turned(self, photo_id: int) -> None:
        if photo_id == self.current:
            self.canvas.set_turns(self._session.rotations.of(photo_id))
            self._show_percent()
            self.note.tell(self.tr("Turned for viewing only; the file is not changed"))

    @Slot(bool)
    def _show_info(self, shown: bool) -> None:
        """Show or hide the facts beside the photo."""
        self.bar.info.setChecked(shown)
        self.panel.setVisible(shown)
        self._show_name()
        if shown:
            self.panel.show_photo(self._photo())
            self._show_histogram()
        self._place()

    def _show_name(self) -> None:
        """In the bar, unless the facts beside the photo begin with it."""
        photo = self._photo()
        shown = "" if photo is None or not self.panel.isHidden() else visible(photo.path.name)
        self.bar.name.setText(shown)

    # ------------------------------------------------------------------ slideshow

    @Slot()
    def toggle_slideshow(self) -> None:
        """Begin a slideshow at this photo; play or pause one that has begun."""
        if not self.slideshow.active:
            self._begin_slideshow(0)
        elif self.slideshow.playing:
            self.slideshow.pause()
        else:
            self.slideshow.play()

    @Slot(bool)
    def set_shuffled(self, by_chance: bool) -> None:
        """Go on in an order by chance, or in the photos' own; the photo on screen stays."""
        if self.current is None:
            return
        self._sequence.shuffle(by_chance)
        self.bar.shuffle.setChecked(by_chance)
        self._show()

    def _begin_slideshow(self, seconds: int) -> None:
        remembered = str(QSettings().value(SECONDS_KEY, USUAL))
        known = int(remembered) if remembered.isdecimal() else USUAL
        self.slideshow.start(seconds or known)
        self._prefetch()
        self._fade()

    @Slot(int)
    def _set_pace(self, seconds: int) -> None:
        QSettings().setValue(SECONDS_KEY, seconds)
        self.slideshow.set_seconds(seconds)

    @Slot()
    def _show_slideshow(self) -> None:
        self.bar.show_slideshow(self.slideshow)
        # While it plays, nobody touches the machine: the screen would go dark over the photos.
        self.awake.keep(self.slideshow.playing, self.tr("Slideshow"))
        self._place()

    @Slot()
    def _on_due(self) -> None:
        """The next photo, as soon as it is loaded: nobody sees it come into focus."""
        following = self._session.shown.photos[self._sequence.following]
        if not self._prefetcher.is_ready(following):
            self._pending = True
            return
        if len(self.ids) == 1:
            self.slideshow.rest()
            return
        old = None if motion.reduced() else self.canvas.grab()
        self.step(1)
        if old is not None:
            self.veil.fade(old, CROSS_FADE)

    @Slot(int)
    def _on_loaded(self, ticket: int) -> None:
        if self._prefetcher.arrived(ticket) and self._pending and self.slideshow.playing:
            self._pending = False
            self._on_due()

    # ------------------------------------------------------------------ controls that fade

    def wake(self) -> None:
        """Show the controls, and let them fade when nothing happens."""
        self.unsetCursor()
        self.canvas.unsetCursor()
        for overlay in (self.bar, self.strip_ground):
            overlay.set_wanted(True)
        self._place()
        self._rest.start()

    @Slot()
    def _fade(self) -> None:
        if self._in_use():
            self._rest.start()
            return
        self._rest.stop()
        for overlay in (self.bar, self.strip_ground):
            overlay.set_wanted(False)
        self.canvas.setCursor(Qt.CursorShape.BlankCursor)
        self._place()

    def _in_use(self) -> bool:
        focused = QApplication.focusWidget()
        return (
            QApplication.activePopupWidget() is not None
            or (self._by_mouse and (self.bar.underMouse() or self.strip_ground.underMouse()))
            or (focused is not None and self.bar.isAncestorOf(focused))
        )

    def _place(self) -> None:
        """Everything at its place over the photo."""
        width = self.width() - (self.panel.width() if not self.panel.isHidden() else 0)
        height = self.height()
        self.canvas.setGeometry(0, 0, width, height)
        self.veil.setGeometry(self.canvas.geometry())
        self.panel.setGeometry(width, 0, self.panel.width(), height)
        self.bar.setGeometry(0, 0, width, self.bar.sizeHint().height())
        strip = self.strip_ground.sizeHint().height()
        self.strip_ground.setGeometry(0, height - strip, width, strip)
        below = strip if self.strip_ground.wanted else 0
        margin = 2 * style.SPACE
        self.chips.move(margin, height - below - margin - self.chips.height())
        self.chips.setVisible(bool(self.chips.chips) and not self.slideshow.playing)
        self.note.place()

    # ------------------------------------------------------------------ Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Going through, leaving, turning; zoom keys are the canvas's."""
        self._by_mouse = False  # wherever the mouse was left
        self._flies = event.isAutoRepeat()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and self._control(event.key()):
            return
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                self.step(1)
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self.step(-1)
            case Qt.Key.Key_Space if self.slideshow.active:
                self.toggle_slideshow()
            case Qt.Key.Key_Space:
                self.step(-1 if shift else 1)
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(len(self.ids) - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if (button := self._focused()) is not None:
                button.click()
            case Qt.Key.Key_Escape | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.leave()
            case _ if shift and (action := self._decision(event)) is not None:
                action.trigger()
                if not self.advance:
                    self._go_on(action)
            case _:
                self.canvas.keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key that was held is let go."""
        if not event.isAutoRepeat() and self._landing.pending:
            self._land()
        super().keyReleaseEvent(event)

    def _focused(self) -> QAbstractButton | None:
        """The button that has the focus."""
        focused = self.focusWidget()
        return focused if isinstance(focused, QAbstractButton) else None

    def _control(self, key: int) -> bool:
        """Pan with Ctrl; whether the key means something."""
        match key:
            case Qt.Key.Key_Left:
                self.canvas.pan_by(PAN * self.canvas.width(), 0)
            case Qt.Key.Key_Right:
                self.canvas.pan_by(-PAN * self.canvas.width(), 0)
            case Qt.Key.Key_Up:
                self.canvas.pan_by(0, PAN * self.canvas.height())
            case Qt.Key.Key_Down:
                self.canvas.pan_by(0, -PAN * self.canvas.height())
            case _:
                return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab brings the controls back first: what is hidden cannot have the focus."""
        self.wake()
        return super().focusNextPrevChild(forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A move of the mouse brings the controls back; the system's own false moves do not."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            place = event.globalPosition()
            if (place - self._mouse).manhattanLength() > 2:
                self._mouse = place
                self._by_mouse = True
                self.wake()
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the photo."""
        self._commands.context_menu((Section.PHOTO, Section.LARGE), self).popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another screen."""
        super().resizeEvent(event)
        self._place()
        self._prefetch()
