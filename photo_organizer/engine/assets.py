"""Finds what is not code: everything under ``resources/``, in a checkout or in a wheel."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

DESCRIBED = ("flaws", "keepers")
"""Files that describe something whole: its sentences stand beside its numbers."""


def resource(*parts: str) -> Traversable:
    """The file ``resources/parts…``; use ``importlib.resources.as_file`` where a path is needed."""
    return files("photo_organizer.resources").joinpath(*parts)


@cache
def toml(name: str) -> dict[str, Any]:
    """The parsed TOML file ``resources/name``. Do not change what it returns: it is shared."""
    return tomllib.loads(resource(name).read_text(encoding="utf-8"))


def sentence(code: str, language: str = "en") -> str:
    """The format string of a `Reason`'s code in a language; English where there is none.

    Args:
        code: file and table: "trash.gone" is the table ``[gone]`` of
            ``resources/sentences/trash.toml``, with one string a language. Files of `DESCRIBED`
            lie in ``resources/`` itself. Further dots go into tables: "keepers.older.label".
        language: "en" or "ko".

    Raises:
        KeyError: there is no such sentence.
    """
    file, *keys = code.split(".")
    entry: dict[str, Any] = toml(f"{file}.toml" if file in DESCRIBED else f"sentences/{file}.toml")
    for key in keys:
        entry = entry[key]
    text: str = entry.get(language, entry["en"])
    return text
