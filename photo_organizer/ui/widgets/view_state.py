"""What a view remembers over restarts: its tab, filters, the places of its splitters.

self._memory = Memory("categories")
self.tabs.setCurrentIndex(self._memory.get("tab", 0))
self._memory.keep_splitter(split)
…
self._memory.set("tab", index)

This is about looks alone, in Qt's own settings. What also matters to commands is a preference, see
`photo_organizer.engine.domain.preferences`.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter

T = TypeVar("T", bool, int, float, str)


class ViewState:
    """The part of the settings that belongs to one view.

    Args:
        name: of the view, "categories".
    """

    def __init__(self, name: str) -> None:
        self._name = f"view/{name}"

    def get(self, key: str, usual: T) -> T:
        """What was set before, else `usual`; of the type of `usual`, which decides what fits."""
        value = QSettings().value(f"{self._name}/{key}")
        try:
            if isinstance(usual, bool):
                # As text files keep it.
                return type(usual)(str(value).lower() == "true") if value is not None else usual
            return usual if value is None else type(usual)(value)
        except (TypeError, ValueError):
            return usual

    def set(self, key: str, value: bool | float | str) -> None:
        """Remember something."""
        QSettings().setValue(f"{self._name}/{key}", value)

    def keep_splitter(self, splitter: QSplitter, name: str = "splitter") -> None:
        """Put a splitter where it was left, and remember wherever people move it."""
        key = f"{self._name}/{name}"
        state = QSettings().value(key)
        if isinstance(state, QByteArray):
            splitter.restoreState(state)
        splitter.splitterMoved.connect(lambda: QSettings().setValue(key, splitter.saveState()))
