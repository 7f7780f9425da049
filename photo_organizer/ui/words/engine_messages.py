"""Says in the window's language what the engine said in English.

Why a file was left out is stored and printed in English, and failures end as one English sentence.
Both are recognised here by their wording: ``resources/sentences/errors.toml``.
"""

from __future__ import annotations

import re
import string
from functools import cache

from photo_organizer.engine import assets

SENTENCES = {"reason", "note"}
"""What a sentence may have as a sentence within."""


def retold(text: str, language: str) -> str:
    """The sentence in a language ("en", "ko"); as it is where nobody knows it.

    What the sentence tells of (a file, the system's own words) stays as it is.
    """
    if language == "en":
        return text
    for pattern, entry in _known():
        if (found := pattern.fullmatch(text)) and language in entry:
            values = found.groupdict()
            values |= {k: retold(values[k], language) for k in SENTENCES & values.keys()}
            return entry[language].format(**values)
    return text


@cache
def _known() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    entries = assets.toml("sentences/errors.toml").values()
    return [(re.compile(_pattern(entry["en"]), re.DOTALL), entry) for entry in entries]


def _pattern(template: str) -> str:
    return "".join(
        re.escape(words) + (f"(?P<{name}>.*)" if name else "")
        for words, name, _, _ in string.Formatter().parse(template)
    )
