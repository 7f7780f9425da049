"""Finds what is not code: everything under ``resources/``, in a checkout or in a wheel."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
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


def languages() -> tuple[str, ...]:
    """The codes of the languages that the program speaks, in the order in which they are offered.

    ``resources/languages.toml`` declares them.
    """
    return tuple(toml("languages.toml"))


@cache
def sentences() -> dict[str, dict[str, Any]]:
    """Every sentence there is, by its code: "duplicates.bracket", "flaws.blur.name"."""
    files = {name: toml(f"{name}.toml") for name in DESCRIBED}
    for file in resource("sentences").iterdir():
        files |= toml(f"sentences/{file.name}")
    return dict(_entries("", files))


def _entries(code: str, table: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables with an English text in a table and below it, each with its code."""
    if "en" in table:
        yield code, dict(table)
    for key, below in table.items():
        if isinstance(below, dict) and key not in languages():
            yield from _entries(f"{code}.{key}" if code else key, below)


def sentence(
    code: str,
    language: str | None = None,
    values: Mapping[str, str | int | float] | None = None,
) -> str:
    """The format string of a `Reason`'s code in a language; English where there is none.

    Args:
        code: topic and key: "trash.gone" is the table ``[trash.gone]`` of a file of
            ``resources/sentences``, with one string a language, or one for each plural form. Files
            of `DESCRIBED` are topics of their own: "flaws.blur" is the table ``[blur]`` of
            ``resources/flaws.toml``, and "flaws.blur.name" the table ``name`` within.
        language: one of `languages`; None: exact English, where "en" is English for everybody.
        values: what will be filled in; one of them may decide about the plural form.

    Raises:
        KeyError: there is no such sentence.
    """
    entry = sentences()[code]
    usual = entry["en"] if language is None else entry.get("window", entry["en"])
    said: str | dict[str, str] = usual if language in (None, "en") else entry.get(language, usual)
    if isinstance(said, str):
        return said
    return said["one" if values and values[entry["count"]] == 1 else "other"]
