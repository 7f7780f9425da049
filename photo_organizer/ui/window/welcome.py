"""The empty window: what to do first, and what to expect."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.libraries import Library
from photo_organizer.ui.sheets.model_offer import ModelOffer
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.extent import Extent
from photo_organizer.ui.words.facts_text import folder_text
from photo_organizer.ui.words.plain_text import button_text, tip, visible

HIGH = 640
"""The height from which on all of them fit."""
RECENT = 4
WIDTH = 560


class Welcome(QFrame):
    """Invites to drop a folder, to choose one, or to try the demo album."""

    choose = Signal()
    """Choose a folder."""
    demo = Signal()
    """Make the demo album and open it."""
    reopen = Signal(object)
    """A `Library` to open again."""

    def __init__(self, models: EncoderModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.offer = ModelOffer(models)
        self.offer.setFixedWidth(WIDTH)
        self.drop = layouts.frame("drop")
        self.drop.setFixedWidth(WIDTH)
        drop = layouts.column(self.drop, (32, 24, 32, 20), spacing=12)
        picture = Label()
        picture.setMinimumHeight(72)
        style.on_change(picture, _dress_picture)
        title = Label(self.tr("Drop a folder of photos here"))
        style.set_role(title, "title")
        promise = Label(
            self.tr(
                "They are sorted into categories, duplicates, highlights and low quality, "
                "on this computer. Nothing is moved or changed until you say so."
            )
        )
        style.set_role(promise, "muted")
        self.choose_button = QPushButton(self.tr("Choose a folder…"))
        style.set_role(self.choose_button, "primary")
        self.choose_button.clicked.connect(self.choose)
        self.demo_button = QPushButton(self.tr("Try it with a demo album"))
        style.set_role(self.demo_button, "quiet")
        self.demo_button.clicked.connect(self.demo)
        promise.setWordWrap(True)
        for label in (picture, title, promise):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        drop.addWidget(picture)
        drop.addWidget(title)
        drop.addWidget(promise)
        drop.addWidget(self.choose_button, alignment=Qt.AlignmentFlag.AlignCenter)
        drop.addWidget(self.demo_button, alignment=Qt.AlignmentFlag.AlignCenter)

        self._recent = layouts.column()
        self.recent_buttons: list[QPushButton] = []
        self._recent_title = Label(self.tr("Open again"))
        style.set_role(self._recent_title, "muted")
        self._recent.addWidget(self._recent_title, alignment=Qt.AlignmentFlag.AlignHCenter)

        layout = layouts.column(self, (24, 24, 24, 24))
        layout.addStretch(2)
        layout.addLayout(_centred(self.drop))
        layout.addSpacing(16)
        layout.addLayout(_centred(self.offer))
        layout.addSpacing(16)
        layout.addLayout(self._recent)
        layout.addStretch(3)
        accessible.hand_focus(self, self.choose_button)
        self.set_recent([])

    def set_recent(self, libraries: Sequence[Library]) -> None:
        """Offer these libraries, the newest first."""
        for button in self.recent_buttons:
            button.deleteLater()
        self.recent_buttons = []
        for library in libraries[:RECENT]:
            where = ", ".join(folder_text(folder) for folder in library.folders)
            text = visible(f"{library.name}  ·  {where}")
            if library.looked_at is not None:
                text += f"  ·  {Extent.stopped_at(*library.looked_at).text}"
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, WIDTH)
            button = QPushButton(button_text(shown))
            style.set_role(button, "quiet")
            button.setToolTip(tip("\n".join(map(visible, library.folders))))
            button.setAccessibleName(text)
            button.clicked.connect(partial(self.reopen.emit, library))
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
            self.recent_buttons.append(button)
        self._recent_title.setVisible(bool(libraries))
        self._show_as_many_as_fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has room for fewer libraries."""
        super().resizeEvent(event)
        self._show_as_many_as_fit()

    def _show_as_many_as_fit(self) -> None:
        most = RECENT if self.height() >= HIGH else RECENT // 2
        for number, button in enumerate(self.recent_buttons):
            button.setVisible(number < most)

    def set_over(self, over: bool) -> None:
        """Show that a drag hovers over the window."""
        self.drop.setProperty("over", over)
        self.drop.style().polish(self.drop)


def _centred(widget: QWidget) -> QHBoxLayout:
    """In the middle of a row, as high as its wrapped text needs (an alignment forgets that)."""
    line = layouts.row()
    line.addStretch()
    line.addWidget(widget)
    line.addStretch()
    return line


def _dress_picture(label: QLabel) -> None:
    label.setPixmap(style.icon("images", "accent").pixmap(QSize(64, 64)))
