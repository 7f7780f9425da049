"""Freed memory is kept where the system's library can be told so, and nothing fails elsewhere."""

from __future__ import annotations

import ctypes
import sys

import pytest

from photo_organizer.engine.isolation import allocation


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's")
def test_glibc_is_told_both_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []

    class Library:
        @staticmethod
        def mallopt(what: int, value: int) -> int:
            told.append((what, value))
            return 1

    monkeypatch.setattr(ctypes, "CDLL", lambda _: Library)
    assert allocation.keep_freed_memory()
    assert told == [(-3, allocation.APART), (-1, allocation.KEPT)]


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's")
def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not allocation.keep_freed_memory()


def test_another_system_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not allocation.keep_freed_memory()
