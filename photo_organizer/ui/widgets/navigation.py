"""The list of views at the left, each with its count."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QMenu, QPushButton, QWidget

from photo_organizer.ui.widgets import accessible, layouts, style

translate = QCoreApplication.translate

WIDTH = 208


class View(StrEnum):
    """The views of the library."""

    CATEGORIES = "categories"
    DUPLICATES = "duplicates"
    HIGHLIGHTS = "highlights"
    LOW_QUALITY = "low_quality"
    PROBLEMS = "problems"
    SEARCH = "search"
    """There once something was searched."""


def name(view: View) -> str:
    """A view's name for people."""
    return {
        View.CATEGORIES: translate("Navigation", "Categories"),
        View.DUPLICATES: translate("Navigation", "Duplicates"),
        View.HIGHLIGHTS: translate("Navigation", "Highlights"),
        View.LOW_QUALITY: translate("Navigation", "Low quality"),
        View.PROBLEMS: translate("Navigation", "Problems"),
        View.SEARCH: translate("Navigation", "Search"),
    }[view]


ICONS = {
    View.CATEGORIES: "layout-grid",
    View.DUPLICATES: "copy",
    View.HIGHLIGHTS: "sparkles",
    View.LOW_QUALITY: "triangle-alert",
    View.PROBLEMS: "file-x",
    View.SEARCH: "search",
}


class NavigationButton(QPushButton):
    """A view's name and count."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(f"\N{EN SPACE}{text}", parent)  # the space Qt leaves to the icon is tight
        self._name = text
        self.setCheckable(True)
        style.set_role(self, "nav")
        style.set_icon(self, icon)
        self.count = QLabel(self)
        style.set_role(self.count, "muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layouts.row(self, (0, 0, 12, 0)).addWidget(self.count)

    def set_count(self, count: int | None) -> None:
        """Show how many there are; None for not known yet."""
        self.count.setText("" if count is None else f"{count:,}")
        self.setAccessibleName(f"{self._name}, {count:,}" if count is not None else self._name)


class LibraryButton(QPushButton):
    """The name of the open library; its menu switches to another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setAccessibleName(self.tr("Library"))
        style.set_role(self, "library")
        chevron = QLabel(self)
        chevron.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        style.on_change(chevron, _dress_chevron)
        line = layouts.row(self, (0, 0, 12, 0))
        line.addStretch()
        line.addWidget(chevron)

    def set_library(self, name: str, folders: str) -> None:
        """Show a library's name; where its folders are is told to those who ask."""
        self._name = name
        self.setToolTip(folders)
        self.setAccessibleName(self.tr("Library: {}").format(name))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the name as fits."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - CHEVRON_ROOM
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))


CHEVRON_ROOM = 48
"""What the arrow and the edges of the button take of its width."""


def _dress_chevron(label: QLabel) -> None:
    label.setPixmap(style.icon("chevron-down", "muted").pixmap(16, 16))


class Navigation(QFrame):
    """One button for each `View`; exactly one is checked."""

    chosen = Signal(object)
    """The `View` to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setFixedWidth(WIDTH)
        self.buttons = {view: NavigationButton(name(view), ICONS[view], self) for view in View}
        self.library = LibraryButton(self)
        group = QButtonGroup(self)
        accessible.one_stop(group)
        layout = layouts.column(self, (12, 12, 12, 12), spacing=2)
        layout.addWidget(self.library)
        layout.addSpacing(8)
        for view, button in self.buttons.items():
            group.addButton(button)
            button.clicked.connect(lambda _=False, view=view: self.chosen.emit(view))
            layout.addWidget(button)
        layout.addStretch()

    def set_library_menu(self, menu: QMenu) -> None:
        """What the button with the library's name opens."""
        self.library.setMenu(menu)

    def choose(self, view: View) -> None:
        """Check a view's button without telling."""
        self.buttons[view].setChecked(True)

    def set_counts(self, counts: dict[View, int | None]) -> None:
        """Show how many each view holds."""
        for view, count in counts.items():
            self.buttons[view].set_count(count)
