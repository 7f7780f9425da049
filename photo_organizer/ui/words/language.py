"""Which language the window speaks, also while it is open.

English is what the code says, and ``photo_organizer_en`` how it counts. Every language of
``resources/languages.toml`` has two files in ``resources/translations``: ``photo_organizer_ko.ts``
with the sentences, made and compiled by ``tools/translate.py``, and the ``.qm`` that is loaded
here, beside Qt's own sentences ("Cancel").
"""

from __future__ import annotations

from importlib.resources import as_file
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from photo_organizer.engine import assets

LANGUAGES: dict[str, str] = {
    code: language["name"] for code, language in assets.toml("languages.toml").items()
}
"""The languages there are, each by the name that its speakers know."""


def chosen(preference: str) -> str:
    """The language to speak: the preferred one, else the first of the system's that there is.

    Args:
        preference: a key of `LANGUAGES`; "" for the system's.
    """
    if preference in LANGUAGES:
        return preference
    spoken = (name.replace("_", "-").split("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in spoken if name in LANGUAGES), "en")


def speak(app: QApplication, language: str) -> None:
    """Translate from now on, and write numbers and dates as the language does.

    What was said before stays as it is: see `photo_organizer.app` for the window.
    """
    _state.language = language
    for translator in _translators:
        app.removeTranslator(translator)
    _translators.clear()
    with as_file(assets.resource("translations")) as ours:
        # English first: what is asked last is what another language has no sentence for.
        _install(app, ours, "photo_organizer", "en")
        if language != "en":
            qts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            _install(app, qts, "qtbase", language)
            _install(app, ours, "photo_organizer", language)
    QLocale.setDefault(_locale(language))


def spoken() -> str:
    """The language spoken at present, a key of `LANGUAGES`."""
    return _state.language


class _State:
    language = "en"


_state = _State()
_translators: list[QTranslator] = []
"""Those in force: Qt does not keep them."""


def _install(app: QApplication, folder: Path, name: str, language: str) -> None:
    translator = QTranslator()
    if translator.load(f"{name}_{language}", str(folder)):
        app.installTranslator(translator)
        _translators.append(translator)


def _locale(language: str) -> QLocale:
    """The system's own habits where it speaks the language, else those of its home."""
    system = QLocale.system()
    spoken = QLocale(language).language()
    return system if system.language() == spoken else QLocale(spoken)
