"""The current photo large, and below it everything known about it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import LIBRARY, OTHERS
from photo_organizer.ui.photos.canvas import PhotoCanvas
from photo_organizer.ui.photos.star_row import StarRow
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel, FactsTable
from photo_organizer.ui.widgets.file_manager import show_in_file_manager
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, row
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.faces_text import faces_text
from photo_organizer.ui.words.facts_text import KEYS
from photo_organizer.ui.words.names import category_name
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.translation import PLURAL, translate

ALL_BUT_NAME = frozenset(KEYS) - {"name"}


def about(session: Session, photo: Photo) -> list[str]:
    """A photo's flaws and faces, why it is its group's keeper or not, and what was decided."""
    language = session.choices.language
    sentences = [flag.reason.text(language) for flag in session.shown.flags_of(photo.id)]
    if faces := faces_text(session.shown.faces_of(photo.id)):
        sentences.append(faces)
    group = session.shown.group_of(photo.id)
    if group is not None:
        count = len(group.photos)
        if photo.id == group.keeper:
            told = translate(
                "PhotoPreview", "Suggested keeper of %Ln photos: {}", "", PLURAL, count
            )
            sentences.append(told.format(group.reason.text(language)))
        else:
            told = translate(
                "PhotoPreview", "One of %Ln alike photos; suggested keeper: {}", "", PLURAL, count
            )
            sentences.append(told.format(visible(session.shown.photos[group.keeper].path.name)))
    if highlight := _highlight(session, photo):
        sentences.append(highlight)
    if category := _category(session, photo):
        sentences.append(category)
    if photo.id in session.marks:
        sentences.append(translate("PhotoPreview", "Marked for the trash."))
    return sentences


def _category(session: Session, photo: Photo) -> str:
    """Why it is in its category, where the user had a hand in it."""
    result = session.shown.result
    if result is None or (photo.id not in result.by_hand and photo.id not in result.followed):
        return ""
    key = next((key for key, ids in result.categories.items() if photo.id in ids), OTHERS)
    name = category_name(key, session.choices.language)
    if photo.id in result.by_hand:
        return translate("PhotoPreview", "In {}: you put it there.").format(name)
    example = result.photos.get(result.followed[photo.id] or -1)
    if example is None:
        return translate("PhotoPreview", "In {}: it is like a photo that you put there.").format(
            name
        )
    return translate("PhotoPreview", "In {0}: it is like {1}, which you put there.").format(
        name, visible(example.path.name)
    )


def _highlight(session: Session, photo: Photo) -> str:
    """Its place among the highlights, the score by the scorer's own name, and why it is so."""
    place, result = session.shown.place_of(photo.id), session.shown.result
    if place is None or result is None or result.scorer is None:
        return ""
    number, ranked = place
    where = _places(session, photo, number, len(result.highlights[LIBRARY]))
    scorer = result.scorer.text(session.choices.language)
    score = f"{ranked.score:.2f}"
    if ranked.reason is not None:
        text = translate("PhotoPreview", "{0}: {1} {2} ({3})")
        return text.format(where, scorer, score, ranked.reason.text(session.choices.language))
    if ranked.native == ranked.score:
        return translate("PhotoPreview", "{0}: {1} {2}").format(where, scorer, score)
    text = (
        translate("PhotoPreview", "{0}: {1} {2} (general score {3} on its own scale)")
        if result.scorer.code.endswith("_taste")
        else translate("PhotoPreview", "{0}: {1} {2} ({3} on its own scale)")
    )
    return text.format(where, scorer, score, f"{ranked.native:.2f}")


def _places(session: Session, photo: Photo, number: int, count: int) -> str:
    """Where it stands among all photos and in its category: the numbers that the grids show."""
    placed, counted = session.shown.place_in_category(photo.id), session.analysis.extent.counted
    if placed is None:
        of_all = translate("PhotoPreview", "Highlight {0} of {1}")
        return of_all.format(f"{number:,}", counted(count))
    key, place, of = placed
    return translate("PhotoPreview", "Highlight {0} of {1}, {2} of {3} in {4}").format(
        f"{number:,}",
        counted(count),
        f"{place:,}",
        counted(of),
        category_name(key, session.choices.language),
    )


class PhotoPreview(QFrame):
    """Shows one photo, by default the session's current one.

    The wheel zooms to the cursor, dragging pans, a double click goes between the whole photo and
    100 %; with the focus, plus, minus, Ctrl+0 (fit) and Z do the same.

    Args:
        session: whose current photo.
        keys: which facts are told below the name, see `facts_text.facts`.
        follows: show the session's current photo; otherwise only what `show_photo` asks for.
    """

    def __init__(
        self,
        session: Session,
        keys: Collection[str] = ALL_BUT_NAME,
        *,
        follows: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._session = session
        self._keys = keys
        self._follows = follows
        self._held = False
        self._id = session.selection.current if follows else None
        self._photo: Photo | None = None
        self.canvas = PhotoCanvas(session.images, parent=self)
        # Whoever drags the photo goes on among the photos beside it.
        self.canvas.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name = ElidedLabel("", self)
        self.percent = Label(self)
        self.fit = self._tool(self.tr("Fit"), self.tr("Show the whole photo (Ctrl+0)"))
        self.actual = self._tool(self.tr("100 %"), self.tr("Show every pixel (Z)"))
        self.folder = self._tool(self.tr("Show in folder"), "")
        self.stars = StarRow(session.stars, self)
        self.sentences = Label(self, wordWrap=True)
        self.facts = FactsTable(self)
        accessible.hand_focus(self, self.canvas)
        self.setAccessibleName(self.tr("Preview"))
        self._lay_out()
        self.fit.clicked.connect(self.canvas.fit)
        self.actual.clicked.connect(self._show_actual_pixels)
        self.folder.clicked.connect(self._reveal)
        self.canvas.viewport_changed.connect(self._show_percent)
        self.canvas.resized.connect(self._show_percent)
        self.canvas.shown.connect(self._show_percent)
        if follows:
            update_while_visible(self, self._follow, session.selection.current_changed)
        update_while_visible(
            self,
            self._show,
            session.shown.changed,
            session.marks.changed,
            session.analysis.extent_changed,
        )
        session.thumbnails.ready.connect(self._on_thumbnail)
        session.rotations.changed.connect(self._on_turned)
        self._show()

    def _lay_out(self) -> None:
        style.set_role(self.name, "heading")
        style.set_role(self.percent, "muted")
        style.set_icon(self.folder, "folder-open")
        self.folder.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.folder.setToolTip(self.tr("Show in folder"))
        tools = row(margins=(style.SPACE, style.SPACE // 2) * 2, spacing=style.SPACE // 2)
        tools.addWidget(self.fit)
        tools.addWidget(self.actual)
        tools.addWidget(self.percent, 1)
        tools.addWidget(self.folder)
        below = column(margins=(2 * style.SPACE, 0, 2 * style.SPACE, 2 * style.SPACE))
        below.setSpacing(style.SPACE)
        below.addWidget(self.name)
        below.addWidget(self.stars)
        below.addWidget(self.sentences)
        below.addWidget(self.facts)
        layout = column(self)
        # Some air: a photo that touches the edges looks cut off.
        around = column(margins=(2 * style.SPACE, 2 * style.SPACE, 2 * style.SPACE, 0))
        around.addWidget(self.canvas)
        layout.addLayout(around, 1)
        layout.addLayout(tools)
        layout.addLayout(below)

    def _tool(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        return button

    @property
    def photo(self) -> Photo | None:
        """The photo shown."""
        return self._photo

    def show_photo(self, photo_id: int | None) -> None:
        """Show this photo until another one is asked for or becomes the current one."""
        self._id = photo_id
        self._show()

    def hold(self, held: bool) -> None:
        """Stay as it is while another photo is the current one: nobody sees it at the moment."""
        released, self._held = self._held and not held, held
        if released and self._follows:
            self._follow()

    @Slot()
    def _follow(self) -> None:
        if not self._held:
            self.show_photo(self._session.selection.current)

    @Slot()
    def _show(self) -> None:
        photo = self._session.shown.photos.get(self._id) if self._id is not None else None
        if photo != self._photo:
            self._photo = photo
            placeholder = self._session.thumbnails.pixmap(photo) if photo else None
            turns = self._session.rotations.of(photo.id) if photo else 0
            self.canvas.set_photo(photo, placeholder, turns)
        self.name.setText(visible(photo.path.name) if photo else "")
        self.stars.show_photo(photo.id if photo else None)
        self.facts.set_photo(photo, self._keys, dashes=False)
        sentences = about(self._session, photo) if photo else []
        self.sentences.setText("\n".join(sentences))
        self.sentences.setVisible(bool(sentences))
        for widget in (self.fit, self.actual, self.folder, self.stars):
            widget.setVisible(photo is not None)
        self._show_percent()

    @Slot()
    def _show_actual_pixels(self) -> None:
        self.canvas.show_actual_pixels()

    @Slot()
    def _show_percent(self) -> None:
        scale = self.canvas.scale
        has_picture = scale > 0 and not self.canvas.message
        self.percent.setText(
            self.tr("Zoom {0} %").format(round(100 * scale)) if has_picture else ""
        )

    @Slot(int)
    def _on_thumbnail(self, photo_id: int) -> None:
        if self._photo is not None and photo_id == self._photo.id:
            self.canvas.set_placeholder(self._session.thumbnails.pixmap(self._photo))

    @Slot(int)
    def _on_turned(self, photo_id: int) -> None:
        if self._photo is not None and photo_id == self._photo.id:
            self.canvas.set_turns(self._session.rotations.of(photo_id))
            self._show_percent()

    @Slot()
    def _reveal(self) -> None:
        if self._photo is not None:
            show_in_file_manager(self._photo.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the canvas, wherever in the preview the focus is."""
        self.canvas.keyPressEvent(event)
