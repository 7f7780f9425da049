"""A flagged photo: why it is flagged, the whole of it, and the part that shows it at 100 %."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import Flag, Flaw
from photo_organizer.ui.photos.canvas import PhotoCanvas
from photo_organizer.ui.photos.star_row import StarNote
from photo_organizer.ui.photos.viewport import Viewport
from photo_organizer.ui.session.region_finder import RegionFinder
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.facts_table import ElidedLabel, FactsTable
from photo_organizer.ui.widgets.file_manager import show_in_file_manager
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, row
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.names import flaw_name, flaw_outlines, flaw_part
from photo_organizer.ui.words.plain_text import visible

FACTS = frozenset({"pixels", "size", "taken", "exposure"})
"""What helps to judge quality."""

MOST = 4
"""Times that the part of a small photo is magnified."""


class FlawPreview(QFrame):
    """The whole photo with an outline, and beside it what the outline holds, pixel by pixel.

    Both can be zoomed and dragged; the outline follows what is seen of the part.

    Args:
        session: whose photos.
        finder: finds the part; tests bring their own.
    """

    def __init__(
        self, session: Session, finder: RegionFinder | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._session = session
        self._flag: Flag | None = None
        self._photo: Photo | None = None
        self._region: Region | None = None
        self._moved = False
        self._asked: Flaw | None = None
        self.finder = finder or RegionFinder()
        self.destroyed.connect(self.finder.close)
        self.reason = Label(self, wordWrap=True)
        self.certainty = Label(self, wordWrap=True)
        self.whole = PhotoCanvas(session.images, parent=self)
        self.part = PhotoCanvas(session.images, parent=self)
        self.whole_label = Label(self)
        self.part_label = Label(self)
        self.name = ElidedLabel("", self)
        self.stars = StarNote(session.stars, self)
        self.facts = FactsTable(self)
        self.folder = QToolButton(self)
        for canvas in (self.whole, self.part):
            canvas.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves it in the list
        self.setAccessibleName(self.tr("Flagged photo"))
        self._set_up()
        self._lay_out()
        self.part.viewport_changed.connect(self._on_moved)
        self.part.resized.connect(self._aim)
        self.part.shown.connect(self._outline)
        self.finder.found.connect(self._on_found)
        self.folder.clicked.connect(self._reveal)
        session.thumbnails.ready.connect(self._on_thumbnail)
        session.rotations.changed.connect(self._on_turned)
        update_while_visible(self, self._tell, session.marks.changed)

    def _set_up(self) -> None:
        style.set_role(self.reason, "heading")
        for label in (self.certainty, self.whole_label, self.part_label):
            style.set_role(label, "muted")
        self.whole.setAccessibleName(self.tr("Whole photo"))
        self.part.setAccessibleName(self.tr("Part of the photo"))
        style.set_icon(self.folder, "folder-open")
        self.folder.setAccessibleName(self.tr("Show in folder"))
        self.folder.setToolTip(self.tr("Show in folder"))

    def _lay_out(self) -> None:
        space = 2 * style.SPACE
        above = column(margins=(space, space, space, space), spacing=style.SPACE // 2)
        above.addWidget(self.reason)
        above.addWidget(self.certainty)
        beside = row(margins=(space, 0, space, space), spacing=space)
        beside.addLayout(self._under(self.whole_label, self.whole), 1)
        beside.addLayout(self._under(self.part_label, self.part), 1)
        below = column(margins=(space, 0, space, space), spacing=style.SPACE)
        named = row(spacing=style.SPACE)
        named.addWidget(self.name, 1)
        named.addWidget(self.stars)
        named.addWidget(self.folder)
        below.addLayout(named)
        below.addWidget(self.facts)
        layout = column(self)
        layout.addLayout(above)
        layout.addLayout(beside, 1)
        layout.addLayout(below)

    def _under(self, label: QLabel, canvas: PhotoCanvas) -> QVBoxLayout:
        box = column(spacing=style.SPACE)
        box.addWidget(label)
        box.addWidget(canvas, 1)
        return box

    # ------------------------------------------------------------------ what is shown

    @property
    def photo(self) -> Photo | None:
        """The photo shown."""
        return self._photo

    @property
    def region(self) -> Region | None:
        """The part that shows the flaw, once it is found."""
        return self._region

    def show_flag(self, flag: Flag | None) -> None:
        """Show another photo, or another flaw of it; None shows nothing."""
        photo = self._session.shown.photos.get(flag.photo) if flag else None
        other = photo != self._photo
        flaw = flag.flaw if flag else None
        same = not other and flaw is self._asked
        self._flag, self._photo, self._asked = flag, photo, flaw
        self._tell()
        if same:
            return
        self._region, self._moved = None, False
        if other:
            thumbnail = self._session.thumbnails.pixmap(photo) if photo else None
            turns = self._session.rotations.of(photo.id) if photo else 0
            for canvas in (self.whole, self.part):
                canvas.set_photo(photo, thumbnail, turns)
        self.whole.set_outlines(None)
        if flag and photo:
            self._aim()
            region = flag.region or self.finder.known(photo, flag.flaw)
            if region is not None:
                self._on_found(photo, flag.flaw, region)
            else:
                self.finder.ask(photo, flag.flaw)

    @Slot()
    def _tell(self) -> None:
        flag, photo = self._flag, self._photo
        if flag is None or photo is None:
            return
        language = self._session.choices.language
        self.reason.setText(flag.reason.text(language))
        lines = [
            self.tr("Certainty {0} of 100 ({1}); flagged from {2} on.").format(
                round(100 * flag.score), flag.certainty.text(language), round(100 * flag.threshold)
            )
        ]
        others = [f for f in self._session.shown.flags_of(photo.id) if f.flaw is not flag.flaw]
        if others:
            names = ", ".join(flaw_name(other.flaw) for other in others)
            lines.append(self.tr("Also flagged: {0}.").format(names))
        self.certainty.setText(" ".join(lines))
        self.name.setText(visible(photo.path.name))
        self.stars.show_photo(photo.id)
        self.facts.set_photo(photo, FACTS, dashes=False)
        self._label()

    def _label(self) -> None:
        if self._flag is None:
            return
        flaw = self._flag.flaw
        whole = self.tr("Whole photo")
        if self._region is not None and self._region.outlines:
            whole = flaw_outlines(flaw) or whole
        part = flaw_part(self._flag)
        percent = round(100 * self.part.scale)
        self.whole_label.setText(whole)
        self.part_label.setText(
            self.tr("{0} %").format(percent)
            if self._moved
            else self.tr("{0} %: {1}").format(percent, part)
        )

    @Slot(object, object, object)
    def _on_found(self, photo: Photo, flaw: Flaw, region: Region) -> None:
        if self._flag is not None and photo == self._photo and flaw is self._flag.flaw:
            self._region = region
            self._aim()

    # ------------------------------------------------------------------ the part

    @Slot()
    def _aim(self) -> None:
        """Show the part at 100 % (of a small photo larger), unless the user went elsewhere."""
        region = self._region
        if not self._moved:
            x, y = (
                (region.left + region.width / 2, region.top + region.height / 2)
                if region
                else (0.5, 0.5)
            )
            view = Viewport(self._magnification() * self.part.actual_zoom, x, y)
            self.part.set_viewport(view.turned(self.part.turns))
        self._outline()

    def _magnification(self) -> int:
        """1, but more for a photo that is seen whole at 100 %: beside itself it would tell nothing.

        Whole numbers: pixels stay squares.
        """
        photo = self._photo
        if photo is None or (self._flag and self._flag.flaw.is_of_the_whole):
            return 1
        ratio = self.part.devicePixelRatioF()
        width, height = self.part.width() * ratio, self.part.height() * ratio
        if self.part.turns % 2:
            width, height = height, width
        fitting = min(width / max(1, photo.width), height / max(1, photo.height))
        return min(MOST, int(fitting) + 1)

    @Slot()
    def _on_moved(self) -> None:
        self._moved = True
        self._outline()

    @Slot()
    def _outline(self) -> None:
        """Outline in the whole photo what is seen of it beside it, and what is clipped."""
        region = self._region
        seen = self.part.seen
        whole = QRectF(0, 0, 1, 1)
        clipped = [
            QPolygonF([QPointF(x, y) for x, y in outline])
            for outline in (region.outlines if region else ())
        ]
        self.whole.set_outlines(None if seen.contains(whole) or not region else seen, clipped)
        self._label()

    @Slot(int)
    def _on_thumbnail(self, photo_id: int) -> None:
        if self._photo is not None and photo_id == self._photo.id:
            for canvas in (self.whole, self.part):
                canvas.set_placeholder(self._session.thumbnails.pixmap(self._photo))

    @Slot(int)
    def _on_turned(self, photo_id: int) -> None:
        if self._photo is not None and photo_id == self._photo.id:
            for canvas in (self.whole, self.part):
                canvas.set_turns(self._session.rotations.of(photo_id))
            self._aim()

    @Slot()
    def _reveal(self) -> None:
        if self._photo is not None:
            show_in_file_manager(self._photo.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a large photo act on the part, wherever in here the focus is."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Z and self._moved and not control:
            self._moved = False
            self._aim()
            return
        self.part.keyPressEvent(event)
