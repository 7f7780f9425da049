"""The one list of what people can do: menus, context menus, palette and cheat sheet come from it.

A command is a `QAction` with a name, a section and keys. Its keys act in the whole window, or only
where it was attached: `Commands.attach` gives a widget the commands of a section, as keys while the
focus is in it and as its context menu. What a view does with keys by itself (arrows, the wheel) is
only described, for the cheat sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from photo_organizer.ui.widgets import style
from photo_organizer.ui.words.translation import translate


class Section(StrEnum):
    """Where commands belong, in the order of the menus and of the cheat sheet."""

    LIBRARY = "library"
    """Folders, settings, leaving."""
    EDIT = "edit"
    """What was done: undo, redo, the history."""
    CLEAN_UP = "clean_up"
    """To the trash."""
    VIEW = "view"
    """What is shown, and how."""
    PHOTO = "photo"
    """What is done with the selected photos; attached to every list of photos."""
    DUPLICATES = "duplicates"
    LOW_QUALITY = "low_quality"
    LARGE = "large"
    """On a large photo."""
    HELP = "help"


def title(section: Section) -> str:  # noqa: PLR0911 - one case a section
    """A section's name for people."""
    match section:
        case Section.LIBRARY:
            return translate("commands", "Library")
        case Section.EDIT:
            return translate("commands", "Edit")
        case Section.CLEAN_UP:
            return translate("commands", "Clean up")
        case Section.VIEW:
            return translate("commands", "View")
        case Section.PHOTO:
            return translate("commands", "Photo")
        case Section.DUPLICATES:
            return translate("commands", "Duplicates")
        case Section.LOW_QUALITY:
            return translate("commands", "Low quality")
        case Section.LARGE:
            return translate("commands", "Large photo")
        case Section.HELP:
            return translate("commands", "Help")


@dataclass(frozen=True, slots=True)
class CheatSheetLine:
    """A line of the cheat sheet: a command with its keys, or keys that a view knows by itself."""

    section: Section
    keys: str
    """As people read them; may be empty."""
    meaning: str
    action: QAction | None = None
    """None where there is nothing to choose from a menu."""
    apart: bool = False
    """A line above it in menus sets it apart from what comes before."""


class Commands(QObject):
    """Every command of a window."""

    added = Signal(object)
    """A new `CheatSheetLine` that can be chosen from a menu."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[CheatSheetLine] = []
        self._named: dict[str, QAction] = {}
        self._attached: dict[Section, list[QWidget]] = {}

    def add(
        self,
        name: str,
        section: Section,
        text: str,
        run: Callable[[], object] | None = None,
        *,
        keys: Sequence[QKeySequence | QKeySequence.StandardKey | str] = (),
        icon: str = "",
        tip: str = "",
        everywhere: bool = True,
        checkable: bool = False,
        apart: bool = False,
    ) -> QAction:
        """Add a command.

        Args:
            name: for code, "photo.keep"; unique.
            section: where it belongs.
            text: for people, "Keep", with "…" where it asks something first.
            run: what it does; nothing where somebody else connects `QAction.triggered` or
                `toggled`.
            keys: its shortcuts, the first one is shown.
            icon: of ``resources/icons``.
            tip: one sentence, where the text does not tell everything.
            everywhere: its keys act in the whole window; otherwise only in attached widgets.
            checkable: it is a switch.
            apart: a line above it in menus.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._named:
            raise ValueError(f"The command {name} was added before.")
        action = QAction(text, self)
        action.setObjectName(name)
        action.setIconText(beside_icon(text))
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(checkable)
        action.setIconVisibleInMenu(False)  # with some icons and some gaps, menus look torn
        shown = readable_keys(action)
        action.setToolTip(f"{tip or text} ({shown})" if shown else tip or text)
        if icon:
            style.set_icon(action, icon)
        if run is not None:
            action.triggered.connect(lambda _checked=False: run())
        window = self.parent()
        if everywhere and isinstance(window, QWidget):
            window.addAction(action)
        elif not everywhere:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._named[name] = action
        entry = CheatSheetLine(section, shown, text, action, apart)
        self._entries.append(entry)
        if not everywhere:
            for widget in self._attached.get(section, ()):
                widget.addAction(action)
        self.added.emit(entry)
        return action

    def describe(self, section: Section, keys: str, meaning: str) -> None:
        """Tell of keys that a view knows by itself, for the cheat sheet."""
        self._entries.append(CheatSheetLine(section, keys, meaning))

    def attach(self, section: Section, widget: QWidget, *, menu: bool = True) -> None:
        """Give a widget a section's commands, later ones too, as keys and as context menu.

        Args:
            section: whose commands.
            widget: where they act.
            menu: whether they are its context menu; else it has its own way to one.
        """
        self._attached.setdefault(section, []).append(widget)
        widget.addActions(self.actions(section))
        if not menu:
            return
        # Not a menu that Qt makes of the actions: it would set nothing apart.
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

        def show_menu(place: QPoint) -> None:
            menu = self.context_menu((section,), widget)
            if menu.isEmpty():  # nothing can be done now
                menu.deleteLater()
            else:
                menu.popup(widget.mapToGlobal(place))

        widget.customContextMenuRequested.connect(show_menu)

    def context_menu(self, sections: Sequence[Section], parent: QWidget) -> QMenu:
        """A menu of the commands of sections that can be used now; it goes when it is closed."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section in sections:
            apart = True
            for entry in self.entries(section):
                apart = apart or entry.apart  # also where the first of its kind cannot be used
                if entry.action is not None and entry.action.isEnabled():
                    if apart and not menu.isEmpty():
                        menu.addSeparator()
                    apart = False
                    menu.addAction(entry.action)
        return menu

    def __getitem__(self, name: str) -> QAction:
        """A command by its name.

        Raises:
            KeyError: there is none.
        """
        return self._named[name]

    def entries(self, section: Section | None = None) -> list[CheatSheetLine]:
        """The lines of the cheat sheet, of one section or all, in the order they were added."""
        return [entry for entry in self._entries if section in (None, entry.section)]

    def actions(self, section: Section | None = None) -> list[QAction]:
        """The commands of a section or all."""
        return [entry.action for entry in self.entries(section) if entry.action is not None]


def readable_text(entry: CheatSheetLine) -> str:
    """What a line is called now; "&" is doubled in the text of actions only."""
    return entry.meaning if entry.action is None else entry.action.text().replace("&&", "&")


def beside_icon(text: str) -> str:
    """The text of a tool button with its dots, which Qt would drop, and some room to its icon."""
    return f"\N{EN SPACE}{text}"


def readable_keys(action: QAction) -> str:
    """The shortcuts of an action as people read them on this system, "T, Del"."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in action.shortcuts())
