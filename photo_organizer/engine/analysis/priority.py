"""Threads that work in the background give way to the one that draws the window.

On two cores an analysis runs six busy threads beside the window's. As equals they make it wait for
a core: up to two thirds of the time in which it did not answer went that way.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Callable

NICE = 5
"""A third of the window's claim to a core, on Linux. Not less: a thread that other programs keep
from its core may be holding Python's lock, and the window would wait for both."""

_local = threading.local()


def step_back() -> None:
    """Let the calling thread give way to others when cores are short, from now on."""
    if getattr(_local, "stepped_back", False):
        return
    _local.stepped_back = True
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentThread.restype = ctypes.c_void_p
        kernel.SetThreadPriority.argtypes = (ctypes.c_void_p, ctypes.c_int)
        below_normal = -1
        kernel.SetThreadPriority(kernel.GetCurrentThread(), below_normal)
    elif sys.platform == "darwin":
        utility = 0x11  # "work the user may follow by a progress bar"
        ctypes.CDLL(None).pthread_set_qos_class_self_np(utility, 0)
    elif sys.platform == "linux":
        # Of the thread alone, whatever POSIX says about processes: see setpriority(2).
        thread = threading.get_native_id()
        now = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, max(now, NICE))


def follow() -> Callable[[], None]:
    """What a thread started by the calling one does first, to give way as that one does.

    Linux hands priorities down by itself; the others do not.
    """
    return step_back if getattr(_local, "stepped_back", False) else _stay


def is_stepping_back() -> bool:
    """Whether the calling thread gives way."""
    return bool(getattr(_local, "stepped_back", False))


def _stay() -> None:
    """A thread of a command in a terminal: nobody draws anything beside it."""
