"""How photos are turned for viewing: remembered while the program runs; files are not changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Rotations(QObject):
    """Quarters of a circle, clockwise, by photo id."""

    changed = Signal(int)
    """The id of a photo that is turned otherwise now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns: dict[int, int] = {}

    def of(self, photo_id: int) -> int:
        """By how many quarters a photo is turned, 0 to 3."""
        return self._turns.get(photo_id, 0)

    def turn(self, photo_id: int, quarters: int) -> None:
        """Turn a photo further; negative is to the left."""
        self._turns[photo_id] = (self.of(photo_id) + quarters) % 4
        self.changed.emit(photo_id)
