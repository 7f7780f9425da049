"""Small help for sentences with counts."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def counted(count: int, one: str, many: str) -> str:
    """`one` for a single thing, otherwise `many` with the count, grouped by the locale, in ``{}``.

    Both are translated by the caller, so that each language has its own two sentences.
    """
    return one if count == 1 else many.format(QLocale().toString(count))
