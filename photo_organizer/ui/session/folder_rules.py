"""Which folders are protected and which are kept from, as operations of the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from photo_organizer.engine.domain.decision_keys import folder_key
from photo_organizer.engine.domain.operations import Deed
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.steps import Step, Subject, Value
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.history import History

DEEDS = {
    (Subject.PROTECTED, True): Deed.PROTECT,
    (Subject.PROTECTED, False): Deed.UNPROTECT,
    (Subject.KEEP_FROM, True): Deed.KEEP_FROM,
    (Subject.KEEP_FROM, False): Deed.KEEP_FROM_NO_MORE,
}


class FolderRules(QObject):
    """Hands in what the settings and views changed, and takes it back; owned by the session."""

    def __init__(self, choices: Choices, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._history = history
        self._turning = False
        choices.folders_changed.connect(self._record)
        history.follow(Subject.PROTECTED, lambda folders: self._turn(Subject.PROTECTED, folders))
        history.follow(Subject.KEEP_FROM, lambda folders: self._turn(Subject.KEEP_FROM, folders))

    @Slot(object, object)
    def _record(self, before: Preferences, after: Preferences) -> None:
        if self._turning:
            return
        steps = _steps(Subject.PROTECTED, before.protected, after.protected)
        steps += _steps(Subject.KEEP_FROM, before.keep_from, after.keep_from)
        deeds = {DEEDS[step.subject, bool(step.after)] for step in steps}
        self._history.record(
            deeds.pop() if len(deeds) == 1 else Deed.CHANGE_FOLDERS,
            steps,
            detail=steps[0].key if len(steps) == 1 else "",
            everywhere=True,
        )

    def _turn(self, subject: Subject, folders: Mapping[str, Value]) -> None:
        """Show what the history took back, or did again."""
        chosen = self._choices.preferences
        known = chosen.protected if subject is Subject.PROTECTED else chosen.keep_from
        now = [folder for folder in known if folders.get(folder_key(folder), True)]
        now += [Path(key) for key, value in folders.items() if value and Path(key) not in known]
        self._turning = True
        try:
            self._choices.set_preferences(replace(chosen, **{subject.value: tuple(now)}))  # type: ignore[arg-type]
        finally:
            self._turning = False


def _steps(subject: Subject, before: Sequence[Path], after: Sequence[Path]) -> list[Step]:
    changed = [*(f for f in after if f not in before), *(f for f in before if f not in after)]
    return [Step(subject, folder_key(f), f in before, f in after) for f in changed]
