"""The page of the settings on what recognises photos: models to choose, to get and to remove."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QMessageBox, QPushButton, QRadioButton, QWidget

from photo_organizer.engine.domain.preferences import AUTO
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.remote_names import is_remote, parse
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.sheets.model_import import ModelImport
from photo_organizer.ui.sheets.model_row import ModelRow
from photo_organizer.ui.sheets.settings_page import FIELD_WIDTH, SettingsPage, muted
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.input_fields import Chooser
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.computer_text import device_name
from photo_organizer.ui.words.facts_text import size_text


class ModelPage(SettingsPage):
    """Which model recognises photos, and where it computes; looked up whenever it is shown."""

    def __init__(
        self, choices: Choices, tasks: Tasks, shown: ShownResult, models: EncoderModels
    ) -> None:
        super().__init__(choices, tasks)
        self._shown = shown
        self._models = models
        self._devices: tuple[str, ...] = ()
        self._choice_group = QButtonGroup(self)
        accessible.one_stop(self._choice_group)
        self._order: tuple[str, ...] = ()
        self.rows: dict[str, ModelRow] = {}
        """By the name of the model; the one of `AUTO` is always there."""
        self._introduce(
            self.tr("What recognises your photos"),
            self.tr("Another model looks at every photo again, at the next analysis."),
        )
        self.in_use = Label()
        self.in_use.setWordWrap(True)
        self.device = Chooser()
        label = Label(self.tr("Compute on"))
        label.setBuddy(self.device)
        self.device.setAccessibleName(label.text())
        self.device.setMinimumWidth(FIELD_WIDTH)
        line = layouts.row(spacing=2 * style.SPACE)
        line.addWidget(label)
        line.addWidget(self.device)
        line.addStretch()
        self._choices_below = layouts.column(spacing=style.SPACE)
        self.more = Label(self.tr("More models"))
        style.set_role(self.more, "keys")
        self.how = muted("")
        self.how.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._to_get_below = layouts.column(spacing=style.SPACE)
        self.from_file = QPushButton(self.tr("Import a model…"))
        self.from_file.setToolTip(self.tr("Weights of open_clip from a file of yours"))
        self.from_file.clicked.connect(self._import)
        self.content.addWidget(self.in_use)
        self.content.addLayout(self._choices_below)
        self.content.addLayout(line)
        self.content.addWidget(self.more)
        self.content.addWidget(self.how)
        self.content.addLayout(self._to_get_below)
        self.content.addWidget(self.from_file, alignment=Qt.AlignmentFlag.AlignLeft)
        self.content.addStretch()
        self._show_models()
        self._offer_devices(())
        self.device.activated.connect(self._choose_device)
        shown.changed.connect(self._show_in_use)
        models.changed.connect(self._show_models)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which models and devices there are now."""
        super().showEvent(event)
        self._look()

    @property
    def choices(self) -> dict[str, QRadioButton]:
        """What can be chosen, in its order."""
        return {name: row.choice for name, row in self.rows.items() if not row.choice.isHidden()}

    def _look(self) -> None:
        self._show_in_use()
        self._models.look(self._choices.language)

        def look_for_devices(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders.devices import available_devices

            yield available_devices()

        if not self._devices:  # a machine does not change, and asking takes seconds
            self._run_aside(look_for_devices, self._offer_devices)

    # ------------------------------------------------------------------ the models

    @Slot()
    def _show_models(self) -> None:
        models, chosen = self._models.models, self._preferences.model
        choices = [AUTO, *(n for n, m in models.items() if m.there or n == chosen)]
        if chosen not in choices:
            choices.append(chosen)
        best = self._models.recommended
        to_get = [name for name in models if name not in choices]
        to_get.sort(key=lambda name: models[name] is not best)
        self._arrange(choices, to_get)
        self.rows[AUTO].show_choice(
            self.tr("Automatic"), self.tr("The best one installed for this machine.")
        )
        for name, model in models.items():
            self.rows[name].show_model(model, recommended=model is best, chosen=name == chosen)
        if chosen not in (AUTO, *models):
            self._show_chosen_elsewhere(chosen)
        self.rows[chosen].choice.setChecked(True)
        how = self._models.how
        self.how.setText(how.text(self._choices.language) if how else "")
        self.how.setVisible(how is not None)
        self.more.setVisible(bool(to_get))
        self.from_file.setVisible(how is None and bool(models))
        self._show_in_use()

    def _show_chosen_elsewhere(self, chosen: str) -> None:
        """A choice that is not among the models of this computer."""
        if is_remote(chosen):
            self.rows[chosen].show_choice(*self._told_of_remote(chosen))
            return
        missing = self.tr("Looking for it…")
        if self._models.models:
            missing = self.tr("Not installed at present.")
        self.rows[chosen].show_choice(chosen, missing)

    def _told_of_remote(self, chosen: str) -> tuple[str, str]:
        """What is said of a model of another computer; never the password in its address."""
        try:
            asked = parse(chosen)
        except ModelError as error:
            return self.tr("On another computer"), error.reason.text(self._choices.language)
        sent = self.tr("On another computer: reduced pictures of your photos are sent to {}.")
        return asked.model, sent.format(asked.place)

    def _arrange(self, choices: Sequence[str], to_get: Sequence[str]) -> None:
        """Have a row for each, in this order; those that stay keep the focus."""
        order = (*choices, "", *to_get)
        if order == self._order:
            return
        self._order = order
        for name in set(self.rows) - set(order):
            row = self.rows.pop(name)
            self._choice_group.removeButton(row.choice)
            row.hide()
            row.deleteLater()
        self.rows = {name: self.rows.get(name) or self._row(name) for name in order if name}
        for layout, names in ((self._choices_below, choices), (self._to_get_below, to_get)):
            for place, name in enumerate(names):
                layout.insertWidget(place, self.rows[name])
        stops = [stop for name in choices for stop in self.rows[name].stops]
        stops.append(self.device)
        stops += [stop for name in to_get for stop in self.rows[name].stops]
        for first, second in pairwise((*stops, self.from_file)):
            QWidget.setTabOrder(first, second)

    def _row(self, name: str) -> ModelRow:
        row = ModelRow(name, self)
        self._choice_group.addButton(row.choice)
        row.chosen.connect(self._choose)
        row.download.connect(self._models.download)
        row.check.connect(self._models.check)
        row.pause.connect(self._models.pause)
        row.stop.connect(self._models.stop)
        row.remove.connect(self._ask_to_remove)
        return row

    @Slot(str)
    def _choose(self, name: str) -> None:
        self._set(replace(self._preferences, model=name))
        self._show_models()

    @Slot(str)
    def _ask_to_remove(self, name: str) -> None:
        info = self._models.models[name].info
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Remove a model"),
            self.tr("Remove {}?").format(info.title),
            parent=self.window(),
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        told = self.tr(
            "Its files are deleted: {}. Photos, stars and everything else stay as they are, and it "
            "can be installed again."
        )
        box.setInformativeText(told.format(size_text(info.bytes)))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        style.set_role(remove, "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is remove:
            if self._preferences.model == name:
                self._choose(AUTO)
            self._models.remove(name)

    @Slot()
    def _import(self) -> None:
        ModelImport(self._models, self.window()).ask()

    # ------------------------------------------------------------------ where it computes

    def _offer_devices(self, devices: tuple[str, ...]) -> None:
        self._devices = devices
        chosen = self._preferences.device
        with QSignalBlocker(self.device):
            self.device.clear()
            for device in dict.fromkeys((AUTO, *devices, chosen)):
                there = not devices or device in (AUTO, *devices)
                name = self.tr("Automatic") if device == AUTO else device_name(device)
                text = name if there else self.tr("{} (not on this machine)").format(name)
                self.device.addItem(text, device)
            self.device.setCurrentIndex(self.device.findData(chosen))

    @Slot()
    def _choose_device(self) -> None:
        self._set(replace(self._preferences, device=self.device.currentData()))

    @Slot()
    def _show_in_use(self) -> None:
        result = self._shown.result
        name = str((result.model if result else {}).get("name", ""))
        known = self._models.models.get(name)
        self.in_use.setVisible(bool(name))
        title = known.info.title if known else name
        self.in_use.setText(self.tr("In use for the photos shown: {}").format(title))
