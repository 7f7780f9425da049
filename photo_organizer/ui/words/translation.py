"""Sentences of functions in the language of the window; widgets have Qt's own ``tr`` for theirs.

``tools/translate.py`` finds both by their names. With a count, Qt chooses between the forms that a
language has, English among them ("1 photo", "2 photos"), and writes the number for ``%Ln`` as the
language does:

    self.tr("%Ln photos", "", count)
    translate("export", "%Ln photos are copied", "", PLURAL, count)
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

PLURAL: Final = "plural"
"""Stands before a count: Qt's tool takes a sentence for one with forms only where a word does. The
count must be a name or a call of one: the tool reads no further."""


def translate(context: str, text: str, note: str = "", form: str = "", count: int = -1) -> str:
    """The sentence in the language of the window.

    Args:
        context: under what translators find it.
        text: English.
        note: tells equal texts apart.
        form: `PLURAL` where `count` decides.
        count: how many; -1 where nothing is counted.
    """
    assert bool(form) == (count >= 0), "a count needs PLURAL before it, and PLURAL a count"
    return QCoreApplication.translate(context, text, note or None, count)
