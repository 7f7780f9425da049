"""One face of the strip: what is cut out of one photo, with what can be told of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.ui.widgets import style
from photo_organizer.ui.words.faces_text import eyes_badge, eyes_icon, eyes_text
from photo_organizer.ui.words.plain_text import tip, visible

MARGIN = 4
"""Around the picture: the room of the frame that marks the current photo."""
ROUND = 6
ICON = 14
PILL = 20
"""Height of the badge on the picture."""
NAME_FROM = 96
"""From this side on there is room for the photo's name beside its number."""
MARKED = 0.35
"""How much is seen of the face in a photo that is marked for the trash."""


@dataclass(frozen=True, slots=True)
class TileContent:
    """What a tile shows."""

    photo: int
    """Id."""
    number: int
    """Of the photo in its group, from 1."""
    count: int
    """Photos of the group."""
    name: str
    """Of the file."""
    eyes: Eyes | None
    """None where the person's face was not found."""
    is_keeper: bool
    is_marked: bool


class FaceTile(QAbstractButton):
    """A click chooses the photo; a double click or Enter also zooms to the face."""

    zoomed = Signal()
    """The face shall be seen large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: TileContent | None = None
        self._image: QImage | None = None
        self._has_failed = False
        self._side = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab comes to the current one
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def content(self) -> TileContent | None:
        """What it shows."""
        return self._content

    @property
    def image(self) -> QImage | None:
        """The face; None where it is not there yet, or will never be."""
        return self._image

    @property
    def message(self) -> str:
        """What stands in the place of the face; empty where there is one, or will be."""
        if self._content is not None and self._content.eyes is None:
            return self.tr("Not found here")
        return self.tr("Cannot be shown") if self._has_failed else ""

    def set_content(self, content: TileContent) -> None:
        """Show a face of another photo, or say something else of it."""
        self._content = content
        name = visible(content.name)
        said = [self.tr("{0} of {1}: {2}").format(content.number, content.count, name)]
        if content.is_keeper:
            said.append(self.tr("suggested keeper"))
        said.append(self.tr("no face found") if content.eyes is None else eyes_text(content.eyes))
        if content.is_marked:
            said.append(self.tr("marked for the trash"))
        self.setAccessibleName(", ".join(said))
        self.setToolTip(tip(", ".join(said)))
        self.update()

    def set_image(self, image: QImage | None, *, has_failed: bool = False) -> None:
        """The face, once it is there."""
        self._image, self._has_failed = image, has_failed
        self.update()

    def set_side(self, side: int) -> None:
        """Of the picture, in device-independent pixels."""
        if side != self._side:
            self._side = side
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The picture, its frame and one line below."""
        around = 2 * MARGIN
        return QSize(self._side + around, self._side + around + self.fontMetrics().height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter zooms; arrows belong to the view around, which goes from photo to photo."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
                self.zoomed.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down:
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to the face."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.zoomed.emit()

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The face, what is told of it, and the number of its photo."""
        content = self._content
        if content is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        place = QRectF(MARGIN, MARGIN, self._side, self._side)
        self._paint_face(painter, place, content)
        if content.eyes is not None and eyes_icon(content.eyes):
            self._paint_badge(painter, place, content.eyes)
        self._paint_caption(painter, place, content)
        self._paint_frame(painter, place)
        painter.end()

    def _paint_face(self, painter: QPainter, place: QRectF, content: TileContent) -> None:
        path = QPainterPath()
        path.addRoundedRect(place, ROUND, ROUND)
        if message := self.message:
            painter.setPen(QPen(style.color("border"), 1, Qt.PenStyle.DashLine))
            painter.drawPath(path)
            painter.setPen(style.color("muted"))
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(place.adjusted(4, 4, -4, -4), wrapped, message)
        else:
            painter.fillPath(path, style.color("well"))
        if self._image is not None and not self.message:
            painter.save()
            painter.setClipPath(path)
            painter.setOpacity(MARKED if content.is_marked else 1.0)
            painter.drawImage(place, self._image)
            painter.restore()
        if content.is_marked:
            spot = QRectF(0, 0, 20, 20)
            spot.moveCenter(place.center())
            style.draw_icon(painter, "trash-2", "danger", spot)

    def _paint_badge(self, painter: QPainter, place: QRectF, eyes: Eyes) -> None:
        """A sign, with words where they have room."""
        text = eyes_badge(eyes)
        width = self.fontMetrics().horizontalAdvance(text) + ICON + 18
        has_words = width <= place.width() - 8
        pill = QRectF(0, 0, width if has_words else PILL + 4, PILL)
        pill.moveBottomLeft(place.bottomLeft() + QPointF(4, -4))
        ground = style.color("badge", "dark")
        ground.setAlphaF(0.92)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, PILL / 2, PILL / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left = 6 if has_words else (pill.width() - ICON) / 2
        spot = QRectF(pill.left() + left, pill.top() + (PILL - ICON) / 2, ICON, ICON)
        style.draw_icon(painter, eyes_icon(eyes), "text", spot, "dark")
        if has_words:
            painter.setPen(style.color("on_badge", "dark"))
            words = pill.adjusted(6 + ICON + 4, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_caption(self, painter: QPainter, place: QRectF, content: TileContent) -> None:
        """Crown, number and name, in one line."""
        line = QRectF(place.left(), place.bottom() + MARGIN, place.width(), 0)
        line.setBottom(self.height())
        if content.is_keeper:
            spot = QRectF(line.left(), line.center().y() - ICON / 2, ICON, ICON)
            style.draw_icon(painter, "crown", "ok", spot)
            line.setLeft(spot.right() + 4)
        usual = self.font()
        bold = QFont(usual)
        bold.setBold(content.is_keeper)
        painter.setFont(bold)
        painter.setPen(style.color("text"))
        number = str(content.number)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, number)
        if self._side >= NAME_FROM:
            line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(number) + 6)
            painter.setFont(usual)
            painter.setPen(style.color("muted"))
            elided = self.fontMetrics().elidedText(
                visible(PurePath(content.name).stem),
                Qt.TextElideMode.ElideMiddle,
                int(line.width()),
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_frame(self, painter: QPainter, place: QRectF) -> None:
        if not (self.isChecked() or self.hasFocus()):
            return
        focused = self.hasFocus()
        width = 4 if focused else 2
        painter.setPen(QPen(style.color("accent" if focused else "border"), width))
        out = MARGIN - width / 2
        painter.drawRoundedRect(place.adjusted(-out, -out, out, out), ROUND + 2, ROUND + 2)
