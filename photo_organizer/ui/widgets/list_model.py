"""A list as Qt's item views want it: what all list models of the program have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
"""What Qt gives to models and delegates."""

T = TypeVar("T")

MANY = 500
"""Items of which it is quicker to draw all that are visible than to look where each one is."""


class ListModel(QAbstractListModel, Generic[T]):
    """A model of a Python list; what a role says of an item is left to `data` of subclasses."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[T] = []

    def item(self, index: Index) -> T | None:
        """The item at an index; None at an invalid one."""
        return self._items[index.row()] if index.isValid() else None

    def set_items(self, items: Iterable[T]) -> None:
        """List other items; whoever looks at the model begins anew."""
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def tell_all_changed(self) -> None:
        """Every item may say something else now."""
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def tell_changed(self, rows: Iterable[int]) -> None:
        """Items say something else now.

        One span for all of them: ten thousand at once must not be ten thousand signals.
        """
        known = set(rows)
        if known:
            self.dataChanged.emit(self.index(min(known)), self.index(max(known)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many items."""
        return 0 if parent.isValid() else len(self._items)
