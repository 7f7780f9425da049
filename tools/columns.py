"""Tables of photos in columns, kept in files so that nothing is measured twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Columns:
    """Photos, one a row; the fields of a table are its columns, (N, …) each."""

    def __len__(self) -> int:
        first: NDArray[Any] = getattr(self, fields(self)[0].name)
        return len(first)

    def only(self, chosen: NDArray[Any]) -> Self:
        """Some of them; `chosen` is (N,) bool."""
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def save(self, file: Path) -> None:
        """Keep them."""
        np.savez_compressed(
            file, **{field.name: getattr(self, field.name) for field in fields(self)}
        )

    @classmethod
    def load(cls, file: Path) -> Self:
        """What `save` wrote."""
        stored = np.load(file)
        return cls(**{field.name: stored[field.name] for field in fields(cls)})

    @classmethod
    def kept(cls, file: Path | None, gather: Callable[[], Self]) -> Self:
        """Those of a file; where it is not there yet, what `gather` finds is kept in it."""
        if file is not None and file.exists():
            return cls.load(file)
        photos = gather()
        if file is not None:
            photos.save(file)
        return photos

    @classmethod
    def join(cls, parts: Iterable[Self]) -> Self:
        """All of them, one after the other."""
        listed = list(parts)
        return cls(
            *(
                np.concatenate([getattr(part, field.name) for part in listed])
                for field in fields(cls)
            )
        )
