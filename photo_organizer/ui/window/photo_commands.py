"""What people do with the selected photos, wherever photos are listed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QStringListModel, QUrl, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.stars import PICKED, REJECTED
from photo_organizer.ui.sheets.export import open_export_of
from photo_organizer.ui.widgets.file_manager import show_in_file_manager


class PhotoCommands(QObject):
    """Adds the commands of `Section.PHOTO` and keeps them enabled while photos are selected."""

    def __init__(self, session: Session, commands: Commands) -> None:
        super().__init__(commands)
        self._session = session
        self._commands = commands
        add = commands.add
        self._actions = [
            add(
                "photo.keep",
                Section.PHOTO,
                self.tr("Keep"),
                lambda: session.marks.mark(session.selection.ids, False),
                keys=["K"],
                tip=self.tr("Keep the selected photos"),
                everywhere=False,
            ),
            add(
                "photo.trash",
                Section.PHOTO,
                self.tr("Mark for the trash"),
                lambda: session.marks.mark(session.selection.ids),
                keys=["T", "Del", "Backspace"],
                icon="trash-2",
                tip=self.tr("Mark the selected photos; nothing is moved before you clean up"),
                everywhere=False,
            ),
            add(
                "photo.copy",
                Section.PHOTO,
                self.tr("Copy"),
                self._copy,
                keys=["Ctrl+C"],
                icon="copy",
                tip=self.tr("Copy the selected files, to paste them into another program"),
                everywhere=False,
                apart=True,
            ),
            add(
                "photo.reveal",
                Section.PHOTO,
                self.tr("Show in folder"),
                self._reveal,
                keys=["Ctrl+R"],
                icon="folder-open",
                everywhere=False,
            ),
        ]
        self._actions += self._ratings(commands)
        self._actions.append(
            add(
                "photo.export",
                Section.PHOTO,
                self.tr("Export…"),
                self._export,
                keys=["Ctrl+E"],
                icon="folder-output",
                tip=self.tr("Copies, a contact sheet or star ratings of the selected photos"),
                everywhere=False,
                apart=True,
            )
        )
        session.selection.changed.connect(self._enable)
        self._enable()

    def _ratings(self, commands: Commands) -> list[QAction]:
        """Stars, pick and reject, and back to no rating: keys as photographers know them."""

        def add(
            name: str,
            text: str,
            stars: int | None,
            keys: list[str],
            *,
            icon: str = "",
            tip: str = "",
        ) -> QAction:
            session = self._session
            return commands.add(
                f"photo.{name}",
                Section.PHOTO,
                text,
                lambda: session.stars.set(session.selection.ids, stars),
                keys=keys,
                icon=icon,
                tip=tip,
                everywhere=False,
                apart=name == "rate_1",
            )

        return [
            add("rate_1", self.tr("1 star"), 1, ["1"]),
            add("rate_2", self.tr("2 stars"), 2, ["2"]),
            add("rate_3", self.tr("3 stars"), 3, ["3"]),
            add("rate_4", self.tr("4 stars"), 4, ["4"]),
            add(
                "pick",
                self.tr("5 stars (pick)"),
                PICKED,
                ["5", "P"],
                icon="star",
                tip=self.tr("Pick the selected photos: they get five stars"),
            ),
            add(
                "reject",
                self.tr("Reject"),
                REJECTED,
                ["X"],
                icon="ban",
                tip=self.tr("Not for the highlights; the photo stays where it is"),
            ),
            add(
                "unrate",
                self.tr("No rating"),
                None,
                ["0", "U"],
                tip=self.tr("Take stars or rejection away"),
            ),
        ]

    @Slot()
    def _enable(self) -> None:
        for action in self._actions:
            action.setEnabled(bool(self._session.selection.ids))

    def _copy(self) -> None:
        photos = [self._session.shown.photos[i] for i in self._session.selection.ids]
        data = _mime_data()
        data.setUrls([QUrl.fromLocalFile(str(photo.path)) for photo in photos])
        data.setText("\n".join(str(photo.path) for photo in photos))
        QGuiApplication.clipboard().setMimeData(data)

    def _export(self) -> None:
        window = self._commands.parent()
        if isinstance(window, QWidget):
            open_export_of(self._session, self._session.selection.ids, window)

    def _reveal(self) -> None:
        if self._session.selection.current is not None:
            show_in_file_manager(self._session.shown.photos[self._session.selection.current].path)


def _mime_data() -> QMimeData:
    """Empty data for the clipboard, made by Qt.

    The clipboard keeps it until the process ends, and Python has ended by then: data made in
    Python would ask for it and crash.
    """
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    for form in data.formats():
        data.removeFormat(form)
    return data
