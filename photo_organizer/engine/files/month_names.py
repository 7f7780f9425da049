"""What people call the months in names of folders and in what they search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ENGLISH: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

MONTHS: Final[Mapping[str, int]] = {
    **{name: number for number, name in enumerate(_ENGLISH, 1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH, 1)},
    "sept": 9,
    **{f"{number}월": number for number in range(1, 13)},
    **{f"{number}月": number for number in range(1, 13)},
}
"""The number of each month by its name, small letters."""
