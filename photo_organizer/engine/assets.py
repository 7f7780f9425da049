"""Finds what is not code: everything under ``resources/``, in a checkout or in a wheel."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


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
        code: file and key: "duplicates.sharper" is the table ``[sharper]`` of
            ``resources/sentences/duplicates.toml``, with one string a language.
        language: "en" or "ko".

    Raises:
        KeyError: there is no such sentence.
    """
    file, key = code.split(".", 1)
    entry: dict[str, str] = toml(f"sentences/{file}.toml")[key]
    return entry.get(language, entry["en"])
