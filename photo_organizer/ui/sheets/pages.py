"""What sheets have in common: the page of work while it happens, and that of what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.file_manager import show_in_file_manager
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.plain_text import tip, visible

MARGIN = 3 * style.SPACE
SPACING = 2 * style.SPACE


def heading(text: str = "", parent: QWidget | None = None) -> QLabel:
    """The first line of a page."""
    label = Label(text, parent)
    label.setWordWrap(True)
    style.set_role(label, "heading")
    return label


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """The last line of a page: buttons at its right end."""
    line = layouts.row(spacing=style.SPACE)
    line.addStretch(1)
    for button in buttons:
        line.addWidget(button)
    return line


class ProgressPage(QWidget):
    """Work while it happens.

    Args:
        parent: the sheet.
        name: of the bar, for those who do not see it.
        buttons: beside the one that stops the work.
    """

    def __init__(self, parent: QWidget, name: str, *buttons: QPushButton) -> None:
        super().__init__(parent)
        self.title = heading()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.figures = Label()
        style.set_role(self.figures, "muted")
        self.stop = QPushButton(self.tr("Stop"))
        layout = layouts.column(self, (MARGIN,) * 4, SPACING)
        for widget in (self.title, self.bar, self.figures):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(button_row(*buttons, self.stop))

    def begin(self, title: str, total: int) -> None:
        """Nothing is done yet; `title` says what is being done."""
        self.title.setText(title)
        self.show_step(0, total)

    def show_step(self, done: int, total: int) -> None:
        """So many photos are dealt with."""
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)
        spoken = QLocale()
        text = self.tr("{0} of {1}")
        self.figures.setText(text.format(spoken.toString(done), spoken.toString(total)))


class OutcomePage(QWidget):
    """What came of the work, and the photos with which something did not work.

    Args:
        parent: the sheet.
        problems: the name of the list of such photos, for those who do not see it.
        why: the heading of its column of reasons.
        buttons: beside the one that closes the sheet.
        note: what stands between the list and the buttons.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        problems: str,
        why: str,
        buttons: Sequence[QPushButton] = (),
        note: QLabel | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = heading()
        self.text = Label(wordWrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problems = QTreeWidget()
        self.problems.setRootIsDecorated(False)
        self.problems.setUniformRowHeights(True)
        self.problems.setHeaderLabels([self.tr("File"), why])
        self.problems.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.problems.header().resizeSection(0, 24 * style.SPACE)
        self.problems.setAccessibleName(problems)
        self.problems.itemActivated.connect(self._reveal)
        self.done = QPushButton(self.tr("Done"))
        style.set_role(self.done, "primary")
        layout = layouts.column(self, (MARGIN,) * 4, SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addWidget(self.problems, 1)
        if note is not None:
            layout.addWidget(note)
        layout.addStretch(0)
        layout.addLayout(button_row(*buttons, self.done))
        self._paths: list[Path] = []

    def show_outcome(self, title: str, text: str, problems: Sequence[tuple[Path, str]]) -> None:
        """Tell it.

        Args:
            title: what came of it.
            text: more about it; "" for nothing.
            problems: files with which something did not work, and why.
        """
        # Only now: a sheet has one default button, and until here it is that of its question.
        self.done.setDefault(True)
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.problems.clear()
        self._paths = [path for path, _ in problems]
        for path, why in problems:
            item = QTreeWidgetItem([visible(path.name), visible(why)])
            item.setToolTip(0, tip(visible(path)))
            item.setToolTip(1, tip(why))
            self.problems.addTopLevelItem(item)
        self.problems.setVisible(bool(problems))

    @Slot(QTreeWidgetItem)
    def _reveal(self, item: QTreeWidgetItem) -> None:
        show_in_file_manager(self._paths[self.problems.indexOfTopLevelItem(item)])
