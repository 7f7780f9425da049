"""Closing the window: not before what was decided is stored, unless people say so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import style


class Closing(QObject):
    """Stores what is left in the background, and asks only where that does not work.

    Args:
        session: whose decisions.
        window: closed once they are stored.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._wanted = self._anyway = False
        self.question: QMessageBox | None = None
        """What is asked at present."""
        session.store_tried.connect(self._on_try)

    def may_close(self) -> bool:
        """Whether the window may close now; if not, it closes or asks by itself, shortly after."""
        if self._anyway or not self._session.unstored:
            return True
        if self.question is not None:
            self.question.raise_()
            return False
        self._wanted = True
        self._session.store_now()
        return False

    @Slot()
    def _on_try(self) -> None:
        if not self._wanted:
            return
        if not self._session.unstored:
            self.stay()
            self._window.close()
        elif self.question is None:
            self.ask(self._session.unstored, self._session.store_trouble)

    def ask(self, count: int, why: Reason | None) -> None:
        """Ask whether to close all the same, or wait.

        Args:
            count: decisions that are not stored.
            why: half a sentence.
        """
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Not stored yet"),
            self.tr("%Ln decisions are not stored yet", "", count),
            parent=self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        reason = why.text(self._session.choices.language) if why is not None else ""
        box.setInformativeText(
            self.tr(
                "Reason: {}. If you wait, the window closes by itself once everything is stored. "
                "If you close it now, what is not stored is lost; your photos stay as they are."
            ).format(reason)
        )
        wait = box.addButton(self.tr("Wait"), QMessageBox.ButtonRole.RejectRole)
        anyway = box.addButton(self.tr("Close anyway"), QMessageBox.ButtonRole.DestructiveRole)
        style.set_role(anyway, "danger")
        box.setDefaultButton(wait)
        box.setEscapeButton(wait)
        self.question = box
        anyway.clicked.connect(self._close_anyway)
        wait.clicked.connect(self._wait)
        box.open()

    @Slot()
    def _wait(self) -> None:
        """The question goes; the tries go on, and the first that succeeds closes the window."""
        self.stay()
        self._wanted = True

    @Slot()
    def _close_anyway(self) -> None:
        self._anyway = True
        self.stay()
        self._window.close()

    def stay(self) -> None:
        """Ask nothing any more, and close nothing by itself."""
        self._wanted = False
        box, self.question = self.question, None
        if box is not None:
            box.hide()
            box.deleteLater()
