"""A store whose statements fail: as on a full disk, a locked file, a damaged page."""

import itertools
import random
import sqlite3
import threading
from collections.abc import Callable

import pytest

MESSAGES = ("database or disk is full", "disk I/O error", "database disk image is malformed")
"""SQLite's own words, which nobody should meet."""

CODES = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_READONLY)


def fail(code: int) -> sqlite3.Error:
    """An error as SQLite raises it."""
    kind = sqlite3.DatabaseError if code == sqlite3.SQLITE_CORRUPT else sqlite3.OperationalError
    error = kind("SQLite's own words: no such thing at 0x7f")
    error.sqlite_errorcode = code
    return error


def let_statements_fail(monkeypatch: pytest.MonkeyPatch, fails: Callable[[int], int]) -> list[int]:
    """Let statements of every connection fail from now on.

    Args:
        fails: gets the number of a statement, from 0; answers the code of its error, 0 for none.

    Returns:
        The codes of what failed, as it happens.
    """
    numbers, failed, real = itertools.count(), [], sqlite3.connect
    lock = threading.Lock()

    class Connection(sqlite3.Connection):
        def _meet(self, statement: str) -> None:
            with lock:
                code = 0 if statement.startswith("ROLLBACK") else fails(next(numbers))
                if code:
                    failed.append(code)
            if code:
                raise fail(code)

        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
            self._meet(statement)
            return super().execute(statement, *values)

        def executemany(self, statement: str, *values: object) -> sqlite3.Cursor:
            self._meet(statement)
            return super().executemany(statement, *values)

    monkeypatch.setattr(
        sqlite3, "connect", lambda *words, **more: real(*words, **{**more, "factory": Connection})
    )
    return failed


def at(number: int, code: int) -> Callable[[int], int]:
    """One statement fails."""
    return lambda asked: code if asked == number else 0


def at_random(seed: int, share: float) -> Callable[[int], int]:
    """So many of all statements fail, each in its own way."""
    chance = random.Random(seed)
    return lambda _: chance.choice(CODES) if chance.random() < share else 0
