"""The order in which keepers are chosen, as a list of sentences that can be moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QPushButton, QWidget

from photo_organizer.engine import assets
from photo_organizer.engine.domain.keeper_criteria import default_order
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.ui.commands.commands import beside_icon
from photo_organizer.ui.widgets import layouts, style

_CRITERION = Qt.ItemDataRole.UserRole


class KeeperOrder(QWidget):
    """The criteria of one kind of duplicates, the one that decides first on top.

    A line is moved by dragging, with Alt+Up and Alt+Down, or with the buttons.

    Args:
        kind: whose keepers are chosen.
        language: of the sentences, one of `assets.languages`.
    """

    changed = Signal()
    """`order` is another now, because the user moved a line or restored the usual order."""

    def __init__(
        self, kind: GroupKind, language: str = "en", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._language = language
        self.lines = QListWidget()
        style.set_role(self.lines, "field")
        self.lines.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.lines.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.lines.setIconSize(QSize(2 * style.SPACE, 2 * style.SPACE))
        self.lines.setAccessibleName(self.tr("What decides which photo stays, in this order"))
        self.lines.setAccessibleDescription(self.tr("Alt+Up and Alt+Down move a line"))
        self.up = QPushButton(beside_icon(self.tr("Move up")))
        self.down = QPushButton(beside_icon(self.tr("Move down")))
        self.restore = QPushButton(self.tr("Restore the usual order"))
        style.set_icon(self.up, "arrow-up")
        style.set_icon(self.down, "arrow-down")
        self.up.setToolTip("Alt+↑")
        self.down.setToolTip("Alt+↓")
        buttons = layouts.row(spacing=style.SPACE)
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        buttons.addStretch()
        buttons.addWidget(self.restore)
        layout = layouts.column(self, spacing=style.SPACE)
        layout.addWidget(self.lines)
        layout.addLayout(buttons)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.lines)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda step=step: self.move_current(step))
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        self.restore.clicked.connect(self._restore)
        self.lines.model().rowsMoved.connect(self._on_moved)
        self.lines.currentRowChanged.connect(self._show_possible)
        style.on_change(self.lines, _dress)

    @property
    def order(self) -> tuple[str, ...]:
        """The criteria, the weightiest first."""
        items = (self.lines.item(row) for row in range(self.lines.count()))
        return tuple(item.data(_CRITERION) for item in items)

    def set_order(self, order: Sequence[str]) -> None:
        """Show an order without telling; does nothing when it is shown already."""
        if tuple(order) == self.order:
            return
        self.lines.clear()
        for criterion in order:
            item = QListWidgetItem()
            item.setData(_CRITERION, criterion)
            item.setSizeHint(QSize(0, style.LINE_HEIGHT))
            # Between the lines is a place to drop, on a line is none.
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            self.lines.addItem(item)
        self.lines.setCurrentRow(0)
        _dress(self.lines)
        self._number()

    def move_current(self, step: int) -> None:
        """Move the current line up (-1) or down (1), as far as there is room."""
        row = self.lines.currentRow()
        if row < 0 or not 0 <= row + step < self.lines.count():
            return
        # Qt counts the place before the move: down is behind the next line.
        place = row + step + (step > 0)
        self.lines.model().moveRow(QModelIndex(), row, QModelIndex(), place)

    @Slot()
    def _on_moved(self) -> None:
        self._number()
        self.changed.emit()

    @Slot()
    def _restore(self) -> None:
        self.set_order(default_order()[self.kind])
        self.lines.setFocus()
        self.changed.emit()

    def _number(self) -> None:
        for row, criterion in enumerate(self.order):
            sentence = assets.sentence(f"keepers.{criterion}.label", self._language)
            number = str(row + 1).rjust(2, "\N{FIGURE SPACE}")
            self.lines.item(row).setText(f"{number}.  {sentence}")
        self._show_possible()

    @Slot()
    def _show_possible(self) -> None:
        row = self.lines.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.lines.count() - 1)
        self.restore.setEnabled(self.order != default_order()[self.kind])


def _dress(lines: QListWidget) -> None:
    grip = style.icon("grip-vertical", "muted")
    for row in range(lines.count()):
        lines.item(row).setIcon(grip)
