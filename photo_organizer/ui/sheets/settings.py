"""The settings, page by page. They take effect as they are changed."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.computers_page import ComputersPage
from photo_organizer.ui.sheets.model_page import ModelPage
from photo_organizer.ui.sheets.settings_page import MARGIN, SettingsPage
from photo_organizer.ui.sheets.settings_pages import (
    FacesPage,
    FoldersPage,
    GeneralPage,
    KeepersPage,
    ThumbnailsPage,
)
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.navigation import NavigationButton
from photo_organizer.ui.widgets.scrolling import Scrolling

SIZE = (800, 624)
NAVIGATION_WIDTH = 184


class Page(IntEnum):
    """The pages of the settings, from top to bottom."""

    GENERAL = 0
    KEEPERS = 1
    FOLDERS = 2
    MODEL = 3
    FACES = 4
    COMPUTERS = 5
    THUMBNAILS = 6


class SettingsDialog(QDialog):
    """Stands beside the window, which goes on; nothing has to be confirmed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Settings"))
        self.resize(*SIZE)
        choices, tasks = session.choices, session.tasks
        self.general = GeneralPage(choices, tasks, session.watched_folders, session.clean_ups)
        self.keepers = KeepersPage(choices, tasks)
        self.folders = FoldersPage(choices, tasks)
        self.model = ModelPage(choices, tasks, session.shown, session.encoder_models)
        self.faces = FacesPage(choices, tasks, session.shown)
        self.computers = ComputersPage(choices, tasks, session.computers)
        self.thumbnails = ThumbnailsPage(choices, tasks)
        self.pages = QStackedWidget()
        for page in self._all_pages():
            self.pages.addWidget(Scrolling(page))
        self.buttons = {page: self._button(page) for page in Page}
        self.outdated = Label(self.tr("What you changed takes effect with the next analysis."))
        self.outdated.setWordWrap(True)
        style.set_role(self.outdated, "muted")
        self.again = QPushButton(self.tr("Analyse again"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a field is no click on a button
        self.again.clicked.connect(lambda: session.analysis.open(session.analysis.folders))
        self.close_button.clicked.connect(self.close)
        for each in self._all_pages():
            each.changed.connect(self._show_outdated)
        session.analysis.running_changed.connect(self._show_outdated)
        self.show_page(Page.GENERAL)
        self._show_outdated()

    def show_page(self, page: Page) -> None:
        """Show one of the pages."""
        self.buttons[page].setChecked(True)
        self.pages.setCurrentIndex(page)

    def _button(self, page: Page) -> NavigationButton:
        text, icon = {
            Page.GENERAL: (self.tr("General"), "sliders-horizontal"),
            Page.KEEPERS: (self.tr("Keepers"), "list-ordered"),
            Page.FOLDERS: (self.tr("Folders"), "folder-open"),
            Page.MODEL: (self.tr("Model"), "cpu"),
            Page.FACES: (self.tr("Faces"), "scan-face"),
            Page.COMPUTERS: (self.tr("Computers"), "network"),
            Page.THUMBNAILS: (self.tr("Thumbnails"), "hard-drive"),
        }[page]
        return NavigationButton(text, icon)

    def _all_pages(self) -> tuple[SettingsPage, ...]:
        return (
            self.general,
            self.keepers,
            self.folders,
            self.model,
            self.faces,
            self.computers,
            self.thumbnails,
        )

    def _lay_out(self) -> None:
        navigation = layouts.frame("navigation")
        navigation.setFixedWidth(NAVIGATION_WIDTH)
        group = QButtonGroup(self)
        accessible.one_stop(group)
        down = layouts.column(navigation, (12, 12, 12, 12), spacing=2)
        for page, button in self.buttons.items():
            group.addButton(button)
            button.set_count("")
            button.clicked.connect(lambda _=False, page=page: self.show_page(page))
            down.addWidget(button)
        down.addStretch()
        across = layouts.row()
        across.addWidget(navigation)
        across.addWidget(self.pages, 1)
        status = layouts.frame("status")
        line = layouts.row(status, (MARGIN, 12, MARGIN, 12), spacing=style.SPACE)
        line.addWidget(self.outdated, 1)
        line.addStretch()
        line.addWidget(self.again)
        line.addWidget(self.close_button)
        whole = layouts.column(self)
        whole.addLayout(across, 1)
        whole.addWidget(status)

    @Slot()
    def _show_outdated(self) -> None:
        outdated = self._session.analysis.outdated
        self.outdated.setVisible(outdated)
        self.again.setVisible(outdated)
        self.again.setEnabled(not self._session.analysis.running)
