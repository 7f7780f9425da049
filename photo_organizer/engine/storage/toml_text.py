"""Writes TOML, which Python itself only reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

LINE = 100
"""Characters; a longer list stands with one value a line."""

Key = tuple[str, ...]
"""The names that lead to a value: ``("thresholds", "duplicates", "same")``."""


def flat(document: Mapping[str, Any]) -> dict[Key, Any]:
    """Every value of a document by the names that lead to it; an empty table is a value."""
    return dict(_leaves(document, ()))


def nested(values: Mapping[Key, Any]) -> dict[str, Any]:
    """The document of which these are the values; what `flat` made of it.

    Raises:
        ValueError: one name leads to a value and to a table.
    """
    document: dict[str, Any] = {}
    for key, value in values.items():
        table = document
        for name in key[:-1]:
            table = table.setdefault(name, {})
            if not isinstance(table, dict):
                raise ValueError(f"{'.'.join(key)} lies within a value")
        if key[-1] in table:
            raise ValueError(f"{'.'.join(key)} is a value and a table")
        table[key[-1]] = value
    return document


def document_text(document: Mapping[str, Any]) -> str:
    """A document as TOML: first what stands alone, then a section for each table.

    Args:
        document: what ``tomllib`` may answer. Texts must not have lone surrogates.

    Raises:
        TypeError: a value is of a kind that TOML does not have.
    """
    alone = {name: value for name, value in document.items() if not _is_section(value)}
    lines = [f"{_name(name)} = {value_text(value)}\n" for name, value in alone.items()]
    for name, table in document.items():
        if _is_section(table):
            lines.append(f"\n[{_name(name)}]\n")
            lines += [
                f"{_dotted(key)} = {value_text(value)}\n" for key, value in flat(table).items()
            ]
    return "".join(lines)


def value_text(value: object) -> str:
    """One value as TOML, on a line unless it is a long list; errors as of `document_text`."""
    match value:
        case str():
            text = _quoted(value)
        case bool():  # before int, of which it is a kind
            text = "true" if value else "false"
        case int() | float():
            text = repr(value)
        case datetime() | date() | time():
            text = value.isoformat()
        case list() | tuple():
            text = _list(value)
        case dict():
            pairs = (f"{_name(name)} = {value_text(inner)}" for name, inner in value.items())
            text = f"{{{', '.join(pairs)}}}"
        case _:
            raise TypeError(f"TOML has no {type(value).__name__}")
    return text


def _is_section(value: object) -> bool:
    return isinstance(value, dict) and bool(value)


def _leaves(table: Mapping[str, Any], above: Key) -> Iterator[tuple[Key, Any]]:
    for name, value in table.items():
        if _is_section(value):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def _list(values: Sequence[object]) -> str:
    texts = [value_text(value) for value in values]
    line = f"[{', '.join(texts)}]"
    if len(line) <= LINE or "\n" in line:
        return line
    return "[\n" + "".join(f"    {text},\n" for text in texts) + "]"


def _quoted(text: str) -> str:
    # JSON's texts are TOML's, but for one character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _dotted(key: Key) -> str:
    return ".".join(map(_name, key))
