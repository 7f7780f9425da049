"""One photo of a group that is compared: its picture, verdict, reason and facts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.ui.photos.canvas import PhotoCanvas
from photo_organizer.ui.photos.face_badges import FaceBadges
from photo_organizer.ui.photos.star_row import StarNote
from photo_organizer.ui.session.image_loader import ImageLoader
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel, FactsTable
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import folder_text, shared, short_folders
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.punctuation import sentence

LOW = 360
"""Height of a pane, in logical pixels, below which there is no room for all facts."""
NAME = frozenset({"name"})
ALWAYS_SHOWN = frozenset({"name", "pixels", "size", "format", "taken"})
"""Facts shown of every photo; others only where they differ. The folder stands above it."""

KEEP_ALL = frozenset({"duplicates.bracket", "duplicates.panorama", "duplicates.focus"})
"""Reasons of groups whose photos need each other: none of them is the keeper."""


class ComparePane(QFrame):
    """One photo of the group: picture, verdict, reason and facts."""

    chosen = Signal(int)
    """The user clicked into the pane: the photo's id."""
    verdict = Signal(int, bool)
    """The user decided: the photo's id, and True for the trash."""

    def __init__(
        self, session: Session, loader: ImageLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.photo: Photo | None = None
        self._known: frozenset[str] = frozenset()
        """Facts that a photo of the group has."""
        self._different: frozenset[str] = frozenset()
        """Those of them that tell its photos apart."""
        self._group: Group | None = None
        self._current = False
        self.star = Label(self)
        self.star.setFixedHeight(20)
        style.on_change(self.star, _dress_crown)
        self.badge = Label(self)
        self.badge.setFixedHeight(20)
        self.folder_icon = Label(self)
        style.on_change(self.folder_icon, _dress_folder)
        self.folder = ElidedLabel("", self)
        self.stars = StarNote(session.stars, self)
        self.eyes = FaceBadges(self)
        self.canvas = PhotoCanvas(loader, enlarge=True, parent=self)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.keep = _verdict_button(self)
        self.trash = _verdict_button(self)
        self.reason = Label(self, wordWrap=True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.facts = FactsTable(self)
        self.keep.setText(self.tr("Keep"))
        self.trash.setText(self.tr("Trash"))
        style.set_icon(self.trash, "trash-2")
        style.set_role(self.trash, "trash")
        verdicts = QButtonGroup(self)
        accessible.one_stop(verdicts)
        verdicts.addButton(self.keep)
        verdicts.addButton(self.trash)
        self._lay_out()
        self.canvas.clicked.connect(self._choose)
        self.keep.clicked.connect(lambda: self._decide(False))
        self.trash.clicked.connect(lambda: self._decide(True))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(style.SPACE)
        buttons.addWidget(self.keep, 1)
        buttons.addWidget(self.trash, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.SPACE, style.SPACE, style.SPACE, style.SPACE)
        layout.setSpacing(style.SPACE)
        head = QHBoxLayout()
        head.setSpacing(style.SPACE // 2)
        head.addWidget(self.star)
        head.addWidget(self.badge, 1)
        head.addWidget(self.stars)
        head.addWidget(self.eyes)
        layout.addLayout(head)
        place = QHBoxLayout()
        place.setSpacing(style.SPACE // 2)
        place.addWidget(self.folder_icon)
        place.addWidget(self.folder, 1)
        layout.addLayout(place)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(buttons)
        layout.addWidget(self.reason)
        layout.addWidget(self.facts)

    def set_photo(self, photo: Photo, group: Group) -> None:
        """Show a photo of a group."""
        if photo != self.photo:
            self.photo = photo
            turns = self._session.rotations.of(photo.id)
            self.canvas.set_photo(photo, self._session.thumbnails.pixmap(photo), turns)
        members = tuple(self._session.shown.photos[i] for i in group.photos)
        of_all = shared(members, self._session.choices.language)
        known, different = of_all.known, of_all.differing - {"name"}
        folders = short_folders([member.path.parent for member in members])
        whole = folder_text(photo.path.parent)
        self.folder.set_short(folders[group.photos.index(photo.id)], whole)
        self.folder.setAccessibleName(self.tr("Folder: {0}").format(whole))
        style.change_role(self.folder, "differs" if "folder" in different else "muted")
        self._known, self._different = known, different - {"folder"}
        self._group = group
        self._show_facts()
        self.stars.show_photo(photo.id)
        position = group.photos.index(photo.id)
        is_keeper = photo.id == group.keeper and group.reason.code not in KEEP_ALL
        self.star.setVisible(is_keeper)
        font = self.badge.font()
        font.setBold(is_keeper)
        self.badge.setFont(font)
        role = (
            self.tr("Suggested keeper")
            if is_keeper
            else self._alike(group, group.similarities[position])
        )
        self.badge.setText(self.tr("{0} of {1}: {2}").format(position + 1, len(group.photos), role))
        self.reason.setToolTip(
            self.tr("The suggested keeper's file does not hold this: it is never called safe.")
            if group.more and group.more[position]
            else ""
        )
        name = visible(photo.path.name)
        self.canvas.setAccessibleName(self.tr("Photo {0}").format(name))
        self.keep.setAccessibleName(self.tr("Keep {0}").format(name))
        self.trash.setAccessibleName(self.tr("Mark {0} for the trash").format(name))
        self.refresh_faces()
        self.refresh_mark()

    def _show_facts(self) -> None:
        """In a low pane, what is the same in all photos gives way to the picture."""
        always = NAME if self.height() < LOW else ALWAYS_SHOWN
        keys = self._known & (always | self._different)
        self.facts.set_photo(self.photo, keys, self._different)

    def refresh_faces(self) -> None:
        """Show what is known of the eyes in the photo."""
        if self.photo is not None:
            self.eyes.show_faces(self._session.shown.faces_of(self.photo.id))

    def refresh_mark(self) -> None:
        """Show what the session says about the photo's mark."""
        if self.photo is not None:
            marked = self.photo.id in self._session.marks
            self.keep.setChecked(not marked)
            self.trash.setChecked(marked)
            self.trash.setText(self.tr("Marked") if marked else self.tr("Trash"))
            self.keep.setText(self.tr("Keep") if marked else self.tr("Kept"))
            if self._group is not None:
                self.reason.setText(" ".join(self._sentences(self.photo, self._group)))

    def reason_height(self) -> int:
        """What the reason needs at the pane's width, in logical pixels."""
        return self.reason.heightForWidth(self.contentsRect().width() - 2 * style.SPACE)

    @property
    def is_current(self) -> bool:
        """Whether the keys act on this photo."""
        return self._current

    def set_current(self, current: bool) -> None:
        """Whether the keys act on this photo."""
        self._current = current
        self.update()

    def _alike(self, group: Group, similarity: float) -> str:
        if group.reason.code in KEEP_ALL:
            return self.tr("Belongs to a series")
        if group.kind is GroupKind.EXACT:
            return self.tr("Identical")
        # Rounded down: only a true copy may be called 100 % alike.
        return self.tr("{0} % alike").format(min(99, int(similarity * 100)))

    def _sentences(self, photo: Photo, group: Group) -> list[str]:
        language = self._session.choices.language
        sentences = [group.reason.text(language)] if photo.id == group.keeper else []
        more = group.more[group.photos.index(photo.id)] if group.more else ()
        if more:
            held = ", ".join(said.text(language) for said in more)
            sentences.append(self.tr("Also holds: {}.").format(held))
        if self._session.marks.is_safe(photo.id):
            sentences.append(self.tr("Safe to remove."))
        sentences += [flag.reason.text(language) for flag in self._session.shown.flags_of(photo.id)]
        return [sentence(said[:1].upper() + said[1:]) for said in sentences]

    def _choose(self) -> None:
        if self.photo is not None:
            self.chosen.emit(self.photo.id)

    def _decide(self, trash: bool) -> None:
        if self.photo is not None:
            self.verdict.emit(self.photo.id, trash)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more facts now, or for fewer."""
        super().resizeEvent(event)
        if (event.size().height() < LOW) != (event.oldSize().height() < LOW):
            self._show_facts()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the picture chooses the photo too."""
        self._choose()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame around the current photo."""
        super().paintEvent(event)
        if self._current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # Also without the focus: the keys act on this photo from the list of groups too. But
            # only what has the focus has a frame in the colour of the focus.
            view = self.parentWidget()
            focused = view is not None and view.hasFocus()
            width = 4 if focused else 2
            painter.setPen(QPen(style.color("accent" if focused else "border"), width))
            half = width // 2
            painter.drawRoundedRect(self.rect().adjusted(half, half, -half, -half), 6, 6)


def _verdict_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setCheckable(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setMinimumWidth(64)
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    # Letters and arrows belong to the whole view; Tab reaches the buttons.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _dress_crown(label: QLabel) -> None:
    label.setPixmap(style.icon("crown", "ok").pixmap(16, 16))


def _dress_folder(label: QLabel) -> None:
    label.setPixmap(style.icon("folder-open", "muted").pixmap(16, 16))
