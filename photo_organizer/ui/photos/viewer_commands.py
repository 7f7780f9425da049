"""The commands around the full-screen viewer: opening it, slideshows, turning photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtGui import QAction

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.rotations import Rotations
from photo_organizer.ui.session.selection import Selection
from photo_organizer.ui.words.faces_text import private_text


class ViewerCommands(QObject):
    """Adds commands of `Section.PHOTO` and `Section.LARGE`.

    Args:
        selection: its current photo is turned.
        rotations: where it is turned.
        commands: where they are added.
        view: opens the viewer, or leaves it.
        show: begins a slideshow, or plays and pauses the one that has begun.
    """

    def __init__(
        self,
        selection: Selection,
        rotations: Rotations,
        commands: Commands,
        view: Callable[[], object],
        show: Callable[[], object],
    ) -> None:
        super().__init__(commands)
        self._selection = selection
        self._rotations = rotations
        self._commands = commands
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
        # The viewer enables these while it is open, and does what they say.
        for name, text, key in (
            ("next_face", self.tr("Full screen: zoom to the next face"), "F"),
            ("previous_face", self.tr("Full screen: zoom to the previous face"), "Shift+F"),
        ):
            commands.add(
                f"large.{name}",
                Section.LARGE,
                text,
                keys=[key],
                icon="scan-face",
                tip=private_text(),
                everywhere=False,
                apart=name == "next_face",
            ).setEnabled(False)
        self._add_switch(
            "info",
            self.tr("Full screen: facts of the photo"),
            self.tr("Show everything known about the photo beside it"),
            "I",
            icon="info",
        )
        self._add_switch(
            "advance",
            self.tr("Full screen: every decision goes on to the next photo"),
            self.tr("Otherwise only decisions with Shift do"),
        )
        self._describe_keys()
        selection.changed.connect(self._enable)
        self._enable()

    def _add_switch(self, name: str, text: str, tip: str, key: str = "", icon: str = "") -> None:
        """A choice that is remembered over restarts."""
        action = self._commands.add(
            f"large.{name}",
            Section.LARGE,
            text,
            keys=[key] if key else [],
            icon=icon,
            tip=tip,
            everywhere=False,
            checkable=True,
            apart=not key,
        )
        action.setChecked(bool(QSettings().value(f"viewer/{name}", False, type=bool)))
        action.toggled.connect(lambda on: QSettings().setValue(f"viewer/{name}", on))

    def _describe_keys(self) -> None:
        """Tell of the keys that lists of photos, large photos and the viewer know by themselves."""
        for keys, meaning in {
            "← ↑ → ↓": self.tr("Go from photo to photo"),
            self.tr("Space, Enter"): self.tr("View full screen"),
        }.items():
            self._commands.describe(Section.PHOTO, keys, meaning)
        for keys, meaning in {
            "Z": self.tr("Between the whole photo and 100 %"),
            "Ctrl+0": self.tr("Show the whole photo"),
            self.tr("+ −, wheel"): self.tr("Zoom in or out"),
            self.tr("Space, ← →"): self.tr("Full screen: next or other photo"),
            "Shift+K, Shift+T": self.tr("Full screen: decide, and go on"),
            "Esc": self.tr("Full screen: back to the library"),
        }.items():
            self._commands.describe(Section.LARGE, keys, meaning)

    def _turn(self, quarters: int) -> None:
        if self._selection.current is not None:
            self._rotations.turn(self._selection.current, quarters)

    @Slot()
    def _enable(self) -> None:
        for action in self._actions:
            action.setEnabled(bool(self._selection.ids))
