"""What did not work, file by file: not read, not moved, not brought back, not exported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.words.translation import translate


class Deed(StrEnum):
    """What was to be done with a file."""

    ANALYSE = "analyse"
    TRASH = "trash"
    MOVE = "move"
    RESTORE = "restore"
    EXPORT = "export"


def deed_name(deed: Deed) -> str:
    """What did not work, for people."""
    match deed:
        case Deed.ANALYSE:
            return translate("problems", "Not analysed")
        case Deed.TRASH:
            return translate("problems", "Not moved to the trash")
        case Deed.MOVE:
            return translate("problems", "Not moved to the folder")
        case Deed.RESTORE:
            return translate("problems", "Not brought back")
        case Deed.EXPORT:
            return translate("problems", "Not exported")


@dataclass(frozen=True, slots=True)
class Problem:
    """One file and what happened to it; the file itself is as it was."""

    deed: Deed
    path: Path
    reason: Reason
    is_wrong: bool = True
    """Something is wrong; otherwise it is only told, and counts as no problem: videos, say."""
    files: tuple[str, ...] = ()
    """What a folder is told of for, below it."""

    def text(self, language: str) -> str:
        """Why, in the language of the window."""
        return self.reason.text(language)


class Problems(QObject):
    """The problems of the newest run of each deed."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._of: dict[Deed, list[Problem]] = {}

    @property
    def all(self) -> list[Problem]:
        """Every problem, those of the newest deed last."""
        return [problem for problems in self._of.values() for problem in problems]

    def replace(self, deed: Deed, problems: Iterable[tuple[Path, Reason]]) -> None:
        """A run of a deed is over: its problems take the place of those of the run before."""
        new = [Problem(deed, path, reason) for path, reason in problems]
        old = self._of.pop(deed, [])
        if new:
            self._of[deed] = new
        if new or old:
            self.changed.emit()
