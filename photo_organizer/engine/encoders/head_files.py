"""Files of heads: safetensors, with everything but the numbers as one JSON text in the metadata."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.encoders.errors import ModelError


@dataclass(frozen=True, slots=True)
class StoredHead:
    """An open file."""

    facts: Mapping[str, Any]
    """Everything but the numbers."""
    tensor: Callable[[str], NDArray[np.float32]]
    """The numbers of a name. Raises SafetensorError where there are none."""


@contextmanager
def opened(file: Path, title: str, otherwise: str) -> Iterator[StoredHead]:
    """Read what `write` wrote; what is wrong with the numbers may be raised as ValueError inside.

    Args:
        file: which one.
        title: under what name the metadata has the facts.
        otherwise: code of the sentence that says what the file is not; it takes a file and a
            message.

    Raises:
        ModelError: there is no such file, or it is another kind of file, or the numbers are wrong.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as stored:
            facts = json.loads((stored.metadata() or {})[title])
            yield StoredHead(facts, stored.get_tensor)
    except FileNotFoundError as error:
        raise ModelError("heads.no_file", file=str(file)) from error
    except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
        raise ModelError(otherwise, file=str(file), message=str(error)) from error


def write(
    file: Path, title: str, tensors: Mapping[str, NDArray[np.float32]], facts: Mapping[str, Any]
) -> None:
    """Write a file that `opened` reads. The same head makes the same bytes."""
    from safetensors.numpy import save_file

    # safetensors writes the memory as it lies, whatever order the array says it has.
    straight = {name: np.ascontiguousarray(numbers) for name, numbers in tensors.items()}
    save_file(straight, file, metadata={title: json.dumps(facts)})
