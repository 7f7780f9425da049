"""The bar over a photo in the viewer: its name, its stars, and what can be done with it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
)
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from photo_organizer.ui.photos.slideshow import INTERVALS, Slideshow
from photo_organizer.ui.photos.star_row import StarRow
from photo_organizer.ui.session.stars import Stars
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.overlays import Overlay

ICON = 20


class ViewerBar(Overlay):
    """Name, counter, stars and buttons, from left to right. The viewer decides what they do."""

    pace_chosen = Signal(int)
    """So many seconds each photo of a slideshow shall stay."""

    def __init__(self, stars: Stars, parent: QWidget) -> None:
        super().__init__(parent)
        self.counter = Label(self)
        style.set_role(self.counter, "muted")
        self.name = ElidedLabel("", self)
        style.set_role(self.name, "heading")
        self.percent = Label(self)
        style.set_role(self.percent, "muted")
        self.stars = StarRow(stars, self)
        self.back = self._tool("x", self.tr("Back to the library"), "Esc")
        self.trash = self._tool("trash-2", self.tr("Mark for the trash"), "T", checkable=True)
        self.turn_left = self._tool(
            "rotate-ccw", self.tr("Rotate left, for viewing only"), "Shift+R"
        )
        self.turn_right = self._tool("rotate-cw", self.tr("Rotate right, for viewing only"), "R")
        self.play = self._tool("play", self.tr("Slideshow"), "F5")
        self.pace = self._tool("", self.tr("How long each photo stays"))
        self.shuffle = self._tool("shuffle", self.tr("In random order"), checkable=True)
        self.info = self._tool("info", self.tr("Facts of the photo"), "I", checkable=True)
        self.pace.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.pace.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pace.setMenu(self._pace_menu())
        line = layouts.row(self, (style.SPACE, style.SPACE, style.SPACE, style.SPACE))
        line.setSpacing(style.SPACE // 2)
        line.addWidget(self.back)
        line.addSpacing(style.SPACE)
        line.addWidget(self.name, 1)
        line.addWidget(self.counter)
        line.addSpacing(2 * style.SPACE)
        line.addWidget(self.percent)
        line.addSpacing(2 * style.SPACE)
        line.addWidget(self.stars)
        line.addSpacing(style.SPACE)
        decide_and_turn = (self.trash, self.turn_left, self.turn_right)
        tools = (*decide_and_turn, self.pace, self.shuffle, self.play, self.info)
        for button in tools:
            line.addWidget(button)
        # As they are seen, from left to right.
        in_order = (self.back, *self.stars.buttons.values(), *tools)
        for before, after in pairwise(in_order):
            QWidget.setTabOrder(before, after)

    def _tool(self, icon: str, text: str, key: str = "", *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        if icon:
            style.set_icon(button, icon)
        button.setIconSize(QSize(ICON, ICON))
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({key})" if key else text)
        button.setCheckable(checkable)
        # Letters and arrows belong to the photo; Tab reaches the buttons.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        style.set_role(button, "compact")
        return button

    def _pace_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for seconds in INTERVALS:
            action = QAction(self.tr("%Ln seconds", "", seconds), menu)
            action.setCheckable(True)
            action.setData(seconds)
            action.triggered.connect(lambda _=False, s=seconds: self.pace_chosen.emit(s))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def show_slideshow(self, slideshow: Slideshow) -> None:
        """Offer what can be done next with a slideshow, and tell its pace."""
        playing = slideshow.playing
        style.set_icon(self.play, "pause" if playing else "play")
        key = self.tr("Space") if slideshow.active else "F5"
        text = (
            self.tr("Pause")
            if playing
            else self.tr("Go on")
            if slideshow.active
            else self.tr("Slideshow")
        )
        self.play.setAccessibleName(text)
        self.play.setToolTip(f"{text} ({key})")
        for widget in (self.pace, self.shuffle):
            widget.setVisible(slideshow.active)
        self.pace.setText(self.tr("{} s").format(slideshow.seconds))
        for action in self.pace.menu().actions():
            action.setChecked(action.data() == slideshow.seconds)
