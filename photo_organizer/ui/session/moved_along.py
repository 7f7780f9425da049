"""Photos that followed one that the user moved to a category: known once they are judged again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.domain.decision_keys import content_of
from photo_organizer.engine.domain.operations import Deed, Operation
from photo_organizer.engine.domain.steps import Subject
from photo_organizer.ui.session.history import History, Told
from photo_organizer.ui.session.judging import Judging
from photo_organizer.ui.session.shown_result import ShownResult


@dataclass(frozen=True, slots=True)
class Moved:
    """Photos that are in a category because of one operation."""

    operation: Operation
    category: str
    """Its key."""
    by_hand: tuple[int, ...]
    """Ids of the photos that the user moved."""
    along: tuple[int, ...]
    """Ids of those that are like them, and were elsewhere before."""


class MovedAlong(QObject):
    """Tells of each move how many photos it took along; owned by the session."""

    told = Signal(object)
    """`Moved`, where others came along."""

    def __init__(
        self,
        history: History,
        shown: ShownResult,
        judging: Judging,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._moves: list[tuple[Operation, str, frozenset[int], frozenset[int]]] = []
        history.told.connect(self._on_told)
        judging.answered.connect(self._on_answer)

    @Slot(object)
    def _on_told(self, told: Told) -> None:
        """A move that was made waits for the next answer; one that was taken back does not."""
        operation = told.operation
        self._moves = [move for move in self._moves if move[0] is not operation]
        result = self._shown.result
        if operation.deed is not Deed.MOVE or told.back or result is None:
            return
        contents = {content_of(s.key) for s in operation.steps if s.subject is Subject.CATEGORY}
        moved = frozenset(photo.id for photo in result.photos.of_content(contents))
        there = frozenset(result.categories.get(operation.detail, ()))
        self._moves.append((operation, operation.detail, moved, there))

    @Slot()
    def _on_answer(self) -> None:
        moves, self._moves = self._moves, []
        result = self._shown.result
        if result is None:
            return
        for operation, key, moved, there in moves:
            along = tuple(
                i
                for i in result.categories.get(key, ())
                if i not in there and result.followed.get(i) in moved
            )
            if along:
                self.told.emit(Moved(operation, key, tuple(sorted(moved)), along))
