"""Whether values that come from a file have the types, and sane sizes, that the code relies on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

LARGEST: Final = 2**63 - 1
"""Of whole numbers: what databases take. Cameras do write an ISO of 4,294,967,295."""

LONGEST: Final = 2**18
"""Characters, bytes or values of one part."""


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is what an annotation says, throughout.

    Args:
        value: a dataclass, or a part of one.
        kind: a type as the fields of the domain's dataclasses have: numbers (finite ones), texts,
            bytes, dates without zone, enumerations, tuples, dataclasses, and unions of these.
    """
    origin, of = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in of)
    if origin is tuple:
        return isinstance(value, tuple) and _each_fits(value, of)
    if kind in _PLAIN:
        return type(value) in _PLAIN[kind][0] and _PLAIN[kind][1](value)
    if not isinstance(value, kind) or isinstance(value, Enum):
        return isinstance(value, kind)
    return all(fits(getattr(value, name), part) for name, part in _parts(kind).items())


def _each_fits(values: tuple[Any, ...], of: tuple[Any, ...]) -> bool:
    if of[-1] is Ellipsis:
        return len(values) <= LONGEST and all(fits(one, of[0]) for one in values)
    return len(values) == len(of) and all(map(fits, values, of))


@cache
def _parts(kind: Any) -> dict[str, Any]:
    """The fields of a dataclass and their types.

    Raises:
        TypeError: it is none; nobody has said yet what fits it.
    """
    hints = get_type_hints(kind)
    return {part.name: hints[part.name] for part in fields(kind)}


def _is_sane_text(text: str) -> bool:
    try:
        return len(text.encode()) <= LONGEST
    except UnicodeEncodeError:  # halves of characters, which no file or database takes
        return False


_PLAIN: Final[Mapping[type, tuple[tuple[type, ...], Callable[[Any], bool]]]] = {
    NoneType: ((NoneType,), lambda _: True),
    bool: ((bool,), lambda _: True),
    int: ((int,), lambda number: abs(number) <= LARGEST),
    float: ((int, float), lambda number: abs(number) <= sys.float_info.max),
    str: ((str,), _is_sane_text),
    bytes: ((bytes,), lambda data: len(data) <= LONGEST),
    datetime: ((datetime,), lambda moment: moment.tzinfo is None),
}
"""Of each plain type, which types its values may have, and what else must be true of them."""
