"""Photos that do harm to the process that decodes them, see `hostile`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from photo_organizer.engine.isolation import child, pool
from tests.engine.pictures import save


def harmful(path: Path, what: str, seed: int = 0) -> Path:
    """A whole photo whose decoding does what `hostile` says."""
    save(path, seed=seed)
    path.write_bytes(path.read_bytes() + b"HOSTILE:" + what.encode())
    return path


@contextmanager
def hostile_processes() -> Iterator[None]:
    """Within this, all processes of the program are ones that can be harmed."""
    pool.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(child.FIRST_IMPORT, "tests.engine.isolation.hostile")
        try:
            yield
        finally:
            pool.close()
