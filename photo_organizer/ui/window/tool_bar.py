"""The tool bar: what people need at any time, with the search in its middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget


class ToolBar(QToolBar):
    """Stays where it is.

    Args:
        first: at the left.
        middle: a widget between the two ends.
        last: at the right, with their texts.
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


def _gap() -> QWidget:
    """Room that grows."""
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return gap
