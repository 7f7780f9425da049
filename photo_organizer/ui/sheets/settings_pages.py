"""The pages of the settings dialog. Each writes the session's preferences as it is changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSignalBlocker, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
)

from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.clean_ups import CleanUps
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.thumbnails import disk_cache
from photo_organizer.ui.session.watched_folders import Watch, WatchedFolders
from photo_organizer.ui.sheets.keeper_order import KeeperOrder
from photo_organizer.ui.sheets.settings_page import FIELD_WIDTH, INDENT, SettingsPage, muted
from photo_organizer.ui.widgets import layouts, motion, style
from photo_organizer.ui.widgets.folder_list import FolderList
from photo_organizer.ui.widgets.input_fields import Chooser
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.freed_text import freed_text
from photo_organizer.ui.words.language import LANGUAGES
from photo_organizer.ui.words.names import kind_name

if TYPE_CHECKING:
    from photo_organizer.engine.pixels.thumbnails import ThumbnailCache

LIMITS_MIB = (256, 512, 1024, 2048, 4096, 8192, 16_384)


class GeneralPage(SettingsPage):
    """Language, how the program begins, and how much it makes itself noticed."""

    def __init__(
        self, choices: Choices, tasks: Tasks, watched: WatchedFolders, clean_ups: CleanUps
    ) -> None:
        super().__init__(choices, tasks)
        self._watched = watched
        self._clean_ups = clean_ups
        self._introduce(
            self.tr("General"), self.tr("Everything here takes effect as you change it.")
        )
        self.language = Chooser()
        self.language.set_choices(
            [(self.tr("Like the system"), ""), *((n, key) for key, n in LANGUAGES.items())],
            self._preferences.language,
        )
        self.scheme = Chooser()
        self.scheme.set_choices(
            [
                (self.tr("Like the system"), ""),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
            ],
            self._preferences.scheme,
        )
        fields = QGridLayout()
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setHorizontalSpacing(2 * style.SPACE)
        fields.setVerticalSpacing(style.SPACE)
        fields.setColumnStretch(2, 1)
        named = ((self.tr("Language"), self.language), (self.tr("Colours"), self.scheme))
        for row, (name, field) in enumerate(named):
            label = Label(name)
            label.setBuddy(field)
            field.setAccessibleName(name)
            field.setMinimumWidth(FIELD_WIDTH)
            fields.addWidget(label, row, 0)
            fields.addWidget(field, row, 1)
        self.content.addLayout(fields)
        chosen = self._preferences
        self.reopen = self._switch(
            self.tr("Begin with the library that was open last"), chosen.reopen
        )
        self.watch = self._switch(
            self.tr("Watch the open folders"),
            chosen.watch,
            self.tr("Photos that other programs add or take away are seen within seconds."),
        )
        self.watched = muted("")
        below = layouts.row(margins=(INDENT, 0, 0, 0))
        below.addWidget(self.watched)
        self.content.addLayout(below)
        self.notifications = self._switch(
            self.tr("Tell me when something has finished behind other windows"),
            chosen.notifications,
        )
        self.reduced_motion = self._switch(
            self.tr("Reduce motion"),
            chosen.reduced_motion,
            self.tr("Nothing fades, slides or runs to and fro, whatever your system says."),
        )
        self.content.addStretch()
        self.freed = muted("")
        self.content.addWidget(self.freed)
        clean_ups.freed_changed.connect(self._show_freed)
        self._show_freed()
        self.language.activated.connect(self._save)
        self.scheme.activated.connect(self._save)
        choices.scheme_changed.connect(self._show_scheme)  # commands choose it, too
        watched.way_changed.connect(self._show_watch)
        self._show_watch()

    @Slot()
    def _show_freed(self) -> None:
        self.freed.setText(freed_text(self._clean_ups.freed))

    def _switch(self, text: str, on: bool, more: str = "") -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(on)
        box.toggled.connect(self._save)
        if not more:
            self.content.addWidget(box)
            return box
        box.setAccessibleDescription(more)
        below = layouts.row(margins=(INDENT, 0, 0, 0))
        below.addWidget(muted(more))
        both = layouts.column(spacing=2)
        both.addWidget(box)
        both.addLayout(below)
        self.content.addLayout(both)
        return box

    @Slot()
    def _save(self) -> None:
        chosen = replace(
            self._preferences,
            language=str(self.language.value),
            scheme=str(self.scheme.value),
            watch=self.watch.isChecked(),
            reopen=self.reopen.isChecked(),
            notifications=self.notifications.isChecked(),
            reduced_motion=self.reduced_motion.isChecked(),
        )
        motion.choose(chosen.reduced_motion)
        self._set(chosen)

    @Slot()
    def _show_watch(self) -> None:
        """Where they are not watched as the switch says, why."""
        match self._watched.way:
            case Watch.LOOKING:
                told = self.tr(
                    "This system does not watch all of them; they are looked through every 5 "
                    "minutes."
                )
            case Watch.NETWORK:
                told = self.tr(
                    "Network drives do not tell of changes; they are looked through every 5 "
                    "minutes."
                )
            case Watch.OFF | Watch.HEARING:
                told = ""
        self.watched.setText(told)
        self.watched.setVisible(bool(told))

    @Slot(str)
    def _show_scheme(self, scheme: str) -> None:
        with QSignalBlocker(self.scheme):
            self.scheme.setCurrentIndex(self.scheme.values.index(scheme))


class KeepersPage(SettingsPage):
    """In which order keepers are chosen, for each kind of duplicates."""

    def __init__(self, choices: Choices, tasks: Tasks) -> None:
        super().__init__(choices, tasks)
        self._introduce(
            self.tr("Which photo stays"),
            self.tr(
                "The first line in which two photos differ decides. Drag a line to another place, "
                "or move it with Alt+↑ and Alt+↓. Groups follow at once; marks stay as they are."
            ),
        )
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Kind of duplicates"))
        self.orders = {kind: KeeperOrder(kind, choices.language) for kind in GroupKind}
        stack = QStackedWidget()
        for kind, order in self.orders.items():
            self.tabs.addTab(kind_name(kind))
            stack.addWidget(order)
            order.set_order(self._preferences.order[kind])
            order.changed.connect(self._save)
        self.tabs.currentChanged.connect(stack.setCurrentIndex)
        both = layouts.column(spacing=style.SPACE)
        both.addWidget(self.tabs)
        both.addWidget(stack)
        self.content.addLayout(both)

    @Slot()
    def _save(self) -> None:
        orders = {kind: order.order for kind, order in self.orders.items()}
        self._set(replace(self._preferences, order=orders))


class FoldersPage(SettingsPage):
    """Which folders are protected, which ones photos are kept from, and which are left out."""

    def __init__(self, choices: Choices, tasks: Tasks) -> None:
        super().__init__(choices, tasks)
        self.protected = FolderList(
            self.tr("Protected folders"),
            self.tr("Nothing goes from these to the trash, and their photos win as keepers."),
        )
        self.keep_from = FolderList(
            self.tr("Folders to keep from"),
            self.tr("Of copies, those in these folders stay. What lies in them twice may go."),
        )
        self.excluded = FolderList(
            self.tr("Folders to leave out"),
            self.tr("These are not analysed, nor what lies within them."),
        )
        self._show_chosen()
        choices.judgement_changed.connect(self._show_chosen)  # the views choose folders, too
        for folders in (self.protected, self.keep_from, self.excluded):
            folders.changed.connect(self._save)
            self.content.addWidget(folders)

    @Slot()
    def _show_chosen(self) -> None:
        chosen = self._preferences
        self.protected.set_folders(chosen.protected)
        self.keep_from.set_folders(chosen.keep_from)
        self.excluded.set_folders(chosen.excluded)

    @Slot()
    def _save(self) -> None:
        chosen = replace(
            self._preferences,
            protected=self.protected.folders,
            keep_from=self.keep_from.folders,
            excluded=self.excluded.folders,
        )
        self._set(chosen)


class FacesPage(SettingsPage):
    """Whether faces are looked for, and what is done with them."""

    def __init__(self, choices: Choices, tasks: Tasks, shown: ShownResult) -> None:
        super().__init__(choices, tasks)
        self._shown = shown
        self._introduce(
            self.tr("Faces"),
            self.tr(
                "Faces are looked for to see open eyes and sharp faces: they help to choose the "
                "best photo of a series, and to find photos with people."
            ),
        )
        self.look = QCheckBox(self.tr("Look for faces"))
        self.look.setChecked(self._preferences.faces)
        off = self.tr(
            "Switched off, all that was stored about faces is removed at once. Photos, stars and "
            "everything else stay as they are."
        )
        self.look.setAccessibleDescription(off)
        below = layouts.row(margins=(INDENT, 0, 0, 0))
        below.addWidget(muted(off))
        both = layouts.column(spacing=2)
        both.addWidget(self.look)
        both.addLayout(below)
        self.content.addLayout(both)
        self.content.addWidget(
            muted(
                self.tr(
                    "All of it happens on this computer: where a face is, how far its eyes are "
                    "open and how sharp it is. Faces get no names, are sent nowhere, and are "
                    "compared only within one series of photos."
                )
            )
        )
        self.unable = muted("")
        self.content.addWidget(self.unable)
        self.content.addStretch()
        self.look.toggled.connect(self._save)
        shown.changed.connect(self._show_unable)
        self._show_unable()

    @Slot()
    def _save(self) -> None:
        self._set(replace(self._preferences, faces=self.look.isChecked()))

    @Slot()
    def _show_unable(self) -> None:
        result = self._shown.result
        reason = result.without_faces if result else None
        self.unable.setText(reason.text(self._choices.language) if reason else "")
        self.unable.setVisible(reason is not None)


class ThumbnailsPage(SettingsPage):
    """How much the thumbnails on disk take."""

    def __init__(self, choices: Choices, tasks: Tasks) -> None:
        super().__init__(choices, tasks)
        self._introduce(
            self.tr("Thumbnails on disk"),
            self.tr(
                "They let photos appear at once. They can be made again at any time; your photos "
                "are not touched."
            ),
        )
        self.used = Label()
        self.limit = Chooser()
        for mib in sorted({*LIMITS_MIB, self._preferences.cache_mib}):
            self.limit.addItem(self.tr("{} MiB").format(QLocale().toString(mib)), mib)
        self.limit.setCurrentIndex(self.limit.findData(self._preferences.cache_mib))
        self.limit.setMinimumWidth(FIELD_WIDTH)
        label = Label(self.tr("At most"))
        label.setBuddy(self.limit)
        self.limit.setAccessibleName(self.tr("The most that thumbnails may take on disk"))
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear the thumbnails on disk"))
        line = layouts.row(spacing=2 * style.SPACE)
        line.addWidget(self.used)
        line.addWidget(self.clear)
        line.addStretch()
        most = layouts.row(spacing=2 * style.SPACE)
        most.addWidget(label)
        most.addWidget(self.limit)
        most.addStretch()
        self.content.addLayout(line)
        self.content.addLayout(most)
        self.content.addStretch()
        self.limit.activated.connect(self._choose_limit)
        self.clear.clicked.connect(lambda: self._measure(lambda cache: cache.clear()))

    def showEvent(self, event: QShowEvent) -> None:
        """Measure anew."""
        super().showEvent(event)
        self._measure(lambda _: None)

    @Slot()
    def _choose_limit(self) -> None:
        self._set(replace(self._preferences, cache_mib=self.limit.currentData()))
        self._measure(lambda cache: cache.trim())

    def _measure(self, first: Callable[[ThumbnailCache], None]) -> None:
        """Do something with the thumbnails, then say what they take."""
        limit = self._preferences.cache_mib

        def work(_cancel: threading.Event) -> Iterator[object]:
            cache = disk_cache(limit)
            first(cache)
            yield cache.size()

        self.clear.setEnabled(False)
        self.used.setText(self.tr("Measuring…"))
        self._run_aside(work, self._show_size)

    def _show_size(self, size: int) -> None:
        self.used.setText(self.tr("In use: {}").format(size_text(size)))
        self.clear.setEnabled(size > 0)
