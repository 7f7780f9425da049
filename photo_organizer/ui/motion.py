"""Whether things may move by themselves: fading, sliding, running to and fro."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStyle


class _Choice:
    reduced = False


def reduced() -> bool:
    """Whether people asked for less motion, here or in the settings of their system."""
    if _Choice.reduced:
        return True
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return False
    # Systems whose animations are switched off tell styles that these take no time.
    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def choose(reduce: bool) -> None:
    """Reduce motion whatever the system says, or follow the system again."""
    _Choice.reduced = reduce
