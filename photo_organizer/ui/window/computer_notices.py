"""Tells above the views what keeps other computers from looking at photos, with a way to change it.

It goes when it is not true any more, or when people have read it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets.notice import Notice


class ComputerNotices(QObject):
    """Keeps a notice true.

    Args:
        session: whose analysis uses the computers.
        notice: in which it is told.
        show_computers: opens what can be chosen about them.
    """

    def __init__(
        self, session: Session, notice: Notice, show_computers: Callable[[], object]
    ) -> None:
        super().__init__(notice)
        self._choices = session.choices
        self._told = session.computers_told
        self._notice = notice
        notice.acted.connect(self._told.hear)
        notice.acted.connect(show_computers)
        notice.dismissed.connect(self._told.hear)
        self._told.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        language = self._choices.language
        lines = [self._told.trouble.text(language)] if self._told.trouble else []
        lines += [
            self.tr("{name} is left out. {why}").format(
                name=one.name, why=one.why.text(language) if one.why else ""
            )
            for one in self._told.left_out
        ]
        if lines:
            self._notice.tell("\n".join(lines), self.tr("Computers…"), can_dismiss=True)
        else:
            self._notice.withdraw()
