"""The tree of folders as Qt's tree view wants it: names, and how many photos are in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt

from photo_organizer.engine.browse.folder_tree import Folder, FolderTree
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index
from photo_organizer.ui.words.extent import WHOLE, Extent
from photo_organizer.ui.words.facts_text import folder_text
from photo_organizer.ui.words.plain_text import tip, visible


class FolderColumn(IntEnum):
    """What stands side by side."""

    NAME = 0
    COUNT = 1


class FolderModel(QAbstractItemModel):
    """The folders of a `FolderTree`; its counts may be those of other photos than all."""

    def __init__(self, choices: Choices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._tree = FolderTree({})
        # Qt keeps the number of a folder, not the object: one that went could not be told.
        self._folders: Sequence[Folder] = ()
        self._numbers: dict[str, int] = {}
        self._counts: Mapping[str, int] = {}
        self._extent = WHOLE
        self._protected: frozenset[str] = frozenset()

    @property
    def tree(self) -> FolderTree:
        """The folders shown."""
        return self._tree

    def set_tree(
        self, tree: FolderTree, folders: Sequence[Folder], counts: Mapping[str, int]
    ) -> None:
        """Show other folders.

        Args:
            tree: what is shown.
            folders: `tree.all()`, gathered beside the window.
            counts: how many photos are in each folder.
        """
        self.beginResetModel()
        self._tree, self._folders, self._counts = tree, folders, counts
        self._numbers = {folder.path: number for number, folder in enumerate(folders)}
        self._protected = self._find_protected()
        self.endResetModel()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Say other counts of the same folders."""
        if counts != self._counts:
            self._counts = counts
            self._tell_of_all()

    def set_extent(self, extent: Extent) -> None:
        """Whether the counts are those of all photos, or there may be more."""
        if extent.whole != self._extent.whole:
            self._extent = extent
            self._tell_of_all()

    def look_again(self) -> None:
        """Other folders are protected, or the look is another."""
        self._protected = self._find_protected()
        self._tell_of_all()

    def count(self, path: str) -> int:
        """How many photos are said to be in a folder."""
        return self._counts.get(path, 0)

    def folder(self, index: Index) -> Folder | None:
        """The folder at an index."""
        return self._folders[index.internalId()] if index.isValid() else None

    def index_of(self, path: str) -> QModelIndex:
        """Where a folder stands; invalid where there is none."""
        number = self._numbers.get(path)
        if number is None:
            return QModelIndex()
        return self.createIndex(self._folders[number].row, FolderColumn.NAME, number)

    # ------------------------------------------------------------------ Qt's interface

    def index(
        self,
        row: int,
        column: int,
        parent: Index = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> QModelIndex:
        """Where a child of a folder stands."""
        children = self._children(parent)
        if not (0 <= row < len(children) and 0 <= column < len(FolderColumn)):
            return QModelIndex()
        return self.createIndex(row, column, self._numbers[children[row].path])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Where the folder around one stands."""
        folder = self.folder(index)
        if folder is None or folder.parent is None:
            return QModelIndex()
        return self.index_of(folder.parent.path)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many folders lie in one."""
        return 0 if parent.column() > 0 else len(self._children(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Name and count."""
        return len(FolderColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a role says about a folder."""
        folder = self.folder(index)
        if folder is None:
            return None
        if index.column() == FolderColumn.COUNT:
            return self._data_of_count(folder, role)
        value: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                value = visible(folder.name)
            case Qt.ItemDataRole.DecorationRole:
                is_protected = folder.path in self._protected
                value = style.icon("shield" if is_protected else "folder", "muted")
            case Qt.ItemDataRole.ForegroundRole:
                value = None if self.count(folder.path) else style.color("muted")
            case Qt.ItemDataRole.ToolTipRole:
                value = self._tip(folder)
            case Qt.ItemDataRole.AccessibleTextRole:
                count = self.tr("%Ln photos", "", self.count(folder.path))
                value = f"{visible(folder.name)}, {count}"
        return value

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Photos can be dropped on folders."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDropEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        """Photos, as a grid gives them."""
        return ["text/uri-list"]

    def canDropMimeData(
        self,
        _data: QMimeData,
        _action: Qt.DropAction,
        _row: int,
        _column: int,
        parent: Index,
    ) -> bool:
        """On a folder, not between two."""
        return parent.isValid()

    # ------------------------------------------------------------------ within

    def _children(self, parent: Index) -> Sequence[Folder]:
        folder = self.folder(parent)
        return self._tree.roots if folder is None else folder.children

    def _data_of_count(self, folder: Folder, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._extent.counted(self.count(folder.path))
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole:
                return style.color("muted")
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(folder)
        return None

    def _tip(self, folder: Folder) -> str:
        lines = [folder_text(Path(folder.path))]
        if folder.path in self._protected:
            lines.append(self.tr("Protected: nothing goes from here, and nothing is moved here"))
        return tip("\n".join(lines))

    def _find_protected(self) -> frozenset[str]:
        roots: Collection[Path] = self._choices.preferences.protected
        if not roots:
            return frozenset()
        return frozenset(
            folder.path
            for folder in self._folders
            if any(Path(folder.path).is_relative_to(root) for root in roots)
        )

    def _tell_of_all(self, parent: Index = QModelIndex()) -> None:  # noqa: B008
        """A span for each folder would be thousands of signals: the list paints what is seen."""
        count = self.rowCount(parent)
        if count:
            self.dataChanged.emit(
                self.index(0, 0, parent), self.index(count - 1, FolderColumn.COUNT, parent)
            )
