"""The pages of the settings dialog. Each writes the session's preferences as it is changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
)
from shiboken6 import isValid

from photo_organizer.engine.domain.preferences import AUTO, Preferences
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.worker import Work
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.clean_ups import CleanUps
from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.thumbnails import disk_cache
from photo_organizer.ui.session.watched_folders import Watch, WatchedFolders
from photo_organizer.ui.sheets.keeper_order import KeeperOrder
from photo_organizer.ui.sheets.model_offer import ModelOffer
from photo_organizer.ui.widgets import accessible, layouts, motion, style
from photo_organizer.ui.widgets.folder_list import FolderList
from photo_organizer.ui.widgets.input_fields import Chooser
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.freed_text import freed_text
from photo_organizer.ui.words.language import LANGUAGES
from photo_organizer.ui.words.names import kind_name

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.installed_models import ModelInfo
    from photo_organizer.engine.pixels.thumbnails import ThumbnailCache

MARGIN = 3 * style.SPACE
INDENT = 27
"""Of the text below a radio button."""

FIELD_WIDTH = 24 * style.SPACE

LIMITS_MIB = (256, 512, 1024, 2048, 4096, 8192, 16_384)


class SettingsPage(QFrame):
    """A page with a title and a sentence on what can be chosen."""

    changed = Signal()
    """The session's preferences are others now."""

    def __init__(self, choices: Choices, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._choices = choices
        self._tasks = tasks
        self.content = layouts.column(self, (MARGIN,) * 4, 2 * style.SPACE)

    @property
    def _preferences(self) -> Preferences:
        return self._choices.preferences

    def _set(self, chosen: Preferences) -> None:
        if chosen != self._preferences:
            self._choices.set_preferences(chosen)
            self.changed.emit()

    def _introduce(self, title: str, text: str) -> None:
        heading = Label(title)
        style.set_role(heading, "heading")
        both = layouts.column(spacing=style.SPACE)
        both.addWidget(heading)
        both.addWidget(_muted(text))
        self.content.addLayout(both)

    def _run_aside(self, work: Work, then: Callable[[Any], None]) -> None:
        """Run `work` in the background; what it yields comes to `then` while the page is there."""
        self._tasks.start(work, lambda event: then(event) if isValid(self) else None)


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
        self.watched = _muted("")
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
        self.freed = _muted("")
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
        below.addWidget(_muted(more))
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


class ModelPage(SettingsPage):
    """Which model recognises photos, and where it computes; looked up whenever it is shown."""

    def __init__(
        self, choices: Choices, tasks: Tasks, shown: ShownResult, models: EncoderModels
    ) -> None:
        super().__init__(choices, tasks)
        self._shown = shown
        self._models = models
        self._introduce(
            self.tr("What recognises your photos"),
            self.tr("Another model looks at every photo again, at the next analysis."),
        )
        self.in_use = Label()
        self.in_use.setWordWrap(True)
        self.models: list[ModelInfo] = []
        self.choices: dict[str, QRadioButton] = {}
        self._devices: tuple[str, ...] = ()
        self._choice_group = QButtonGroup(self)
        accessible.one_stop(self._choice_group)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.device = Chooser()
        label = Label(self.tr("Compute on"))
        label.setBuddy(self.device)
        self.device.setAccessibleName(label.text())
        self.device.setMinimumWidth(FIELD_WIDTH)
        line = layouts.row(spacing=2 * style.SPACE)
        line.addWidget(label)
        line.addWidget(self.device)
        line.addStretch()
        self.content.addWidget(self.in_use)
        self.content.addWidget(ModelOffer(models, starter=False))
        self.content.addWidget(self._area, 1)
        self.content.addLayout(line)
        self._offer_models([])
        self._offer_devices(())
        self.device.activated.connect(self._choose_device)
        shown.changed.connect(self._show_in_use)
        models.arrived.connect(self._look)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which models and devices there are now."""
        super().showEvent(event)
        self._look()

    @Slot()
    def _look(self) -> None:
        self._show_in_use()
        language = self._choices.language
        self._models.look(language)

        def look_for_models(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders.installed_models import list_models

            yield list_models(language=language)

        def look_for_devices(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders.devices import available_devices

            yield available_devices()

        self._run_aside(look_for_models, self._offer_models)
        if not self._devices:  # a machine does not change, and asking takes seconds
            self._run_aside(look_for_devices, self._offer_devices)

    def _offer_models(self, models: Sequence[ModelInfo]) -> None:
        usable = [m for m in models if m.installed and m.kind != "aesthetic"]
        if self.choices and usable == self.models:
            return
        self.models = usable
        focused = self._choice_group.checkedButton()
        had_focus = focused is not None and focused.hasFocus()
        holder = layouts.frame("pane")
        down = layouts.column(holder, (0, 0, style.SPACE, 0), spacing=2 * style.SPACE)
        self.choices = {}
        for button in self._choice_group.buttons():
            self._choice_group.removeButton(button)
        self._offer(
            down, AUTO, self.tr("Automatic"), self.tr("The best one installed for this machine.")
        )
        for model in usable:
            title = f"{model.title}  ·  {size_text(model.bytes)}" if model.bytes else model.title
            text = model.description or model.name
            if model.needs_full:
                text = self.tr("{} Works in the full program only.").format(text)
            self._offer(down, model.name, title, text, works=not model.needs_full)
        chosen = self._preferences.model
        if chosen not in self.choices:
            missing = self.tr("Not installed at present.") if models else self.tr("Looking for it…")
            self._offer(down, chosen, chosen, missing)
        self.choices[chosen].setChecked(True)
        down.addStretch()
        self._area.setWidget(holder)
        if had_focus:
            self.choices[chosen].setFocus()
        self._show_in_use()

    def _offer(self, down: Any, name: str, title: str, text: str, *, works: bool = True) -> None:
        button = QRadioButton(title)
        button.setEnabled(works)
        button.setAccessibleDescription(text)
        button.clicked.connect(lambda: self._set(replace(self._preferences, model=name)))
        below = layouts.row(margins=(INDENT, 0, 0, 0))
        below.addWidget(_muted(text))
        both = layouts.column(spacing=2)
        both.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        both.addLayout(below)
        down.addLayout(both)
        self._choice_group.addButton(button)
        self.choices[name] = button

    def _offer_devices(self, devices: tuple[str, ...]) -> None:
        self._devices = devices
        names = {
            AUTO: self.tr("Automatic"),
            "cuda": self.tr("Graphics card (CUDA)"),
            "mps": self.tr("Apple graphics (MPS)"),
            "cpu": self.tr("Processor (CPU)"),
        }
        chosen = self._preferences.device
        with QSignalBlocker(self.device):
            self.device.clear()
            for device in dict.fromkeys((AUTO, *devices, chosen)):
                there = not devices or device in (AUTO, *devices)
                name = names.get(device, device)
                text = name if there else self.tr("{} (not on this machine)").format(name)
                self.device.addItem(text, device)
            self.device.setCurrentIndex(self.device.findData(chosen))

    @Slot()
    def _choose_device(self) -> None:
        self._set(replace(self._preferences, device=self.device.currentData()))

    @Slot()
    def _show_in_use(self) -> None:
        result = self._shown.result
        model = result.model if result else {}
        titles = {m.name: m.title for m in self.models}
        name = str(model.get("name", ""))
        self.in_use.setVisible(bool(name))
        self.in_use.setText(
            self.tr("In use for the photos shown: {}").format(titles.get(name, name))
        )


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
        below.addWidget(_muted(off))
        both = layouts.column(spacing=2)
        both.addWidget(self.look)
        both.addLayout(below)
        self.content.addLayout(both)
        self.content.addWidget(
            _muted(
                self.tr(
                    "All of it happens on this computer: where a face is, how far its eyes are "
                    "open and how sharp it is. Faces get no names, are sent nowhere, and are "
                    "compared only within one series of photos."
                )
            )
        )
        self.unable = _muted("")
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


def _muted(text: str) -> QLabel:
    label = Label(text)
    label.setWordWrap(True)
    style.set_role(label, "muted")
    return label
