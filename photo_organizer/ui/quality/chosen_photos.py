"""Which photos of the list of flags are chosen, over every change of the list."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Signal, Slot

from photo_organizer.ui.quality.flag_model import FlagModel
from photo_organizer.ui.widgets.row_list import RowList


class ChosenPhotos(QObject):
    """The selected rows by the ids of their photos: another list forgets rows, not photos.

    Args:
        rows: the list.
        photos: its model.
    """

    changed = Signal()
    """`ids` may be others now."""

    def __init__(self, rows: RowList, photos: FlagModel, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._photos = photos
        self._ids: tuple[int, ...] = ()
        rows.selectionModel().selectionChanged.connect(self._on_selection)

    @property
    def ids(self) -> tuple[int, ...]:
        """The chosen photos, in the order of the list."""
        return self._ids

    def forget(self) -> None:
        """Choose none: others are listed, or these are done with."""
        self._ids = ()

    def restore(self, current: QModelIndex) -> None:
        """The list is another: choose what was chosen, as far as it is there, else `current`."""
        kept = sorted(row.row() for i in self._ids if (row := self._photos.row(i)).isValid())
        if len(kept) < 2 or current.row() not in kept:
            self._rows.setCurrentIndex(current)
            return
        self._rows.selectionModel().setCurrentIndex(
            current, QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self._rows.select_rows(_runs(kept))

    def go_to(self, index: QModelIndex) -> None:
        """Make a photo the current one; the chosen ones stay so where it is one of them."""
        if self._rows.selectionModel().isSelected(index):
            self._rows.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self._rows.scrollTo(index)
        else:
            self._rows.setCurrentIndex(index)

    @Slot()
    def _on_selection(self) -> None:
        flags = self._photos.listed
        self._ids = tuple(flags[row].photo for row in self._rows.selected_rows())
        self.changed.emit()


def _runs(rows: list[int]) -> list[range]:
    """Rows from the top down as runs without a gap."""
    runs: list[range] = []
    for row in rows:
        if runs and runs[-1].stop == row:
            runs[-1] = range(runs[-1].start, row + 1)
        else:
            runs.append(range(row, row + 1))
    return runs
