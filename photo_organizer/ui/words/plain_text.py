"""Text from files is text: names, folders and Exif are shown as they are and never interpreted.

Qt takes a tooltip for HTML where it looks like it, and reads the files that such HTML names; it
takes ``&`` in a button for a key. Text of a file could also turn a line around or break it.
"""

from __future__ import annotations

import re

from PySide6.QtGui import Qt

_WORD_JOINER = "\N{WORD JOINER}"
"""Takes no room and is not seen, and no tag or entity goes on after it."""

_TURNING = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of the text that follows, so that a name reads as another one."""

_BREAKING = "\u2028\u2029"

_UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f{_BREAKING}{_TURNING}]")
_UNSEEN_IN_LINES = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BREAKING}{_TURNING}]")


def visible(text: object) -> str:
    """One line of text from a file, say a name, with all that is not seen in it made visible.

    Bytes that are no text stand as �, control characters and turned directions as their symbol or
    their number.
    """
    return _UNSEEN.sub(_symbol, _readable(text))


def visible_lines(text: object) -> str:
    """As `visible`, for sentences: their lines and tabs stay."""
    return _UNSEEN_IN_LINES.sub(_symbol, _readable(text))


def tip(text: object) -> str:
    """Text for a tooltip, which Qt does not take for HTML whatever it says."""
    shown = visible_lines(text)
    return unmarked(shown) if Qt.mightBeRichText(shown) else shown


def unmarked(text: object) -> str:
    """Text for what takes tags and entities of HTML for such, in which there are none."""
    return re.sub(r"[<&]", lambda found: found[0] + _WORD_JOINER, visible_lines(text))


def button_text(text: object) -> str:
    """Text for a button, tab or menu, in which ``&`` is no key."""
    return visible(text).replace("&", "&&")


def title(text: object) -> str:
    """Text for the title of a window, in which ``[*]`` is no mark of changes."""
    return visible(text).replace("[*]", "[*][*]")


def _readable(text: object) -> str:
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _symbol(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else f"[U+{code:04X}]"
