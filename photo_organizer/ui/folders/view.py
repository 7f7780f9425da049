"""Photos by folder: the tree of folders beside one grid."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget

from photo_organizer.engine.browse.folder_tree import Folder, FolderTree, counts
from photo_organizer.engine.browse.sort_filter import Filters
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.folders.commands import FolderCommands
from photo_organizer.ui.folders.folder_list import FolderList
from photo_organizer.ui.folders.folder_model import FolderModel
from photo_organizer.ui.photos.grid import AT_ONCE
from photo_organizer.ui.photos.library_view import GridView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.move_to_folder import ask_to_move
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.view_state import ViewState
from photo_organizer.ui.widgets.visible_updates import update_while_visible

TREE_WIDTH = 260

Found = tuple[FolderTree, Sequence[Folder], Mapping[str, int]]
"""A tree, all its folders, and how many photos are in each."""


class FoldersView(GridView):
    """A tree of folders with counts; the grid beside it shows the photos of the one chosen."""

    key = "folders"
    icon = "folder-tree"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._memory = ViewState(self.key)
        self._photos: Photos | None = None
        """Of which the tree is, or will be in a moment."""
        self._wanted = self._memory.get("folder", "")
        """The folder that is to be shown once it is known."""
        self._asked = 0
        """Answers to older questions are left aside."""
        self._counted = Filters()
        self._filled: tuple[str, bool] | None = None
        """Which folder the grid shows, and whether with those below."""
        self.model = FolderModel(session.choices)
        self.folders = FolderList(self.model)
        self.folders.setAccessibleName(self.tr("Folders"))
        self.below = QCheckBox(self.tr("With the folders below"))
        self.below.setToolTip(self.tr("Show and count the photos of all folders within, too"))
        self.below.setChecked(self._memory.get("below", True))
        self._lay_out()
        accessible.hand_focus(self, self.grid)
        self.folders.chosen.connect(self._on_chosen)
        self.folders.dropped.connect(self._on_dropped)
        self.below.toggled.connect(self._on_below)
        self.grid.arranged.connect(self._on_arranged)
        session.choices.judgement_changed.connect(self.model.look_again)
        update_while_visible(self, self._show, session.shown.changed)
        session.analysis.extent_changed.connect(self._show_extent)
        self._show_extent()
        self._show()

    @Slot()
    def _show_extent(self) -> None:
        self.model.set_extent(self._session.analysis.extent)

    @property
    def view_name(self) -> str:
        """Its name for people."""
        return self.tr("Folders")

    @property
    def folder(self) -> str:
        """The path of the folder shown; "" for none."""
        return self.folders.path

    def choose(self, path: str) -> None:
        """Show the photos of a folder, as soon as it is known."""
        self._wanted = path
        self.folders.choose(path)

    def remember(self) -> None:
        """Keep which folder is shown for the next start."""
        if self.folder:
            self._memory.set("folder", self.folder)

    def add_commands(self, commands: Commands) -> None:
        """Moving photos into a folder."""
        FolderCommands(self._session, commands)

    def _lay_out(self) -> None:
        left = layouts.frame("pane")
        above = layouts.row(margins=(2 * style.SPACE, style.SPACE, style.SPACE, style.SPACE))
        above.addWidget(self.below)
        down = layouts.column(left)
        down.addLayout(above)
        down.addWidget(self.folders, 1)
        left.setMinimumWidth(180)
        right = QWidget()
        photos = layouts.column(right)
        photos.addWidget(self.bar)
        photos.addWidget(self.grid, 1)
        photos.addWidget(self.sort_line)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([TREE_WIDTH, 3 * TREE_WIDTH])
        self._memory.keep_splitter(split)
        layouts.column(self).addWidget(split)

    # ------------------------------------------------------------------ which folders there are

    @Slot()
    def _show(self) -> None:
        """The answers are others, perhaps of other photos."""
        shown = self._session.shown
        if shown.result is None:
            self._photos = None
            self._asked += 1
            self.model.set_tree(FolderTree({}), (), {})
            self.grid.set_photos([])
        elif shown.result.photos is not self._photos:
            self._photos = shown.result.photos
            self._look(None)
        else:
            self._show_folder()

    def _look(self, tree: FolderTree | None) -> None:
        """Make the tree where there is none, and count: at once, or beside the window."""
        self._asked += 1
        asked, below = self._asked, self.below.isChecked()
        filters = self._counted = self.grid.arrangement.filters
        columns, marks = self._session.shown.columns, self._session.marks.ids
        roots = [str(folder) for folder in self._session.analysis.folders]

        def find() -> Found:
            made = tree or FolderTree(columns.folders, roots)
            return made, made.all(), counts(made, columns, filters, marks, below=below)

        def work(_cancel: threading.Event) -> Iterator[Found]:
            yield find()

        def show(found: Found) -> None:
            if asked != self._asked:
                return
            if found[0] is self.model.tree:
                self.model.set_counts(found[2])
            else:
                self._show_tree(*found)

        if len(self._session.shown.photos) <= AT_ONCE:
            show(find())
        else:
            self._session.tasks.start(work, show)

    def _show_tree(
        self, tree: FolderTree, folders: Sequence[Folder], found: Mapping[str, int]
    ) -> None:
        """Show other folders; the one that was chosen stays, or the nearest that is left of it."""
        wanted, opened = self._wanted or self.folder, self.folders.open_paths()
        self._wanted = ""
        known = {root.path for root in self.model.tree.roots}
        new = {root.path for root in tree.roots} - known  # perhaps of another library
        self.model.set_tree(tree, folders, found)
        self.folders.show_open(opened | new)
        around = (wanted, *map(str, PurePath(wanted).parents)) if wanted else ()
        left = next((path for path in around if tree.get(path)), "")
        self.folders.choose_quietly(left or next((root.path for root in tree.roots), ""))
        self._show_folder()

    # ------------------------------------------------------------------ which one is shown

    def _show_folder(self) -> None:
        folder, below = self.model.tree.get(self.folder), self.below.isChecked()
        same, self._filled = self._filled == (self.folder, below), (self.folder, below)
        give = self.grid.update_photos if same else self.grid.set_photos
        give(folder.ids(below=below) if folder else [])
        if self.grid.isVisible():
            self.grid.claim_current()

    @Slot()
    def _on_chosen(self) -> None:
        self._wanted = ""
        self._show_folder()

    @Slot(str, object)
    def _on_dropped(self, path: str, photos: list[int]) -> None:
        # The drag must be over before a dialog asks: until then it holds the pointer.
        QTimer.singleShot(
            0, self, lambda: ask_to_move(self._session, photos, Path(path), self.window())
        )

    @Slot(bool)
    def _on_below(self, below: bool) -> None:
        self._memory.set("below", below)
        self._look(self.model.tree)
        self._show_folder()

    @Slot()
    def _on_arranged(self) -> None:
        """Photos that a filter hides do not count; what passes it may change with marks."""
        filters = self.grid.arrangement.filters
        if filters != self._counted or filters.marked is not None or filters.stars is not None:
            self._look(self.model.tree)
