"""The preferences that earlier versions kept in Qt's settings; they move into the file once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings

from photo_organizer.engine.domain.keeper_criteria import completed
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds, current

GROUP = "preferences"
THRESHOLDS = "thresholds"
SIDECARS = "clean-up/sidecars"


def read() -> Preferences | None:
    """What was chosen; None where nothing was. Whatever is unreadable is as usual."""
    settings, usual = QSettings(), Preferences()
    single = any(settings.contains(key) for key in (THRESHOLDS, SIDECARS))
    if not single and GROUP not in settings.childGroups():
        return None
    sidecars = bool(settings.value(SIDECARS, usual.sidecars, type=bool))
    thresholds = _thresholds(str(settings.value(THRESHOLDS, "{}")))
    settings.beginGroup(GROUP)
    size = str(settings.value("cache_mib", usual.cache_mib))
    return Preferences(
        protected=tuple(_folders(settings, "protected")),
        excluded=tuple(_folders(settings, "excluded")),
        model=str(settings.value("model", usual.model)),
        device=str(settings.value("device", usual.device)),
        order={k: completed(k, _texts(settings, f"order/{k.value}")) for k in GroupKind},
        thresholds=thresholds,
        sidecars=sidecars,
        cache_mib=int(size) if size.isdecimal() else usual.cache_mib,
        language=str(settings.value("language", usual.language)),
        reopen=bool(settings.value("reopen", usual.reopen, type=bool)),
        notifications=bool(settings.value("notifications", usual.notifications, type=bool)),
        reduced_motion=bool(settings.value("reduced_motion", usual.reduced_motion, type=bool)),
    )


def forget() -> None:
    """Remove them: the file has them now."""
    settings = QSettings()
    for key in (GROUP, THRESHOLDS, SIDECARS):
        settings.remove(key)


def _texts(settings: QSettings, key: str) -> list[str]:
    value = settings.value(key)
    # One text alone comes back without its list.
    return [value] if isinstance(value, str) else list(value or ())


def _folders(settings: QSettings, key: str) -> Iterator[Path]:
    yield from (Path(text).absolute() for text in _texts(settings, key))


def _thresholds(text: str) -> Thresholds:
    """Where the sliders were left; those that this version does not have are as usual."""
    thresholds = usual = Thresholds()
    try:
        for name, value in dict(json.loads(text)).items():
            with suppress(KeyError, OSError):
                thresholds = thresholds.with_change(*current(str(name), float(value)))
    except (ValueError, TypeError):
        return usual
    return thresholds
