"""Keeps `True` and `False` alive under Python 3.11.

PySide6 6.12.0 returns a borrowed ``True`` from every ``Signal.emit`` (and ``False`` from a failed
``disconnect``), so each call takes away one reference that nobody gave. Some thousand signals later
the count is 0 and Python ends with "bool_dealloc: deallocating True or False". From Python 3.12 on
the two are immortal (PEP 683) and nothing happens.
"""

from __future__ import annotations

import ctypes
import sys

MANY = 1 << 48
"""References more than any session can lose."""


def give_references() -> None:
    """Give both so many references that they never run out; does nothing where it need not."""
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        for value in (True, False):
            # The reference count is the first field of every object.
            ctypes.c_ssize_t.from_address(id(value)).value += MANY
