"""What the pages of the settings have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel
from shiboken6 import isValid

from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.worker import Work
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label

MARGIN = 3 * style.SPACE
INDENT = 27
"""Of the text below a radio button."""

FIELD_WIDTH = 24 * style.SPACE


class SettingsPage(QFrame):
    """A page with a title and a sentence on what can be chosen."""

    changed = Signal()
    """The session's preferences are others now."""

    def __init__(self, choices: Choices, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._choices = choices
        self._tasks = tasks
        self.content = layouts.column(self, (MARGIN,) * 4, 2 * style.SPACE)

    @property
    def _preferences(self) -> Preferences:
        return self._choices.preferences

    def _set(self, chosen: Preferences) -> None:
        if chosen != self._preferences:
            self._choices.set_preferences(chosen)
            self.changed.emit()

    def _introduce(self, title: str, text: str) -> None:
        heading = Label(title)
        style.set_role(heading, "heading")
        both = layouts.column(spacing=style.SPACE)
        both.addWidget(heading)
        both.addWidget(muted(text))
        self.content.addLayout(both)

    def _run_aside(self, work: Work, then: Callable[[Any], None]) -> None:
        """Run `work` in the background; what it yields comes to `then` while the page is there."""
        self._tasks.start(work, lambda event: then(event) if isValid(self) else None)


def muted(text: str) -> QLabel:
    """Quiet text of several lines."""
    label = Label(text)
    label.setWordWrap(True)
    style.set_role(label, "muted")
    return label
