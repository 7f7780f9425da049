"""Thresholds: read from ``resources/thresholds/``, changed by sliders, applied after measuring.

Each flow has its own file, so a flow can grow a number without touching another module.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from photo_organizer.engine import assets


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds in force: the shipped ones with the user's changes on top.

    "duplicates.same" is the number ``same`` of ``resources/thresholds/duplicates.toml``;
    further dots go into tables.
    """

    changes: Mapping[str, float] = field(default_factory=dict)
    """Dotted name to the user's value."""

    def __getitem__(self, name: str) -> float:
        return self.changes[name] if name in self.changes else _shipped(name)

    def knows(self, name: str) -> bool:
        """Whether there is such a threshold; a name may come from another version."""
        if not all(part.isidentifier() for part in name.split(".")):
            return False
        try:
            self[name]
        except (KeyError, OSError):  # OSError: no file has thresholds of that flow
            return False
        return True

    def with_change(self, name: str, value: float) -> Thresholds:
        """A copy in which `name` has `value`.

        Raises:
            KeyError: no such threshold.
        """
        self[name]
        return replace(self, changes={**self.changes, name: value})


@cache
def _shipped(name: str) -> float:
    """A shipped threshold; asked for with every face and pair, and therefore kept."""
    file, *keys = name.split(".")
    value: object = assets.toml(f"thresholds/{file}.toml")
    for key in keys:
        if not isinstance(value, dict):
            raise KeyError(name)
        value = value[key]
    if not isinstance(value, int | float):
        raise KeyError(name)
    return float(value)


def current(name: str, value: float) -> tuple[str, float]:
    """Name and value, today, of a threshold that somebody set in this or an earlier version.

    Scores of flaws meant something else up to version 0.1: "quality.blur" became
    "quality.certainty.blur", and lies as far from what is usual as it did, in log-odds.
    """
    flow, _, flaw = name.partition(".")
    usual = assets.toml("thresholds/quality.toml")["earlier"]
    if flow != "quality" or flaw not in usual:
        return name, value
    today = f"quality.certainty.{flaw}"
    moved = _log_odds(value) - _log_odds(usual[flaw])
    return today, 1 / (1 + math.exp(-_log_odds(Thresholds()[today]) - moved))


def _log_odds(chance: float) -> float:
    inside = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))
