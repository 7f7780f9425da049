"""The editor of categories: names, keywords, order; and at once, what each would hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from photo_organizer.engine.categories import catalog
from photo_organizer.engine.categories.catalog import LANGUAGES, Category
from photo_organizer.engine.categories.keywords import shown_in
from photo_organizer.ui.commands.commands import beside_icon
from photo_organizer.ui.photos.grid_delegate import PhotoDelegate
from photo_organizer.ui.photos.grid_model import PhotoModel
from photo_organizer.ui.session.photo_finder import Preview
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.pages import button_row
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.names import category_name

REST = 250
"""Milliseconds without a further key before the preview follows."""
LIST_WIDTH = 248
CELL = 132
MOST = 300
"""Photos that the preview shows: nobody looks at more before saving."""

KEY = Qt.ItemDataRole.UserRole


class CategoryEditor(QDialog):
    """The user's list in the making; nothing changes before it is saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draft: dict[str, Category] = {}
        self._new: set[str] = set()
        self._preview: Preview | None = None
        self._usual_prompts = {category.key: category.prompts for category in catalog.built_in()}
        self._usual = self._usual_prompts.keys()
        self.setWindowTitle(self.tr("Categories"))
        self.resize(960, 640)
        self._asking = Debounce(self, REST, self._ask)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.start()

    def start(self, key: str = "") -> None:
        """Begin with the user's list as it is, at a category."""
        self._draft = {category.key: category for category in self._session.own_categories.all}
        self._new.clear()
        with QSignalBlocker(self.list):
            self.list.clear()
            for category in self._draft.values():
                self._add_line(category)
        self._choose(key or next(iter(self._draft), ""))
        self._ask()

    @property
    def categories(self) -> list[Category]:
        """The list as it would be saved."""
        keys = [str(self.list.item(row).data(KEY)) for row in range(self.list.count())]
        return [self._draft[key] for key in keys]

    # ------------------------------------------------------------------ widgets

    def _make_widgets(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Categories"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        style.set_role(self.list, "field")
        self.add = QPushButton(beside_icon(self.tr("New category")))
        style.set_icon(self.add, "plus")
        self.remove = QPushButton(self.tr("Remove"))
        self.up, self.down = QToolButton(), QToolButton()
        for button, icon, text in (
            (self.up, "arrow-up", self.tr("Move up")),
            (self.down, "arrow-down", self.tr("Move down")),
        ):
            style.set_role(button, "compact")
            style.set_icon(button, icon)
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.name = QLineEdit()
        self.keywords = QPlainTextEdit()
        self.keywords.setTabChangesFocus(True)
        self.keywords.setFixedHeight(116)
        self.keywords.setPlaceholderText(
            self.tr("One keyword a line, such as “dog” or “birthday party”")
        )
        self.keywords.setAccessibleName(self.tr("Keywords, one a line"))
        style.set_role(self.keywords, "field")
        self.reading = Label()
        self.reading.setWordWrap(True)
        style.set_role(self.reading, "muted")
        self.count = Label()
        style.set_role(self.count, "heading")
        self.matches = _Matches(self._session)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setDefault(True)
        style.set_role(self.save_button, "primary")
        self.reset = QPushButton(self.tr("Back to the built-in categories"))
        self.reset.setToolTip(self.tr("All built-in categories as usual; your own ones go"))
        style.set_role(self.reset, "quiet")

    def _lay_out(self) -> None:
        left = layouts.column(spacing=8)
        explanation = Label(self.tr("A photo is in one category. What has no tick is not used."))
        explanation.setWordWrap(True)
        style.set_role(explanation, "muted")
        left.addWidget(explanation)
        left.addWidget(self.list, 1)
        tools = layouts.row(spacing=4)
        tools.addWidget(self.add, 1)
        tools.addWidget(self.up)
        tools.addWidget(self.down)
        left.addLayout(tools)
        side = QWidget()
        side.setFixedWidth(LIST_WIDTH)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        right = layouts.column(spacing=8)
        name = Label(self.tr("&Name"))
        name.setBuddy(self.name)
        line = layouts.row(spacing=8)
        line.addWidget(self.name, 1)
        line.addWidget(self.remove)
        keywords = Label(self.tr("&Keywords"))
        keywords.setBuddy(self.keywords)
        right.addWidget(name)
        right.addLayout(line)
        right.addWidget(keywords)
        right.addWidget(self.keywords)
        right.addWidget(self.reading)
        right.addSpacing(8)
        right.addWidget(self.count)
        right.addWidget(self.matches, 1)
        across = layouts.row(spacing=24)
        across.addWidget(side)
        across.addLayout(right, 1)
        bottom = layouts.row(spacing=8)
        bottom.addWidget(self.reset)
        bottom.addStretch()
        bottom.addLayout(button_row(self.cancel, self.save_button))
        whole = layouts.column(self, (24, 24, 24, 16), spacing=16)
        whole.addLayout(across, 1)
        whole.addLayout(bottom)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._show_current)
        self.list.itemChanged.connect(self._tick)
        self.list.model().rowsMoved.connect(self._asking.start)
        self.add.clicked.connect(self.add_category)
        self.remove.clicked.connect(self.remove_category)
        self.up.clicked.connect(lambda: self._shift(-1))
        self.down.clicked.connect(lambda: self._shift(1))
        self.name.textEdited.connect(self._rename)
        self.keywords.textChanged.connect(self._edit_keywords)
        self.save_button.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.reset.clicked.connect(self._reset)
        self._session.finder.previewed.connect(self._take)
        self._session.shown.changed.connect(self._on_result)

    # ------------------------------------------------------------------ the list

    def _add_line(self, category: Category) -> QListWidgetItem:
        item = QListWidgetItem(self._title(category), self.list)
        item.setData(KEY, category.key)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
        item.setCheckState(Qt.CheckState.Unchecked if category.hidden else Qt.CheckState.Checked)
        item.setSizeHint(QSize(0, style.LINE_HEIGHT))
        return item

    def _title(self, category: Category) -> str:
        language = self._session.choices.language
        if category.names.get(language) or category.names.get("en"):
            return category.name(language)
        return category_name(category.key, language)

    def _choose(self, key: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(KEY) == key:
                self.list.setCurrentRow(row)
        self._show_current()

    @property
    def current(self) -> Category | None:
        """The category that is edited."""
        item = self.list.currentItem()
        return self._draft.get(str(item.data(KEY))) if item is not None else None

    def _put(self, category: Category) -> None:
        self._draft[category.key] = category
        self._asking.start()

    @Slot()
    def add_category(self) -> None:
        """A new category, to be named."""
        name = self.tr("New category")
        key = catalog.key_for(name, list(self._draft.values()))
        category = Category(key, {}, (key,))
        self._draft[key] = category
        self._new.add(key)
        with QSignalBlocker(self.list):
            item = self._add_line(category)
        self.list.setCurrentItem(item)
        self.list.scrollToItem(item)
        self.name.setFocus()
        self.name.selectAll()
        self._asking.start()

    @Slot()
    def remove_category(self) -> None:
        """Take one of the user's own categories out of the list."""
        category = self.current
        if category is not None and category.key not in self._usual:
            self.list.takeItem(self.list.currentRow())
            del self._draft[category.key]
            self._asking.start()

    def _shift(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            with QSignalBlocker(self.list):
                item = self.list.takeItem(row)
                self.list.insertItem(row + step, item)
                self.list.setCurrentItem(item)
            self._show_current()
            self._asking.start()

    @Slot(QListWidgetItem)
    def _tick(self, item: QListWidgetItem) -> None:
        category = self._draft[str(item.data(KEY))]
        hidden = item.checkState() is Qt.CheckState.Unchecked
        if hidden != category.hidden:
            self._put(replace(category, hidden=hidden))

    # ------------------------------------------------------------------ one category

    @Slot()
    def _show_current(self) -> None:
        category = self.current
        for widget in (self.name, self.keywords):
            widget.setEnabled(category is not None)
        row = self.list.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)
        self.remove.setVisible(category is not None and category.key not in self._usual)
        if category is None:
            return
        with QSignalBlocker(self.name), QSignalBlocker(self.keywords):
            self.name.setText(self._title(category))
            self.keywords.setPlainText("\n".join(self._shown(category, category.prompts)))
        self._show_matches()
        self._asking.start()

    @Slot(str)
    def _rename(self, text: str) -> None:
        category, name = self.current, " ".join(text.split())
        if category is None or not name:
            return
        before = self._title(category)
        language = self._session.choices.language
        own = category.key not in self._usual
        names = dict.fromkeys(LANGUAGES, name) if own else {**category.names, language: name}
        prompts = category.prompts
        if category.key in self._new and prompts in ((before,), (category.key,)):
            prompts = (name,)  # until somebody says otherwise, a category is about its name
            with QSignalBlocker(self.keywords):
                self.keywords.setPlainText(name)
        self._put(replace(category, names=names, prompts=prompts))
        with QSignalBlocker(self.list):
            self.list.currentItem().setText(name)

    @Slot()
    def _edit_keywords(self) -> None:
        category = self.current
        if category is not None:
            lines = [" ".join(line.split()) for line in self.keywords.toPlainText().splitlines()]
            usual = self._usual_prompts.get(category.key, ())
            meant = dict(zip(self._shown(category, usual), usual, strict=True))
            prompts = dict.fromkeys(meant.get(line, line) for line in lines if line)
            self._put(replace(category, prompts=tuple(prompts)))

    def _shown(self, category: Category, keywords: Sequence[str]) -> list[str]:
        """Keywords as people call them: built-in ones are English phrases, for the models."""
        language = self._session.choices.language
        usual = self._usual_prompts.get(category.key, ())
        return [shown_in(each, language) if each in usual else each for each in keywords]

    # ------------------------------------------------------------------ preview

    @Slot()
    def _ask(self) -> None:
        if self._session.judging.judge is None:
            self._preview = None
            self._show_matches()
        else:
            keywords = self.current.prompts if self.current else ()
            self._session.finder.preview(self.categories, keywords)

    @Slot(object)
    def _take(self, preview: Preview) -> None:
        self._preview = preview
        self._show_matches()

    @Slot()
    def _on_result(self) -> None:
        if self.isVisible():
            self._asking.start()

    def _show_matches(self) -> None:
        category = self.current
        if category is None:
            return
        reading = self._reading(category)
        self.reading.setText(reading)
        self.reading.setVisible(bool(reading))
        if self._preview is None:
            self.count.setText(
                self.tr("The preview comes as soon as all photos are analysed.")
                if self._session.judging.judge is None
                else self.tr("Looking…")
            )
            self.matches.set_photos(())
            return
        ids = [
            i for i in self._preview.placed.get(category.key, ()) if i in self._session.shown.photos
        ]
        self.count.setText(
            self.tr("Not used") if category.hidden else self.tr("%Ln photos", "", len(ids))
        )
        self.matches.set_photos(ids[:MOST])

    def _reading(self, category: Category) -> str:
        """What the model makes of the keywords, honestly."""
        if warning := self._blindness(category):
            return warning
        if not category.prompts:
            return self.tr(
                "Without keywords it holds the photos that you move here, and photos like them."
            )
        within, added = catalog.built_in_within(category)
        taught = any(each.key in self._session.finder.learned for each in within)
        known = self._preview.known if self._preview else {}
        asked = added if taught else category.prompts
        unknown = [text for text in asked if not known.get(text, True)]
        if unknown:
            told = ", ".join(self._shown(category, unknown))
            return self.tr("The model knows nothing like: {}").format(told)
        if taught and added:
            return self.tr(
                "The starter model has learned this category from photos, and finds it by that as "
                "long as its built-in keywords are all here. What you add is found as well."
            )
        return ""

    def _blindness(self, category: Category) -> str:
        """What the model does not see of a category as it is edited; "" where it sees all."""
        judge, learned = self._session.judging.judge, self._session.finder.learned
        if judge is None or not category.prompts:
            return ""
        within, _ = catalog.built_in_within(category)
        lost = category.key in learned and category.key not in {each.key for each in within}
        if not judge.sees(category):
            return (
                self.tr(
                    "Some built-in keywords are gone. By the others alone the starter model cannot "
                    "see this; the model for any words can. Photos that you move here stay, and "
                    "photos like them follow."
                )
                if lost
                else self.tr(
                    "The starter model cannot see this; the model for any words can. Photos that "
                    "you move here stay, and photos like them follow."
                )
            )
        if lost:
            return self.tr(
                "Some built-in keywords are gone: the starter model goes by the keywords that are "
                "left, not by what it has learned from photos."
            )
        return ""

    # ------------------------------------------------------------------ the end

    @Slot()
    def _reset(self) -> None:
        """The built-in categories, still to be saved."""
        self._draft = {category.key: category for category in catalog.built_in()}
        self._new.clear()
        with QSignalBlocker(self.list):
            self.list.clear()
            for category in self._draft.values():
                self._add_line(category)
        self._choose(next(iter(self._draft)))
        self._asking.start()

    def accept(self) -> None:
        """Save, and let the photos follow."""
        self._session.own_categories.save(self._named(self.categories))
        super().accept()

    def _named(self, categories: Sequence[Category]) -> list[Category]:
        """New categories get their names as keys: files and the command line show those."""
        named: list[Category] = []
        for category in categories:
            if category.key in self._new:
                name = category.name(self._session.choices.language)
                others = [*(c for c in categories if c.key not in self._new), *named]
                key = catalog.key_for(name, others)
                named.append(replace(category, key=key))
            else:
                named.append(category)
        return named


class _Matches(QListView):
    """The photos of a category in the making, to look at only."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos = PhotoModel(session, self)
        self.setModel(self.photos)
        self.setItemDelegate(PhotoDelegate(session.thumbnails, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Photos that would be in it"))

    def set_photos(self, ids: Sequence[int]) -> None:
        """Show these photos."""
        self.photos.set_photos(list(ids))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole columns fill the width."""
        super().resizeEvent(event)
        width = self.viewport().width() - 1
        cell = width // max(1, width // CELL)
        self.setGridSize(QSize(cell, round(0.82 * cell) + style.CAPTION_HEIGHT))
