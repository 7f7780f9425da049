"""What people do with categories: see all of them, edit them, move photos to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from photo_organizer.engine.domain.results import OTHERS
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.words.names import category_name
from photo_organizer.ui.words.plain_text import button_text
from photo_organizer.ui.words.translation import translate

if TYPE_CHECKING:
    from photo_organizer.ui.categories.view import CategoriesView


class CategoryCommands(QObject):
    """Adds the commands and keeps those on photos enabled while photos are selected."""

    def __init__(self, view: CategoriesView, session: Session, commands: Commands) -> None:
        super().__init__(commands)
        self._session = session
        self._commands = commands
        add = commands.add
        add(
            "view.all_categories",
            Section.VIEW,
            self.tr("All categories"),
            view.toggle_overview,
            keys=["Ctrl+Shift+A"],
            icon="layout-grid",
            tip=self.tr("All categories at a glance, with covers"),
            apart=True,
        )
        add(
            "library.categories",
            Section.LIBRARY,
            self.tr("Edit categories…"),
            view.edit,
            keys=["Ctrl+Shift+C"],
            icon="pencil",
            tip=self.tr("Names, keywords and order; add your own"),
            apart=True,
        )
        self._move = add(
            "photo.move_to_category",
            Section.PHOTO,
            self.tr("Move to category…"),
            self._choose_category,
            keys=["M"],
            icon="folder-input",
            tip=self.tr("Put the selected photos into a category; photos like them follow"),
            everywhere=False,
            apart=True,
        )
        self._release = add(
            "photo.automatic_category",
            Section.PHOTO,
            self.tr("Back to automatic category"),
            lambda: session.own_categories.release(session.selection.ids),
            keys=["Shift+M"],
            icon="rotate-ccw",
            tip=self.tr("Let the program choose the category of the selected photos again"),
            everywhere=False,
        )
        commands.describe(
            Section.VIEW, "Ctrl+PgDn, Ctrl+PgUp", self.tr("Next or previous category")
        )
        session.selection.changed.connect(self._enable)
        session.shown.changed.connect(self._enable)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        selection, result = self._session.selection.ids, self._session.shown.result
        self._move.setEnabled(bool(selection))
        moved = result.by_hand if result else frozenset[int]()
        self._release.setEnabled(not moved.isdisjoint(selection))

    def _choose_category(self) -> None:
        """A menu at the pointer: letters go to the categories that begin with them."""
        window = self._commands.parent()
        menu = category_menu(self._session, window if isinstance(window, QWidget) else None)
        menu.popup(_place(window))


def category_menu(session: Session, parent: QWidget | None) -> QMenu:
    """A menu of the categories; the one chosen gets the selected photos."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    keys = [*(category.key for category in session.own_categories.shown), OTHERS]
    ids = tuple(session.selection.ids)
    for key in keys:
        name = button_text(category_name(key, session.choices.language))
        menu.addAction(name, lambda key=key: session.own_categories.move(ids, key))
    menu.addSeparator()
    menu.addAction(
        translate("CategoryCommands", "New category…"), lambda: ask_new_category(session, parent)
    )
    return menu


def ask_new_category(session: Session, parent: QWidget | None) -> QInputDialog:
    """Ask for a name; the category of that name gets the selected photos."""
    ids = tuple(session.selection.ids)
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(translate("CategoryCommands", "New category"))
    dialog.setLabelText(
        translate("CategoryCommands", "Name of the category, which is its first keyword, too:")
    )

    def move(text: str) -> None:
        if text.strip():
            session.own_categories.move(ids, session.own_categories.add(text))

    dialog.textValueSelected.connect(move)
    dialog.open()
    return dialog


def _place(window: object) -> QPoint:
    """The pointer where it is over the window, else the middle of the window."""
    spot = QCursor.pos()
    if isinstance(window, QWidget):
        middle = window.mapToGlobal(window.rect().center())
        return spot if window.geometry().contains(spot) else middle
    return spot
