"""Whether values that come from a file have the types, and sane sizes, that the code relies on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
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
    return _test_of(kind)(value)


_Test = Callable[[Any], bool]


@cache
def _test_of(kind: Any) -> _Test:
    """What a value must pass; made once for each type, for rows come by the million."""
    origin, of = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _any_of([_test_of(one) for one in of])
    if origin is tuple:
        if of[-1] is Ellipsis:
            return _row_of(_test_of(of[0]))
        return _tuple_of([_test_of(one) for one in of])
    if kind in _PLAIN:
        types, test = _PLAIN[kind]
        return lambda value: type(value) in types and test(value)
    if issubclass(kind, Enum):
        return lambda value: isinstance(value, kind)
    return _whole(kind)


def _any_of(tests: Sequence[_Test]) -> _Test:
    return lambda value: any(test(value) for test in tests)


def _row_of(test: _Test) -> _Test:
    return lambda values: (
        isinstance(values, tuple) and len(values) <= LONGEST and all(map(test, values))
    )


def _tuple_of(tests: Sequence[_Test]) -> _Test:
    return lambda values: (
        isinstance(values, tuple)
        and len(values) == len(tests)
        and all(test(value) for test, value in zip(tests, values, strict=True))
    )


def _whole(kind: Any) -> _Test:
    """For a dataclass: all of its fields.

    Raises:
        TypeError: it is none; nobody has said yet what fits it.
    """
    hints = get_type_hints(kind)
    tests = [(part.name, _test_of(hints[part.name])) for part in fields(kind)]
    return lambda value: (
        isinstance(value, kind) and all(test(getattr(value, name)) for name, test in tests)
    )


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
