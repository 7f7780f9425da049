"""How many photos are selected, and how large they are together."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import size_text

AT_ONCE = 2000
"""Photos whose sizes are summed at once; those of more beside the window."""

REST = 50
"""Milliseconds without another selection before the sizes of many are summed."""


class SelectedLabel(Label):
    """Says "3 selected · 24 MB"; not there while one photo or none is selected."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._sum_soon = Debounce(self, REST, self._sum)
        style.set_role(self, "muted")
        session.selection.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        ids = self._session.selection.ids
        self.setVisible(len(ids) > 1)
        if len(ids) < 2:
            self._sum_soon.stop()
        elif len(ids) <= AT_ONCE:
            photos = self._session.shown.photos
            self._say(len(ids), sum(photos.size_of(i) for i in ids if i in photos))
        else:
            self._say(len(ids), None)
            self._sum_soon.start()

    def _say(self, count: int, size: int | None) -> None:
        text = self.tr("%Ln selected", "", count)
        self.setText(text if size is None else f"{text}  ·  {size_text(size)}")

    def _sum(self) -> None:
        ids, columns = self._session.selection.ids, self._session.shown.columns

        def work(_cancel: threading.Event) -> Iterator[int]:
            sizes = columns.sizes
            yield sum(sizes.get(i, 0) for i in ids)

        def show(size: int) -> None:
            if isValid(self) and ids is self._session.selection.ids:
                self._say(len(ids), size)

        self._session.tasks.start(work, show)
