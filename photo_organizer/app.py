"""The application: makes the window, keeps a log, and draws the window into a file."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.storage import home
from photo_organizer.ui.session import preferences
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, motion, style, system_dialogs
from photo_organizer.ui.window.garbage_collector import GarbageCollector
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.one_window import Place
from photo_organizer.ui.window.second_starts import SecondStarts
from photo_organizer.ui.words import language
from photo_organizer.ui.words.plain_text import visible, visible_lines

log = logging.getLogger(__name__)

_Exception = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

NOBODY_ELSE = Place()

PICTURE_SIZE = (1440, 900)
SETTLE = 800
"""Milliseconds in which nothing more arrived: the window is as it stays."""

LOG_BYTES = 1_000_000

SWITCH_INTERVAL = 0.001
"""Seconds for which a thread may keep Python from the others. The window waits so long at nearly
every call to Qt while an analysis runs; Python's own 5 ms add up to stalls that are felt."""


def run(folders: Sequence[Path] = (), place: Place = NOBODY_ELSE) -> int:
    """Open the window and stay until it is closed.

    Args:
        folders: analysed as soon as the window is visible.
        place: whether this is the first window of its library: see `one_window`.

    Returns:
        The exit status.
    """
    app = application()
    _keep_log()
    _close_settings_to_others()
    sys.excepthook = _show_error
    session = Session()
    holder = WindowHolder(app, session)
    second_starts = SecondStarts(lambda: holder.window)
    if place.lock is not None:
        second_starts.listen()

    def begin() -> None:
        log.info("The window is visible.")
        motion.look()
        session.begin()
        if (trouble := home.trouble()) is not None:
            session.store_told.emit(trouble)
        if place.is_beside_another:
            session.store_told.emit(Reason("store.beside_another"))
        if first := first_folders(folders, session):
            holder.window.open_folders(first)

    # After the first paint: nobody waits for a window because of what it will do.
    holder.window.painted.connect(begin)
    holder.window.show()
    status = app.exec()
    second_starts.close()
    return status


def first_folders(folders: Sequence[Path], session: Session) -> Sequence[Path]:
    """What the window begins with: the folders asked for, else the library opened last."""
    last = session.libraries.last
    if folders or last is None or not session.choices.preferences.reopen:
        return folders
    return last.folders


class WindowHolder(QObject):
    """Holds the window of a session, and puts another in its place to speak another language.

    A window is made in about a tenth of a second, so no widget has to know how to be renamed.
    """

    def __init__(self, app: QApplication, session: Session) -> None:
        super().__init__()
        self._app = app
        self._session = session
        self.window = MainWindow(session)
        """The window of the present language."""
        # Later: the language was chosen in a widget that must outlive its own click.
        session.choices.language_changed.connect(self._speak, Qt.ConnectionType.QueuedConnection)
        session.choices.scheme_changed.connect(self._dress, Qt.ConnectionType.QueuedConnection)

    @Slot(str)
    def _dress(self, scheme: str) -> None:
        style.choose_scheme(self._app, scheme)

    @Slot(str)
    def _speak(self, chosen: str) -> None:
        old = self.window
        language.speak(self._app, chosen)
        self.window = MainWindow(self._session)
        self.window.take_over(old)


def render_window(content: Result | Sequence[Path], path: Path, view: str = "categories") -> None:
    """Draw the window into a PNG file, 1440 × 900 pixels, without showing it.

    Args:
        content: folders to analyse first, or a result to show as it is.
        path: the file to write.
        view: the key of one: "categories", "duplicates", "highlights", "low_quality", "problems".

    Raises:
        KeyError: there is no such view.
        OSError: the file cannot be written.
    """
    application()
    session = Session()
    window = MainWindow(session)
    window.resize(*PICTURE_SIZE)
    loop = QEventLoop()
    _when_settled(session, loop.quit)
    if isinstance(content, Result):
        session.analysis.show(content)
    else:
        session.analysis.open(content)
    window.views.show_view(window.views.by_key(view))
    window.show()
    loop.exec()
    saved = window.grab().save(str(path), "PNG")
    window.close()
    window.deleteLater()
    if not saved:
        raise OSError(f"The picture {path} cannot be written.")


def application() -> QApplication:
    """The application object, made and dressed at the first call."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    sys.setswitchinterval(SWITCH_INTERVAL)
    system_dialogs.prefer()
    app = QApplication(sys.argv[:1])
    GarbageCollector(app)
    app.setOrganizationName(paths.APP)
    app.setApplicationName(paths.APP)
    app.setApplicationDisplayName("Photo Organizer")
    app.setWindowIcon(style.app_icon())
    chosen = preferences.load().preferences
    style.apply(app, chosen.scheme)
    accessible.install()
    language.speak(app, language.chosen(chosen.language))
    motion.choose(chosen.reduced_motion)
    return app


def _when_settled(session: Session, done: Callable[[], object]) -> None:
    """Call `done` once the analysis and all thumbnails are there."""
    timer = QTimer(session)
    timer.setInterval(SETTLE)

    def look() -> None:
        if not session.analysis.running and session.thumbnails.idle:
            timer.stop()
            done()

    timer.timeout.connect(look)
    for signal in (
        session.analysis.running_changed,
        session.shown.changed,
        session.thumbnails.ready,
    ):
        signal.connect(lambda _: timer.start())
    timer.start()


class PrivateLog(RotatingFileHandler):
    """A log that nobody else may read."""

    def _open(self) -> TextIOWrapper:
        paths.own_file(Path(self.baseFilename))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk, or one that went: what cannot be kept is no traceback on the terminal."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


class OneLine(logging.Formatter):
    """Each message is one line: no name in it can write what looks like another message."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The message with its time and place."""
        return visible(super().formatMessage(record))

    def formatException(self, ei: _Exception) -> str:
        """The traceback, which has lines of its own."""
        return visible_lines(super().formatException(ei))


def _close_settings_to_others() -> None:
    """Qt's own settings name libraries and folders; Qt keeps the rights of the file that is there.

    Windows and macOS keep them in places of their own.
    """
    if sys.platform in ("win32", "darwin"):
        return
    file = Path(QSettings().fileName())
    try:
        paths.own_folder(file.parent)
        paths.own_file(file)
    except OSError:  # nothing can be written there then
        log.warning("The settings of the window cannot be made private", exc_info=True)


def _keep_log() -> None:
    file = paths.data_dir() / "photo-organizer.log"
    try:
        paths.own_folder(file.parent)
        handler = PrivateLog(file, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:  # a full disk, or one that may not be written: the window opens without
        log.warning("No log is kept", exc_info=True)
        return
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for terminal in root.handlers:  # it goes on saying only what the command line asked for
        terminal.setLevel(root.level)
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def _show_error(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What nobody caught: into the log whole, and to the user in one calm sentence."""
    log.critical("Unexpected error", exc_info=(kind, error, trace))
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        "Photo Organizer",
        QApplication.translate(
            "app", "Something went wrong. Your photos are untouched; you can go on working."
        ),
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(
        QApplication.translate("app", "The details are in {}").format(
            paths.data_dir() / "photo-organizer.log"
        )
    )
    box.setDetailedText(f"{kind.__name__}: {error}")
    _exec(box)


def _exec(box: QMessageBox) -> None:
    box.exec()
