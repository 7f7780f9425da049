"""The commands around the full-screen viewer: opening it, slideshows, turning photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from photo_organizer.ui.commands import Commands, Section
from photo_organizer.ui.session import Session


class ViewerCommands(QObject):
    """Adds commands of `Section.PHOTO` and `Section.LARGE`.

    Args:
        session: whose current photo is turned.
        commands: where they are added.
        view: opens the viewer, or leaves it.
        show: begins a slideshow, or plays and pauses the one that has begun.
    """

    def __init__(
        self,
        session: Session,
        commands: Commands,
        view: Callable[[], object],
        show: Callable[[], object],
    ) -> None:
        super().__init__(commands)
        self._session = session
        self._actions: Sequence[QAction] = (
            commands.add(
                "photo.view",
                Section.PHOTO,
                self.tr("View full screen"),
                view,
                keys=["F11"],
                icon="maximize",
                apart=True,
            ),
            commands.add(
                "photo.slideshow",
                Section.PHOTO,
                self.tr("Slideshow"),
                show,
                keys=["F5"],
                icon="play",
                tip=self.tr("Show the selected photos, or all that are listed, by themselves"),
            ),
            commands.add(
                "large.turn_right",
                Section.LARGE,
                self.tr("Rotate right, for viewing only"),
                lambda: self._turn(1),
                keys=["R"],
                icon="rotate-cw",
                tip=self.tr("The file is not changed"),
                everywhere=False,
            ),
            commands.add(
                "large.turn_left",
                Section.LARGE,
                self.tr("Rotate left, for viewing only"),
                lambda: self._turn(-1),
                keys=["Shift+R"],
                icon="rotate-ccw",
                tip=self.tr("The file is not changed"),
                everywhere=False,
            ),
        )
        session.selection_changed.connect(self._enable)
        self._enable()

    def _turn(self, quarters: int) -> None:
        if self._session.current is not None:
            self._session.turns.turn(self._session.current, quarters)

    @Slot()
    def _enable(self) -> None:
        for action in self._actions:
            action.setEnabled(bool(self._session.selection))
