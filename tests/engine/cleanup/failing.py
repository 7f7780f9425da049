"""Lets one operation on files or on the journal fail, or ends the program there as by SIGKILL."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from photo_organizer.engine.cleanup.journal import Journal

FILE_OPERATIONS = ("link", "rename", "replace", "unlink", "mkdir", "rmdir", "fsync")
MARKS = ("begin", "mark", "note_content", "add_note", "close_note", "finish", "reopen", "undone")


class Killed(BaseException):
    """Ends the program: nothing handles it, and nothing is done on disk any more."""


@contextmanager
def at(number: int, *, killed: bool, done: bool) -> Iterator[None]:
    """Let operation `number` (from 0) fail; there may be fewer of them.

    Args:
        number: counts what changes something on disk, and the marks of the journal.
        killed: the program ends there; else the operation, if it is one on files, fails with an
            error of the system and the program goes on.
        done: the end comes just after the operation, not just before it.
    """
    left = number
    dead = False

    def counting(operation: Callable[..., Any], is_mark: bool) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            nonlocal left, dead
            if dead:
                raise Killed
            reads = operation is opened and "r" in (*arguments, "r")[1]
            if reads:
                return operation(*arguments, **named)
            if is_mark and not killed:
                return operation(*arguments, **named)
            left -= 1
            if left != -1:
                return operation(*arguments, **named)
            if not killed:
                raise OSError(5, "Input/output error")
            if done:
                result = operation(*arguments, **named)
                if isinstance(result, io.IOBase):
                    result.close()  # as the system does for a process that ends
            dead = True
            raise Killed

        return counted

    opened = io.open
    with mock.patch.object(io, "open", counting(opened, is_mark=False)):
        patches = [
            *((os, name, False) for name in FILE_OPERATIONS),
            *((Journal, name, True) for name in MARKS),
        ]
        started = [
            mock.patch.object(owner, name, counting(getattr(owner, name), is_mark))
            for owner, name, is_mark in patches
        ]
        try:
            for patch in started:
                patch.start()
            yield
        finally:
            for patch in started:
                patch.stop()
