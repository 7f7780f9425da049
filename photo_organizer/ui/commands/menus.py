"""The menu bar, made from the list of commands; macOS shows it at the top of the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from photo_organizer.ui.commands.commands import CheatSheetLine, Commands, Section, title

WITHIN = {Section.LOW_QUALITY: Section.PHOTO, Section.LARGE: Section.VIEW}
"""Sections without a menu of their own, and the menu they close."""


class Menus(QObject):
    """One menu for each section that has commands; those added later come in, too."""

    def __init__(self, commands: Commands, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._menus: dict[Section, QMenu] = {}
        self._guests: set[Section] = set()
        # Guests close their menus: they wait until the hosts are there.
        for entry in sorted(commands.entries(), key=lambda entry: entry.section in WITHIN):
            self._add(entry)
        commands.added.connect(self._add)

    def menu(self, section: Section) -> QMenu:
        """The menu of a section, made when it is asked for first."""
        host = WITHIN.get(section, section)
        if host not in self._menus:
            menu = QMenu(self._bar)
            menu.setTitle(title(host))
            menu.setToolTipsVisible(False)
            order = list(Section)
            following = [s for s in self._menus if order.index(s) > order.index(host)]
            after = min(following, key=order.index, default=None)
            if after is None:
                self._bar.addMenu(menu)
            else:
                self._bar.insertMenu(self._menus[after].menuAction(), menu)
            self._menus[host] = menu
            self._choose_letters()
        return self._menus[host]

    def _add(self, entry: CheatSheetLine) -> None:
        if entry.action is None:
            return
        menu = self.menu(entry.section)
        is_new_guest = entry.section in WITHIN and entry.section not in self._guests
        if (entry.apart or is_new_guest) and not menu.isEmpty():
            menu.addSeparator()
        if entry.section in WITHIN:
            self._guests.add(entry.section)
        menu.addAction(entry.action)

    def _choose_letters(self) -> None:
        """Give each menu a letter that opens it with Alt, in any language."""
        taken: set[str] = set()
        for section in Section:
            if section in self._menus:
                name = title(section)
                self._menus[section].setTitle(with_letter(name, section.value, taken))


def with_letter(name: str, fallback: str, taken: set[str]) -> str:
    """A menu's name with an ampersand before the letter that opens it; the letter joins `taken`.

    The first free Latin letter of the name, else one of `fallback` in brackets behind it, as
    Korean and Japanese menus have it. Without a free letter the name stays as it is.
    """
    escaped = name.replace("&", "&&")
    for word, appended in ((name, False), (fallback, True)):
        for place, letter in enumerate(word):
            key = letter.lower()
            if letter.isascii() and letter.isalpha() and key not in taken:
                taken.add(key)
                if appended:
                    return f"{escaped}(&{key.upper()})"
                before, after = word[:place].replace("&", "&&"), word[place:].replace("&", "&&")
                return f"{before}&{after}"
    return escaped
