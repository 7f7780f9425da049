"""The page of the settings on other computers that look into photos, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QLineEdit, QPushButton

from photo_organizer.engine.domain.computers import Cluster, ClusterChoice, checked_address
from photo_organizer.engine.domain.reasons import SpokenError
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.computer_watch import ComputerWatch
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.sheets.computer_row import ComputerRow
from photo_organizer.ui.sheets.settings_page import INDENT, SettingsPage, muted
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.copy_line import CopyLine
from photo_organizer.ui.widgets.input_fields import whole_path
from photo_organizer.ui.widgets.label import Label

EXAMPLE = "tls://nas:8786"
SERVE = "photo-organizer cluster serve /photos"
WORK = "photo-organizer cluster work {address} --root /mnt/photos"


class ComputersPage(SettingsPage):
    """Which other computers are asked, and how they are while the page is seen."""

    def __init__(self, choices: Choices, tasks: Tasks, computers: ComputerWatch) -> None:
        super().__init__(choices, tasks)
        self._computers = computers
        self.rows: dict[str, ComputerRow] = {}
        """By the address of the computer."""
        self._introduce(
            self.tr("Computers that work together"),
            self.tr(
                "Other computers can look at new photos together with this one, so that a large "
                "library is analysed sooner. Photos never leave your own network, and deciding "
                "stays here."
            ),
        )
        self.missing = muted("")
        self.missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.missing.hide()
        self.use = QCheckBox(self.tr("Have other computers look at photos, too"))
        self.address, self.certificate, self.root = QLineEdit(), QLineEdit(), QLineEdit()
        self.address.setPlaceholderText(EXAMPLE)
        self.certificate.setPlaceholderText(self.tr("The one that this program keeps"))
        self.root.setPlaceholderText(self.tr("The folder that is open"))
        self.choose_certificate = self._browse(self._choose_certificate)
        self.choose_root = self._browse(self._choose_root)
        self.problem = Label()
        self.problem.setWordWrap(True)
        style.set_role(self.problem, "warning")
        self.now = Label(self.tr("At present"))
        style.set_role(self.now, "keys")
        self.trouble = Label()
        self.trouble.setWordWrap(True)
        self._rows_below = layouts.column(spacing=style.SPACE)
        self.at_home = muted("")
        self.content.addWidget(self.missing)
        more = self.tr("From the next analysis on; what is known is not looked at again.")
        self.use.setAccessibleDescription(more)
        below = layouts.row(margins=(INDENT, 0, 0, 0))
        below.addWidget(muted(more))
        both = layouts.column(spacing=2)
        both.addWidget(self.use)
        both.addLayout(below)
        self.content.addLayout(both)
        self.content.addLayout(self._fields())
        present = layouts.column(spacing=style.SPACE)
        for widget in (self.now, self.trouble):
            present.addWidget(widget)
        present.addLayout(self._rows_below)
        present.addWidget(self.at_home)
        self.content.addLayout(present)
        self._add_set_up()
        self.content.addStretch()
        self._show_chosen()
        self._show_computers()
        self.use.toggled.connect(self._save)
        for field in (self.address, self.certificate, self.root):
            field.editingFinished.connect(self._save)
        computers.changed.connect(self._show_computers)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * style.SPACE)
        grid.setVerticalSpacing(style.SPACE)
        grid.setColumnStretch(1, 1)
        named = (
            (self.tr("Address"), self.address, None),
            (self.tr("Certificate"), self.certificate, self.choose_certificate),
            (self.tr("Library"), self.root, self.choose_root),
        )
        for text, field, button in named:
            label = Label(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
            line = grid.rowCount()
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1, 1, 1 if button else 2)
            if button is None:
                grid.addWidget(self.problem, line + 1, 1, 1, 2)
            else:
                button.setAccessibleName(f"{text}: {button.text()}")
                grid.addWidget(button, line, 2)
        hint = self.tr("The folder that all these computers share, as this one sees it.")
        self.root.setAccessibleDescription(hint)
        grid.addWidget(muted(hint), grid.rowCount(), 1, 1, 2)
        return grid

    def _add_set_up(self) -> None:
        heading = Label(self.tr("To set it up, type this"))
        style.set_role(heading, "keys")
        self.serve = CopyLine(
            self.tr("On the computer where the photos are; it only hands out work:")
        )
        self.serve.set_text(SERVE)
        self.work = CopyLine(
            self.tr("On each computer that helps, with the folder as that one sees it:")
        )
        below = layouts.column(spacing=style.SPACE)
        below.addWidget(heading)
        below.addWidget(self.serve)
        below.addWidget(self.work)
        below.addWidget(
            muted(
                self.tr(
                    "The first line makes a certificate and says where it is. Copy that file to "
                    "each computer, this one too: whoever has it may take part, and nobody else."
                )
            )
        )
        self.content.addLayout(below)

    def _browse(self, choose: Callable[[], None]) -> QPushButton:
        button = QPushButton(self.tr("Choose…"))
        button.clicked.connect(choose)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the computers while they are seen."""
        super().showEvent(event)
        self._show_chosen()
        self._computers.look()
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._computers.follow(self, None)

    # ------------------------------------------------------------------ what people choose

    def _show_chosen(self) -> None:
        chosen = self._preferences
        with QSignalBlocker(self.use):
            self.use.setChecked(chosen.use_cluster)
        if chosen.cluster is not None:
            self.address.setText(chosen.cluster.address)
            self.certificate.setText(str(chosen.cluster.certificate or ""))
            self.root.setText(str(chosen.cluster.root or ""))
        self._tell("")
        self._show_lines()

    @Slot()
    def _save(self) -> None:
        try:
            cluster = self._typed()
        except SpokenError as error:
            self._tell(error.reason.text(self._choices.language))
            cluster = self._preferences.cluster  # what was chosen before stays meanwhile
        else:
            self._tell(self._lacking() if cluster is None else "")
            if cluster is not None:
                self.address.setText(cluster.address)
        chosen = replace(self._preferences, cluster=cluster, use_cluster=self.use.isChecked())
        self._set(chosen)
        self._show_lines()
        self._follow()

    def _typed(self) -> ClusterChoice | None:
        """What the fields say; None without an address.

        Raises:
            SpokenError: something there cannot be meant.
        """
        for field in (self.certificate, self.root):
            if field.text().strip() and whole_path(field) is None:
                raise SpokenError("cluster.no_whole_path", path=field.text().strip())
        if not self.address.text().strip():
            return None
        address = checked_address(self.address.text())
        return ClusterChoice(address, whole_path(self.certificate), whole_path(self.root))

    def _lacking(self) -> str:
        if not self.use.isChecked():
            return ""
        return self.tr("Type the address that the first computer says when it begins.")

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.address.setAccessibleDescription(problem)

    def _show_lines(self) -> None:
        cluster = self._preferences.cluster
        self.work.set_text(WORK.format(address=cluster.address if cluster else EXAMPLE))

    @Slot()
    def _choose_certificate(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose the certificate"),
            str(whole_path(self.certificate) or Path.home()),
            self.tr("Certificates (*.pem);;All files (*)"),
        )
        if file:
            self.certificate.setText(file)
            self._save()

    @Slot()
    def _choose_root(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the library"), str(whole_path(self.root) or Path.home())
        )
        if folder:
            self.root.setText(folder)
            self._save()

    # ------------------------------------------------------------------ how they are

    def _follow(self) -> None:
        self._computers.follow(self, self._preferences.cluster_in_use if self.isVisible() else None)
        self._show_computers()

    @Slot()
    def _show_computers(self) -> None:
        missing = self._computers.missing
        self.missing.setText(missing.text(self._choices.language) if missing else "")
        self.missing.setVisible(missing is not None)
        self.use.setEnabled(missing is None or self.use.isChecked())
        asked = self._preferences.cluster_in_use is not None and missing is None
        cluster = self._computers.cluster if asked else None
        self.now.setVisible(asked)
        self._show_trouble(cluster, asked=asked)
        self._arrange(cluster)
        count = cluster.at_home if cluster else 0
        self.at_home.setVisible(count > 0)
        if count:
            told = self.tr("This computer looked at %Ln photos itself.", "", count)
            self.at_home.setText(told)

    def _show_trouble(self, cluster: Cluster | None, *, asked: bool) -> None:
        trouble = cluster.trouble if cluster else None
        if trouble is not None:
            told = trouble.text(self._choices.language)
        elif cluster is None:
            told = self.tr("Looking for them…")
        elif not cluster.computers:
            told = self.tr("No computer has joined yet.")
        else:
            told = ""
        style.change_role(self.trouble, "warning" if trouble else "muted")
        self.trouble.setText(told)
        self.trouble.setVisible(asked and bool(told))

    def _arrange(self, cluster: Cluster | None) -> None:
        """Have a row for each computer, in their order."""
        computers = {one.address: one for one in cluster.computers} if cluster else {}
        for address in set(self.rows) - set(computers):
            row = self.rows.pop(address)
            row.hide()
            row.deleteLater()
        for place, (address, computer) in enumerate(computers.items()):
            row = self.rows.setdefault(address, ComputerRow(self))
            self._rows_below.insertWidget(place, row)
            row.show_computer(computer, self._choices.language)
