"""What a view of the library tells of itself; the window makes everything else from that.

A view is one subclass of `LibraryView` (of `GridView`, where it is a grid of photos) and one line
in `photo_organizer.ui.window.views`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.photos.grid import PhotoGrid
from photo_organizer.ui.photos.grid_bar import GridBar
from photo_organizer.ui.photos.sort_line import SortLine
from photo_organizer.ui.session.session import Session


class LibraryView(QFrame):
    """A page of the window that has an entry in the navigation."""

    key: ClassVar[str]
    """For code, settings and the name of its command: "duplicates"."""
    icon: ClassVar[str]
    """Of the navigation; one of ``resources/icons``."""
    beside_preview: ClassVar[bool] = False
    """Whether the preview stands beside it; otherwise it shows large photos itself, or none."""

    shows_large: ClassVar[bool] = False
    """Whether it shows large photos itself, which the keys of large photos act on."""

    grid: PhotoGrid | None = None
    """The grid that is all there is of it, if it is one."""
    bar: GridBar | None = None
    """What sorts, filters and zooms that grid."""

    count_changed = Signal()
    """`view_count` or `offered` is another now. After new results both are asked again anyway."""
    opened = Signal(int)
    """The id of a photo to show over the whole screen."""
    slideshow = Signal(object)
    """list[int]: ids of photos to show one after the other."""
    wanted = Signal(bool)
    """It should come up; True where the focus should come along."""
    left = Signal()
    """People go back to where they came from."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    @property
    def view_name(self) -> str:
        """For people: the navigation and the menu call it so."""
        raise NotImplementedError

    @property
    def view_count(self) -> int | None:
        """How many there are, for the navigation; None where a number would say nothing."""
        return None

    @property
    def offered(self) -> bool:
        """Whether the navigation shows it while another view is shown."""
        return True

    @property
    def listed(self) -> Sequence[int]:
        """The ids of its photos in the order shown: what the viewer goes through."""
        current = self._session.selection.current
        return () if current is None else (current,)

    def show_photo(self, photo_id: int) -> None:
        """Go to one of its photos; nothing happens where it is not listed."""

    def return_to(self, photo_id: int) -> None:
        """Go to the photo that was seen last over the whole screen; what was selected stays so."""
        self.show_photo(photo_id)

    def claim_current(self) -> None:
        """Make its own photo the session's current one, whatever hidden views chose."""

    def take_focus(self) -> None:
        """Put the focus where people go on from when it comes up."""
        self.setFocus()

    def add_commands(self, commands: Commands) -> None:
        """Add what can be done here; the commands on photos are there already."""

    def remember(self) -> None:
        """The window closes: keep what the next start should find again."""


class GridView(LibraryView):
    """A view that is a grid of photos, with the bar that sorts and filters it."""

    beside_preview = True
    grid: PhotoGrid
    bar: GridBar

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.grid = PhotoGrid(session)
        self.grid.opened.connect(self.opened)
        self.bar = GridBar(session, self.grid, self.key, self.own_order)
        self.sort_line = SortLine(self.grid)

    @property
    def own_order(self) -> str:
        """What the order is called in which it gives photos to the grid; "" where it means none."""
        return ""

    @property
    def listed(self) -> Sequence[int]:
        """The photos that the filters leave, as they are sorted."""
        return self.grid.photos.ids

    def show_photo(self, photo_id: int) -> None:
        """Select a photo."""
        self.grid.select(photo_id)

    def return_to(self, photo_id: int) -> None:
        """Select a photo, where it is not selected already, perhaps among others."""
        self.grid.return_to(photo_id)

    def claim_current(self) -> None:
        """The preview beside the grid shows its photo."""
        self.grid.claim_current()
