"""What the views have in common in which people decide about the photo in front of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from photo_organizer.ui.commands.commands import CheatSheetLine, Commands, Section
from photo_organizer.ui.words.translation import translate

DECIDED_HERE = frozenset({"photo.keep", "photo.trash"})
"""Commands on photos whose keys these views know by themselves: they go on to the next photo."""


def offer_commands(
    commands: Commands, section: Section, view: QWidget, has_photo: Callable[[], bool]
) -> None:
    """Give a view the commands of a section, and those on photos: as keys, and in its menu.

    So stars, *Reject* and all others act on the photo in front of people as they do in a grid.

    Args:
        commands: has the commands on photos already.
        section: of the view.
        view: where the keys act and the context menu opens.
        has_photo: whether there is a photo to open a menu for.
    """
    commands.attach(section, view, menu=False)

    def take(entry: CheatSheetLine) -> None:
        action = entry.action
        if entry.section is Section.PHOTO and action and action.objectName() not in DECIDED_HERE:
            view.addAction(action)

    for entry in commands.entries(Section.PHOTO):
        take(entry)
    commands.added.connect(take)

    def show_menu(place: QPoint) -> None:
        if has_photo():
            menu = commands.context_menu((section, Section.PHOTO), view)
            menu.popup(view.mapToGlobal(place))

    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(show_menu)


def describe_decisions(commands: Commands, section: Section) -> None:
    """Tell of the keys that act on the photo shown and that these views know by themselves."""
    commands.describe(section, "K", translate("keys", "Keep, and go on"))
    commands.describe(
        section,
        translate("keys", "T, Del"),
        translate("keys", "Mark for the trash, and go on"),
    )
    commands.describe(
        section, translate("keys", "Space, Enter"), translate("keys", "View full screen")
    )
