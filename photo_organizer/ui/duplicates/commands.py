"""The commands of the duplicates view: keys, context menu and menu bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.decisions import describe_decisions, offer_commands
from photo_organizer.ui.duplicates.compare_view import Mode
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.words.faces_text import private_text

if TYPE_CHECKING:
    from photo_organizer.ui.duplicates.view import DuplicatesView


class DuplicateCommands(QObject):
    """Adds the commands of `Section.DUPLICATES`; they can be used while the view shows a group."""

    def __init__(self, view: DuplicatesView, session: Session, commands: Commands) -> None:
        super().__init__(view)
        marks, shown = session.marks, session.shown
        self._view = view
        self._commands = commands
        compare = view.compare

        def add(name: str, text: str, run: object, key: str, **how: object) -> None:
            self._actions[name] = commands.add(
                f"duplicates.{name}",
                Section.DUPLICATES,
                text,
                run,  # type: ignore[arg-type]
                keys=[key] if key else [],
                everywhere=False,
                **how,  # type: ignore[arg-type]
            )

        self._actions: dict[str, QAction] = {}
        add("only", self.tr("Keep only this photo"), view.keep_only, "O")
        add("all", self.tr("Keep all, do not ask again"), view.keep_all, "A")
        add("reviewed", self.tr("Reviewed: marks stay, do not ask again"), None, "V")
        self._actions["reviewed"].setCheckable(True)
        self._actions["reviewed"].triggered.connect(view.toggle_reviewed)
        add("different", self.tr("These are not duplicates"), view.not_duplicates, "S")
        add(
            "keep_from",
            self.tr("Always keep from this folder"),
            None,
            "Shift+O",
            checkable=True,
            tip=self.tr(
                "Of copies, those in the folder of this photo stay, now and later. "
                "Taken back here, or in the settings"
            ),
        )
        self._actions["keep_from"].triggered.connect(view.keep_from_folder)
        add("next", self.tr("Next group"), view.next_group, "N", apart=True)
        add("previous", self.tr("Previous group"), view.previous_group, "Shift+N")
        add(
            "next_face",
            self.tr("Zoom to the next person in all photos"),
            lambda: compare.step_face(1),
            "F",
            apart=True,
            tip=private_text(),
        )
        add(
            "previous_face",
            self.tr("Zoom to the previous person in all photos"),
            lambda: compare.step_face(-1),
            "Shift+F",
            tip=private_text(),
        )
        add(
            "loupe",
            self.tr("Loupe: the same spot of every photo"),
            None,
            "L",
            checkable=True,
        )
        loupe = self._actions["loupe"]
        loupe.toggled.connect(compare.set_loupe)
        compare.loupe_toggled.connect(loupe.setChecked)
        self._add_mode("blink", Mode.BLINK, self.tr("Blink between photo and keeper"), "B")
        self._add_mode("difference", Mode.DIFFERENCE, self.tr("Show what differs"), "D")
        self._mark_safe = commands.add(
            "duplicates.mark_safe",
            Section.DUPLICATES,
            self.tr("Mark all safe copies for the trash"),
            marks.mark_safe,
            tip=self.tr("You lose nothing with them: what stays is at least as good"),
            apart=True,
        )
        offer_commands(commands, Section.DUPLICATES, view, lambda: compare.group is not None)
        commands.describe(Section.DUPLICATES, "← →", self.tr("Go from photo to photo"))
        commands.describe(Section.DUPLICATES, "↑ ↓", self.tr("Go from group to group"))
        describe_decisions(commands, Section.DUPLICATES)
        view.group_shown.connect(self._enable)
        marks.changed.connect(self._enable)
        shown.changed.connect(self._enable)
        compare.strip.people_changed.connect(self._enable)
        view.compare.current_changed.connect(self._show_keep_from)
        session.choices.judgement_changed.connect(self._show_keep_from)
        self._choices = session.choices
        self._marks = marks
        self._enable()

    def _add_mode(self, name: str, mode: Mode, text: str, key: str) -> None:
        compare = self._view.compare
        action = self._commands.add(
            f"duplicates.{name}",
            Section.DUPLICATES,
            text,
            keys=[key],
            everywhere=False,
            checkable=True,
        )
        self._actions[name] = action
        action.triggered.connect(lambda on: compare.set_mode(mode if on else Mode.PLAIN))
        compare.mode_changed.connect(lambda now: action.setChecked(now is mode))

    @Slot()
    def _enable(self) -> None:
        group = self._view.compare.group if self._view.isVisible() else None
        for action in self._actions.values():
            action.setEnabled(group is not None)
        for name in ("next_face", "previous_face"):
            self._actions[name].setEnabled(
                group is not None and bool(self._view.compare.strip.people)
            )
        for name in ("next", "previous"):
            self._actions[name].setEnabled(self._view.isVisible())
        self._actions["reviewed"].setChecked(group is not None and group.reviewed)
        self._mark_safe.setEnabled(self._marks.safe_left > 0)
        self._show_keep_from()

    @Slot()
    def _show_keep_from(self) -> None:
        folder = self._view.current_folder
        kept = folder is not None and self._choices.keeps_from(folder)
        self._actions["keep_from"].setChecked(kept)
