"""Everything the window can show, by name: for pictures, and for tests that walk through it.

A scene brings something up and gives the window, dialog or menu to look at; `put_away` ends it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.export.job import ExportKind
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.categories.editor import CategoryEditor
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.commands.commands import Section
from photo_organizer.ui.commands.menus import WITHIN
from photo_organizer.ui.commands.shortcut_sheet import ShortcutSheet
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.sheets.clean_up import CleanUpSheet
from photo_organizer.ui.sheets.export import ExportSheet
from photo_organizer.ui.sheets.settings import Page, SettingsDialog
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.views import VIEWS

Scene = Callable[[MainWindow], QWidget]

WELCOME = "welcome"
"""The scene of a session that has opened nothing yet."""


def scenes() -> dict[str, Scene]:
    """The scenes of a session that shows a result, in the order of the pictures."""
    return {
        **{view.key: _view(view) for view in VIEWS},
        **{f"duplicates_{kind.value}": _duplicates(kind) for kind in GroupKind},
        "overview": _overview,
        "category_editor": _editor,
        "found": _found,
        "highlights_best": _best,
        "taste": _taste,
        **{f"export_{kind.value}": _export(kind) for kind in ExportKind},
        "prepared": _prepared,
        "clean_up": _clean_up,
        "viewer": _viewer,
        "filters": _filters,
        "shortcuts": _shortcuts,
        "palette": _palette,
        **{f"menu_{section.value}": _menu(section) for section in Section if section not in WITHIN},
        **{f"settings_{page.name.lower()}": _settings(page) for page in Page},
    }


def put_away(window: MainWindow, shown: QWidget) -> None:
    """Close what a scene has brought up over the window."""
    window.program_commands.palette.dismiss()
    window.views[CategoriesView].show_overview(False)
    if shown is not window:
        shown.close()


def _view(view: type[LibraryView]) -> Scene:
    def show(window: MainWindow) -> QWidget:
        window.show_view(view)
        return window

    return show


def _duplicates(kind: GroupKind) -> Scene:
    def show(window: MainWindow) -> QWidget:
        window.show_view(DuplicatesView)
        window.views[DuplicatesView].kinds[kind].click()
        return window

    return show


def _overview(window: MainWindow) -> QWidget:
    window.show_view(CategoriesView)
    window.views[CategoriesView].show_overview()
    return window


def _editor(window: MainWindow) -> QWidget:
    editor = CategoryEditor(window._session, window)
    editor.list.setCurrentRow(1)
    return _shown(editor)


def _found(window: MainWindow) -> QWidget:
    window.show_view(SearchView)
    window.views[SearchView].search("2024")
    return window


def _best(window: MainWindow) -> QWidget:
    window.show_view(HighlightsView)
    highlights = window.views[HighlightsView]
    highlights.count.setValue(2)
    highlights.per.setCurrentIndex(highlights.per.findData(Per.CATEGORY.value))
    return window


def _taste(window: MainWindow) -> QWidget:
    window.show_view(HighlightsView)
    window.views[HighlightsView].taste.open()
    return window.views[HighlightsView].taste.panel


def _export(kind: ExportKind) -> Scene:
    def show(window: MainWindow) -> QWidget:
        window.show_view(HighlightsView)
        best = window.views[HighlightsView].chosen
        assert best is not None
        sheet = ExportSheet(window._session, best.selections, best.per, window)
        sheet.form.kind = kind
        return _shown(sheet)

    return show


def _prepared(window: MainWindow) -> QWidget:
    window._session.marks.prepare_safe()
    return _duplicates(GroupKind.EXACT)(window)


def _clean_up(window: MainWindow) -> QWidget:
    window._session.marks.prepare_safe()
    return _shown(CleanUpSheet(window._session, window))


def _viewer(window: MainWindow) -> QWidget:
    window.show_view(CategoriesView)
    window.full_screen.toggle()
    window.commands["large.info"].setChecked(True)
    return window.viewer


def _filters(window: MainWindow) -> QWidget:
    window.show_view(CategoriesView)
    window.views[CategoriesView].bar.open_panel()
    return window.views[CategoriesView].bar.panel


def _shortcuts(window: MainWindow) -> QWidget:
    return _shown(ShortcutSheet(window.commands, window))


def _palette(window: MainWindow) -> QWidget:
    window.activateWindow()
    window.program_commands.palette.open()
    return window


def _menu(section: Section) -> Scene:
    def show(window: MainWindow) -> QWidget:
        menu = window.menus.menu(section)
        menu.popup(window.mapToGlobal(QPoint(0, 0)))
        return menu

    return show


def _settings(page: Page) -> Scene:
    def show(window: MainWindow) -> QWidget:
        dialog = SettingsDialog(window._session, window)
        dialog.show_page(page)
        return _shown(dialog)

    return show


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog
