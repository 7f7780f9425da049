"""The tool bar: what people need at any time, with the search in its middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from photo_organizer.ui.commands.commands import beside_icon

WIDE = 1200
ROOM = 200
"""Pixels for a text that says in full what its command does, at least."""
SHARE = 5
"""A wide bar gives such a text this part of its width: a fifth."""
AROUND = 56
"""Its icon, and the room around both."""


class ToolBar(QToolBar):
    """Stays where it is.

    Args:
        first: at the left.
        middle: a widget between the two ends.
        last: at the right, with their texts; the first of them says its whole text where there is
            room.
        icons: after those, as icons only.
    """

    def __init__(
        self,
        first: QAction,
        middle: QWidget,
        last: Sequence[QAction],
        icons: Sequence[QAction],
    ) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Tools"))
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggleViewAction().setEnabled(False)
        self.addAction(first)
        for widget in (_gap(), middle, _gap()):
            self.addWidget(widget)
        self.addActions(list(last))
        self.addSeparator()
        for action in icons:
            self.addAction(action)
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._telling = last[0] if last else None
        if self._telling is not None:
            self._telling.changed.connect(self._tell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more words now, or no more."""
        super().resizeEvent(event)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Say all of a text where there is room, always in the same width: nothing jumps."""
        if self._telling is None:
            return
        button = self.widgetForAction(self._telling)
        if not isinstance(button, QToolButton):
            return
        wide = self.width() >= WIDE and self._telling.isEnabled()
        text, room = self._telling.iconText(), max(ROOM, self.width() // SHARE)
        if wide:
            whole = self._telling.text().replace("&&", "&")
            text = beside_icon(
                button.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
            )
        button.setText(text)
        button.setFixedWidth(room + AROUND if wide else button.sizeHint().width())


def _gap() -> QWidget:
    """Room that grows."""
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return gap
