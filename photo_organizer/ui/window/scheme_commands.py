"""The commands that choose light or dark colours, or those of the system."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.choices import Choices


class SchemeCommands(QObject):
    """Adds a command to `Section.VIEW` for each choice; the one in force is checked."""

    def __init__(self, choices: Choices, commands: Commands) -> None:
        super().__init__(commands)
        self._choices = choices
        group = QActionGroup(self)
        names = {
            "": self.tr("Colours like the system"),
            "light": self.tr("Light colours"),
            "dark": self.tr("Dark colours"),
        }
        self.of_schemes: dict[str, QAction] = {}
        """By what they choose: see `Preferences.scheme`."""
        for scheme, name in names.items():
            action = commands.add(
                f"view.scheme_{scheme or 'system'}",
                Section.VIEW,
                name,
                partial(self._choose, scheme),
                checkable=True,
                apart=not scheme,
            )
            group.addAction(action)
            self.of_schemes[scheme] = action
        choices.scheme_changed.connect(self._show)
        self._show()

    def _choose(self, scheme: str) -> None:
        self._choices.set_preferences(replace(self._choices.preferences, scheme=scheme))

    @Slot()
    def _show(self) -> None:
        self.of_schemes[self._choices.preferences.scheme].setChecked(True)
