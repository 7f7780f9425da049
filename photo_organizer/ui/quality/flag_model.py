"""The flagged photos of one flaw, worst first: a thin adapter from the result shown to Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QObject,
    Qt,
    Slot,
)

from photo_organizer.engine.domain.results import Flag, Flaw, Result
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets.list_model import MANY, Index, ListModel
from photo_organizer.ui.words.plain_text import tip, visible


class FlagRole(IntEnum):
    """What a delegate asks for beyond Qt's own roles."""

    FLAG = Qt.ItemDataRole.UserRole + 1
    """The `Flag`."""
    SENTENCE = FLAG + 1
    """str: what is wrong, with its number."""
    SCORE = FLAG + 2
    """str: how certain the flaw is, "0.87"."""
    CERTAINTY = FLAG + 4
    """str: the same in a word, "certainly"."""
    STATE = FLAG + 3
    """str: "marked for the trash", "called fine"; empty when nothing was decided."""


class FlagModel(ListModel[Flag]):
    """Flags of one flaw in the result's order, which is worst first."""

    def __init__(
        self,
        choices: Choices,
        shown: ShownResult,
        marks: Marks,
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._marks = marks
        self._flaw = Flaw.BLUR
        self._with_fine = False
        self._first_fine = 0
        self._row_of: dict[int, int] = {}
        self.counts: Mapping[Flaw, int] = Counter()
        """How many photos have each flaw."""
        self.fine_counts: Mapping[Flaw, int] = Counter()
        """How many more would have it, had the user not called them fine."""
        shown.changed.connect(self._update)
        marks.changed.connect(self._refresh)
        thumbnails.ready.connect(self._refresh_one)
        self._update(shown.result)

    @property
    def flaw(self) -> Flaw:
        """The flaw listed."""
        return self._flaw

    def set_flaw(self, flaw: Flaw) -> None:
        """List the photos with another flaw."""
        if flaw is not self._flaw:
            self._flaw = flaw
            self._update(self._shown.result)

    @property
    def listed(self) -> Sequence[Flag]:
        """The flags in the order of the rows; those called fine come last, if at all."""
        return self._items

    @property
    def flagged(self) -> Sequence[Flag]:
        """The flags of that flaw, the surest first; without those called fine."""
        return self._items[: self._first_fine]

    @property
    def with_fine(self) -> bool:
        """Whether photos that were called fine are listed too, after the others."""
        return self._with_fine

    def set_with_fine(self, wanted: bool) -> None:
        """List photos that were called fine too, or leave them out."""
        if wanted is not self._with_fine:
            self._with_fine = wanted
            self._update(self._shown.result)

    def is_fine(self, index: Index) -> bool:
        """Whether the photo at an index was called fine."""
        return index.isValid() and index.row() >= self._first_fine

    def row(self, photo_id: int) -> QModelIndex:
        """The index of a photo; invalid when it has not this flaw."""
        row = self._row_of.get(photo_id)
        return QModelIndex() if row is None else self.index(row)

    # ------------------------------------------------------------------ Qt's interface

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: PLR0911
        """What a role says about a flagged photo."""
        flag = self.item(index)
        if flag is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(self._shown.photos[flag.photo].path.name)
            case FlagRole.SENTENCE:
                return visible(flag.reason.text(self._choices.language))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(flag.reason.text(self._choices.language))
            case Qt.ItemDataRole.AccessibleTextRole:
                name = self.data(index)
                roles = (FlagRole.CERTAINTY, FlagRole.SENTENCE, FlagRole.STATE)
                parts = (name, *(index.data(said) for said in roles))
                return ", ".join(part for part in parts if part)
            case FlagRole.SCORE:
                return QLocale().toString(flag.score, "f", 2)
            case FlagRole.CERTAINTY:
                return flag.certainty.text(self._choices.language)
            case FlagRole.FLAG:
                return flag
            case FlagRole.STATE:
                return self._state(flag, self.is_fine(index))
        return None

    def _state(self, flag: Flag, fine: bool) -> str:
        if flag.photo in self._marks:
            return self.tr("Marked for the trash")
        return self.tr("Called fine") if fine else ""

    # ------------------------------------------------------------------ changes

    @Slot(object)
    def _update(self, result: Result | None) -> None:
        flags = result.flags if result else ()
        fine = result.fine if result else ()
        self.counts = Counter(flag.flaw for flag in flags)
        self.fine_counts = Counter(flag.flaw for flag in fine)
        listed = [flag for flag in flags if flag.flaw is self._flaw]
        self._first_fine = len(listed)
        if self._with_fine:
            listed += [flag for flag in fine if flag.flaw is self._flaw]
        self._row_of = {flag.photo: row for row, flag in enumerate(listed)}
        self.set_items(listed)

    def _refresh(self, photo_ids: Collection[int]) -> None:
        if len(photo_ids) > MANY:
            self.tell_all_changed()
            return
        self.tell_changed(self._row_of[i] for i in photo_ids if i in self._row_of)

    def _refresh_one(self, photo_id: int) -> None:
        self._refresh((photo_id,))
