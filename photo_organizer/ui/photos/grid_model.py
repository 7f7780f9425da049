"""The list of photos a view shows: a thin adapter from photo ids to Qt's roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    QUrl,
)

from photo_organizer.engine.domain.dates import DateSource
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.stars import spoken
from photo_organizer.ui.widgets.list_model import MANY, Index, ListModel
from photo_organizer.ui.words.faces_text import faces_text
from photo_organizer.ui.words.facts_text import (
    date_source_name,
    folder_text,
    pixels_text,
    size_text,
    taken_text,
)
from photo_organizer.ui.words.plain_text import tip, visible


class PhotoRole(IntEnum):
    """What a delegate asks for beyond Qt's own roles."""

    PHOTO = Qt.ItemDataRole.UserRole + 1
    """The `Photo`."""
    MARKED = PHOTO + 1
    """bool: marked for the trash."""
    KEEPER = PHOTO + 2
    """bool: suggested to keep in its group."""
    NOTE = PHOTO + 3
    """str: what the view says about the photo, a score for example; may be empty."""
    FLAWS = PHOTO + 4
    """tuple[Flag, ...]: the photo's flaws."""
    STARS = PHOTO + 5
    """int | None: the user's rating, 0 for a rejected photo, None for an unrated one."""
    LEAVING = PHOTO + 6
    """bool: it is only there until the photos are sorted again."""


class PhotoModel(ListModel[int]):
    """Photos in an order, by id; everything about them comes from the session."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[int, int] = {}
        self._notes: Mapping[int, str] = {}
        self._leaving: Set[int] = frozenset()
        session.marks.changed.connect(self._refresh)
        session.thumbnails.ready.connect(self._refresh_one)

    @property
    def ids(self) -> Sequence[int]:
        """The photo ids in order."""
        return self._items

    def set_photos(
        self,
        ids: Sequence[int],
        notes: Mapping[int, str] | None = None,
        rows: dict[int, int] | None = None,
        leaving: Set[int] = frozenset(),
    ) -> None:
        """Show these photos, each once; selection and scroll position survive where they can.

        Args:
            ids: photo ids in order.
            notes: short texts by photo id (see `PhotoRole.NOTE`).
            rows: the place of each id, where that was counted beside the window.
            leaving: those that are only there until the photos are sorted again.
        """
        self._notes = {} if notes is None else notes
        self._leaving = leaving
        wanted = list(ids)
        rows = numbered(wanted) if rows is None else rows
        if wanted != self._items:
            # The same photos in another order need no set of them: the usual change of a ranking.
            known = self._rows.keys()
            kept = known if known == rows.keys() else known & rows.keys()
            if not kept:
                self.beginResetModel()
                self._items, self._rows = wanted, rows
                self.endResetModel()
                return
            self._change(wanted, rows, kept)
        # Notes and flags may have changed as well.
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def row(self, photo_id: int) -> QModelIndex:
        """The index of a photo; invalid when it is not shown."""
        row = self._rows.get(photo_id)
        return QModelIndex() if row is None else self.index(row)

    def photo_id(self, index: Index) -> int | None:
        """The photo at an index."""
        return self.item(index)

    # ------------------------------------------------------------------ Qt's interface

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a role says about a photo."""
        photo_id = self.photo_id(index)
        photo = None if photo_id is None else self._session.shown.photos.get(photo_id)
        if photo is None:
            return None
        value: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                value = visible(photo.path.name)
            case Qt.ItemDataRole.ToolTipRole:
                value = self._tip(photo)
            case Qt.ItemDataRole.AccessibleTextRole:
                value = self._spoken(photo)
            case PhotoRole.PHOTO:
                value = photo
            case PhotoRole.MARKED:
                value = photo.id in self._session.marks
            case PhotoRole.KEEPER:
                group = self._session.shown.group_of(photo.id)
                value = group is not None and group.keeper == photo.id
            case PhotoRole.NOTE:
                value = self._notes.get(photo.id, "")
            case PhotoRole.FLAWS:
                value = self._session.shown.flags_of(photo.id)
            case PhotoRole.STARS:
                value = self._session.stars.of(photo.id)
            case PhotoRole.LEAVING:
                value = photo.id in self._leaving
        return value

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Photos can be dragged out to other programs."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        """File addresses."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dragged photos as files."""
        return self.mime_of([self._items[index.row()] for index in indexes])

    def mime_of(self, ids: Iterable[int]) -> QMimeData:
        """Photos as files, for other programs."""
        data = QMimeData()
        photos = [self._session.shown.photos[i] for i in ids]
        data.setUrls([QUrl.fromLocalFile(str(photo.path)) for photo in photos])
        return data

    # ------------------------------------------------------------------ changes

    def _tip(self, photo: Photo) -> str:
        lines = [visible(photo.path.name), pixels_text(photo.width, photo.height)]
        lines[1] += f", {size_text(photo.identity.size)}"
        if photo.taken is not None:
            lines.append(taken_text(photo.taken))
            if photo.taken.source is not DateSource.SHUTTER:
                lines.append(self.tr("Date from: {}").format(date_source_name(photo.taken.source)))
        if faces := faces_text(self._session.shown.faces_of(photo.id)):
            lines.append(faces)
        return tip("\n".join([*lines, folder_text(photo.path.parent)]))

    def _spoken(self, photo: Photo) -> str:
        parts = [
            photo.path.name,
            self._notes.get(photo.id, ""),
            spoken(self._session.stars.of(photo.id)),
        ]
        if photo.id in self._session.marks:
            parts.append(self.tr("marked for the trash"))
        if photo.id in self._leaving:
            parts.append(self.tr("here until sorted again"))
        parts += [
            flag.reason.text(self._session.choices.language)
            for flag in self._session.shown.flags_of(photo.id)
        ]
        return visible(", ".join(part for part in parts if part))

    def _change(self, wanted: list[int], rows: dict[int, int], kept: Set[int]) -> None:
        """Go over to other photos in four steps at most, however they are scattered.

        Every step takes time with the number of all photos: what goes is brought to the end first,
        and leaves in one run, as what is new arrives.
        """
        if len(kept) < len(self._items):
            gone = [i for i in self._items if i not in kept]
            self._reorder([i for i in wanted if i in kept] + gone)
            self.beginRemoveRows(QModelIndex(), len(kept), len(self._items) - 1)
            self._items = self._items[: len(kept)]
            self.endRemoveRows()
        if len(kept) < len(wanted):
            self.beginInsertRows(QModelIndex(), len(kept), len(wanted) - 1)
            self._items = self._items + [i for i in wanted if i not in kept]
            self.endInsertRows()
        self._reorder(wanted, rows)
        self._rows = rows

    def _reorder(self, wanted: list[int], rows: Mapping[int, int] | None = None) -> None:
        """Put the photos shown in another order; `rows` are their places, where those are known."""
        if wanted == self._items:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        photos = [self._items[index.row()] for index in before]
        self._items = wanted
        if rows is None:
            asked = set(photos)
            rows = {i: row for row, i in enumerate(wanted) if i in asked}
        self.changePersistentIndexList(before, [self.index(rows[i]) for i in photos])
        self.layoutChanged.emit()

    def _refresh(self, ids: Collection[int]) -> None:
        if len(ids) > MANY:
            self.tell_all_changed()
            return
        self.tell_changed(self._rows[i] for i in ids if i in self._rows)

    def _refresh_one(self, photo_id: int) -> None:
        index = self.row(photo_id)
        if index.isValid():
            self.dataChanged.emit(index, index)


def numbered(ids: Sequence[int]) -> dict[int, int]:
    """The place of each id."""
    return {photo_id: row for row, photo_id in enumerate(ids)}
