"""A list of pages at the left of a window, each with a name, an icon and a count."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.label import Label

WIDTH = 208


class NavigationButton(QPushButton):
    """A page's name and count."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(f"\N{EN SPACE}{text}", parent)  # the space Qt leaves to the icon is tight
        self._name = text
        self.setCheckable(True)
        style.set_role(self, "nav")
        style.set_icon(self, icon)
        self.count = Label(self)
        style.set_role(self.count, "muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layouts.row(self, (0, 0, 12, 0)).addWidget(self.count)

    def set_count(self, count: str, spoken: str = "") -> None:
        """Show how many there are.

        Args:
            count: as it is seen; "" for not known yet.
            spoken: as it is heard, where that is another.
        """
        self.count.setText(count)
        self.setAccessibleName(f"{self._name}, {spoken or count}" if count else self._name)


class Navigation(QFrame):
    """One button for each page; exactly one is checked.

    Args:
        head: stands above the buttons.
    """

    chosen = Signal(str)
    """The key of the page to show."""

    def __init__(self, head: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setFixedWidth(WIDTH)
        self.buttons: dict[str, NavigationButton] = {}
        """By the key of their page."""
        self._group = QButtonGroup(self)
        accessible.one_stop(self._group)
        layout = layouts.column(self, (12, 12, 12, 12), spacing=2)
        layout.addWidget(head)
        layout.addSpacing(8)
        self._list = layouts.column(spacing=2)
        layout.addLayout(self._list)
        layout.addStretch()

    def add(self, key: str, text: str, icon: str) -> NavigationButton:
        """A button for one more page."""
        button = self.buttons[key] = NavigationButton(text, icon, self)
        self._group.addButton(button)
        button.clicked.connect(lambda _=False: self.chosen.emit(key))
        self._list.addWidget(button)
        return button

    def choose(self, key: str) -> None:
        """Check the button of a page without telling."""
        self.buttons[key].setChecked(True)
