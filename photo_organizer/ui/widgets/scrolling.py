"""Pages that scroll up and down where a screen is too low for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

LEAST = 200
"""The height that such a page needs."""


class Scrolling(QScrollArea):
    """Holds a page: as wide as it must be, and as high as there is room."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("row")  # without a frame of its own
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Scroll to where the focus goes; Qt does so only where it comes from within."""
        if new is not None and self._page.isAncestorOf(new):
            self.ensureWidgetVisible(new)

    def sizeHint(self) -> QSize:
        """As the page."""
        return self._page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as the page and the bar beside it."""
        page = self._page.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(page.width() + bar, min(page.height(), LEAST))
