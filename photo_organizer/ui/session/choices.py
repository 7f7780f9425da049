"""What people chose and set: the preferences, with the thresholds, and the window's language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.ui.session.preferences import PreferencesKeeper
from photo_organizer.ui.words import language


class Choices(QObject):
    """The choices in force, kept over a restart; owned by the session."""

    judgement_changed = Signal()
    """Stored facts are to be judged by other thresholds or preferences."""
    folders_changed = Signal(object, object)
    """Other folders are protected or kept from: the `Preferences` before and after."""
    language_changed = Signal(str)
    """`language` is another now."""

    scheme_changed = Signal(str)
    """The colours of the window are others now: `Preferences.scheme`."""

    watch_changed = Signal()
    """Folders are to be watched, or not any more."""

    def __init__(self, keeper: PreferencesKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.preferences = keeper.at_start
        self.language = language.chosen(self.preferences.language)
        """What the window speaks: of sentences that come from the engine, for example."""

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds in force."""
        return self.preferences.thresholds

    def set_threshold(self, name: str, value: float) -> None:
        """Change a threshold ("duplicates.same"); stored facts are judged again shortly after."""
        self.set_preferences(self.preferences.with_threshold(name, value))

    def keeps_from(self, folder: Path) -> bool:
        """Whether photos in a folder stay rather than copies elsewhere."""
        return any(folder.is_relative_to(kept) for kept in self.preferences.keep_from)

    def keep_from(self, folder: Path, keep: bool) -> None:
        """Let the photos in and below a folder stay rather than copies elsewhere, or not any more.

        Not any more takes back what was said of the folders above it, too.
        """
        others = [kept for kept in self.preferences.keep_from if not folder.is_relative_to(kept)]
        chosen = (*others, folder) if keep else tuple(others)
        self.set_preferences(replace(self.preferences, keep_from=chosen))

    def set_preferences(self, chosen: Preferences) -> None:
        """Follow and remember other preferences: keepers and protected folders at once."""
        before, self.preferences = self.preferences, chosen
        self._keeper.save(chosen)
        if chosen.judgement != before.judgement:
            self.judgement_changed.emit()
        if chosen.watch != before.watch:
            self.watch_changed.emit()
        if chosen.scheme != before.scheme:
            self.scheme_changed.emit(chosen.scheme)
        if (chosen.protected, chosen.keep_from) != (before.protected, before.keep_from):
            self.folders_changed.emit(before, chosen)
        if (spoken := language.chosen(chosen.language)) != self.language:
            self.language = spoken
            self.language_changed.emit(spoken)
