"""Reads curves and primaries out of an ICC profile (ICC.1:2022)."""

from __future__ import annotations

import struct
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_Numbers = NDArray[np.float64]

_HEADER: Final = 128
_MOST_TAGS: Final = 200
_PARAMETERS: Final = (1, 3, 4, 5, 7)
"""How many numbers each kind of parametric curve has."""


def tags(profile: bytes) -> dict[bytes, bytes]:
    """The tags of a profile by name (section 7.3).

    Raises:
        struct.error: it ends too early.
    """
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    found = {}
    for number in range(min(count, _MOST_TAGS)):
        name, start, size = struct.unpack_from(">4sII", profile, _HEADER + 4 + 12 * number)
        found[name] = profile[start : start + size]
    return found


def primary(tag: bytes) -> _Numbers:
    """The XYZ of one channel alone (section 10.31).

    Raises:
        struct.error: it ends too early.
    """
    return _fixed(tag, 8, 3)


def curve(tag: bytes) -> _Numbers:
    """Light for each of 256 values; from 0 to 1 where the profile is sound (sections 10.6, 10.18).

    Raises:
        struct.error, ValueError, LookupError: it is no curve.
    """
    values = np.linspace(0, 1, 256)
    if tag[:4] == b"curv":
        return _sampled(tag, values)
    if tag[:4] == b"para":
        return _parametric(tag, values)
    raise ValueError("no curve")


def _sampled(tag: bytes, values: _Numbers) -> _Numbers:
    (count,) = struct.unpack_from(">I", tag, 8)
    if count == 0:
        return values
    if count == 1:
        return _typed(values ** (struct.unpack_from(">H", tag, 12)[0] / 256))
    table = np.frombuffer(tag, ">u2", count, 12) / 65535
    return _typed(np.interp(values, np.linspace(0, 1, count), table))


def _parametric(tag: bytes, values: _Numbers) -> _Numbers:
    (kind,) = struct.unpack_from(">H", tag, 8)
    gamma, *more = _fixed(tag, 12, _PARAMETERS[kind])
    if kind == 0:
        return _typed(values**gamma)
    a, b = more[:2]
    base = a * values + b
    power = np.maximum(base, 0) ** gamma
    match kind:
        case 1:
            return _typed(np.where(base >= 0, power, 0))
        case 2:
            return _typed(np.where(base >= 0, power + more[2], more[2]))
        case 3:
            return _typed(np.where(values >= more[3], power, more[2] * values))
        case _:
            c, d, e, f = more[2:]
            return _typed(np.where(values >= d, power + e, c * values + f))


def _fixed(tag: bytes, start: int, count: int) -> _Numbers:
    return _typed(np.array(struct.unpack_from(f">{count}i", tag, start)) / 65536)


def _typed(numbers: Any) -> _Numbers:
    return np.asarray(numbers, np.float64)
