"""Everything known about one photo, beside it in the viewer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.photos.histogram_view import HistogramView
from photo_organizer.ui.photos.preview import ALL_BUT_NAME, about
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.facts_table import FactsTable
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.plain_text import visible

WIDTH = 336


class InfoPanel(QFrame):
    """Name, what was found, and all facts of the file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._photo: Photo | None = None
        self.setObjectName("info")
        self.setFixedWidth(WIDTH)
        self.name = Label(self)
        self.name.setWordWrap(True)
        style.set_role(self.name, "heading")
        self.histogram = HistogramView(session.tasks, self)
        self.sentences = Label(self)
        self.sentences.setWordWrap(True)
        self.facts = FactsTable(self)
        content = layouts.frame("window")
        down = layouts.column(content, (24, 24, 24, 24), spacing=16)
        for widget in (self.name, self.histogram, self.sentences, self.facts):
            down.addWidget(widget)
        down.addStretch()
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        layouts.column(self).addWidget(self.area)
        self.setAccessibleName(self.tr("Facts of the photo"))
        update_while_visible(self, self._show, session.marks.changed, session.shown.changed)

    def show_photo(self, photo: Photo | None) -> None:
        """Tell about a photo."""
        self._photo = photo
        self._show()

    @Slot()
    def _show(self) -> None:
        photo = self._photo
        self.name.setText(visible(photo.path.name) if photo else "")
        sentences = about(self._session, photo) if photo else []
        self.sentences.setText("\n\n".join(sentences))
        self.sentences.setVisible(bool(sentences))
        self.facts.set_photo(photo, ALL_BUT_NAME, dashes=False)
