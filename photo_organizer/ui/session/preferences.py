"""What people chose in the settings dialog; remembered over restarts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from PySide6.QtCore import QSettings

from photo_organizer.engine.domain.keeper_criteria import completed, default_order
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds

CACHE_MIB = 2048

GROUP = "preferences"
THRESHOLDS = "thresholds"


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices in force. What is as usual is not written down, so that it can improve."""

    order: Mapping[GroupKind, tuple[str, ...]] = field(default_factory=default_order)
    """Criteria that choose keepers, see `photo_organizer.engine.domain.keeper_criteria`."""
    protected: tuple[Path, ...] = ()
    """Folders that nothing goes from; absolute."""
    excluded: tuple[Path, ...] = ()
    """Folders left out of every analysis; absolute."""
    model: str = "auto"
    device: str = "auto"
    cache_mib: int = CACHE_MIB
    """How much the thumbnails on disk may take."""
    language: str = ""
    """Of the window, a key of `words.language.LANGUAGES`; "" for the system's."""

    reopen: bool = True
    """Begin with the library that was open last."""
    notifications: bool = True
    """Tell on the desktop what finished while the window was not in front."""
    reduced_motion: bool = False
    """Nothing moves by itself; False follows the system."""

    @property
    def analysis(self) -> tuple[object, ...]:
        """What only a new analysis follows; the rest takes effect at once."""
        return self.excluded, self.model, self.device

    @property
    def judgement(self) -> tuple[object, ...]:
        """What judging stored facts again follows."""
        return self.order, self.protected

    def with_order(self, kind: GroupKind, order: tuple[str, ...]) -> Preferences:
        """A copy with another order of criteria for one kind."""
        return replace(self, order={**self.order, kind: order})


def load() -> Preferences:
    """What was chosen before; whatever is unreadable is as usual."""
    settings = QSettings()
    settings.beginGroup(GROUP)

    def texts(key: str) -> list[str]:
        # One text alone comes back without its list.
        value = settings.value(key)
        return [value] if isinstance(value, str) else list(value or ())

    size = str(settings.value("cache_mib", CACHE_MIB))
    return Preferences(
        order={kind: completed(kind, texts(f"order/{kind.value}")) for kind in GroupKind},
        protected=tuple(map(Path, texts("protected"))),
        excluded=tuple(map(Path, texts("excluded"))),
        model=str(settings.value("model", "auto")),
        device=str(settings.value("device", "auto")),
        cache_mib=int(size) if size.isdecimal() else CACHE_MIB,
        language=str(settings.value("language", "")),
        reopen=bool(settings.value("reopen", True, type=bool)),
        notifications=bool(settings.value("notifications", True, type=bool)),
        reduced_motion=bool(settings.value("reduced_motion", False, type=bool)),
    )


def save(preferences: Preferences) -> None:
    """Remember the choices that are not as usual."""
    settings, usual = QSettings(), Preferences()
    settings.remove(GROUP)
    settings.beginGroup(GROUP)
    for each in fields(Preferences):
        value = getattr(preferences, each.name)
        if value == getattr(usual, each.name):
            continue
        if each.name == "order":
            for kind, order in preferences.order.items():
                if order != usual.order[kind]:
                    settings.setValue(f"order/{kind.value}", list(order))
        elif isinstance(value, tuple):
            settings.setValue(each.name, [str(folder) for folder in value])
        else:
            settings.setValue(each.name, value)


def load_thresholds() -> Thresholds:
    """Where the sliders were left; those that this version does not have are as usual."""
    settings, usual = Thresholds(), Thresholds()
    try:
        kept = dict(json.loads(str(QSettings().value(THRESHOLDS, "{}"))))
        for name, value in kept.items():
            with suppress(KeyError, OSError):
                settings = settings.with_change(str(name), float(value))
    except (ValueError, TypeError):
        return usual
    return settings


def save_thresholds(settings: Thresholds) -> None:
    """Remember where the sliders are that are not as usual."""
    usual = Thresholds()
    moved = {name: value for name, value in settings.changes.items() if value != usual[name]}
    if moved:
        QSettings().setValue(THRESHOLDS, json.dumps(moved))
    else:
        QSettings().remove(THRESHOLDS)
