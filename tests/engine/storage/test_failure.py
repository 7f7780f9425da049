import errno
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from photo_organizer.engine.storage import failure, rescue
from photo_organizer.engine.storage.store import Store, StoreError


def test_a_store_that_another_program_holds_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path) as one, Store(path, patience=0) as two, one.batch():
        with pytest.raises(sqlite3.OperationalError) as caught, two.batch():
            pass
        assert failure.why(caught.value).code == "store.busy"


def test_a_file_that_is_no_store_and_cannot_be_put_aside_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise failure.damage("as before")

    monkeypatch.setattr(rescue, "rebuild", refuse)
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"something else" * 1000)
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert failure.why(caught.value).code == "store.damaged"
    assert (
        str(caught.value) == f"The photo store {path} cannot be opened: the photo store is damaged."
    )


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "full"),
        (errno.EROFS, "not_writable"),
        (errno.EACCES, "not_writable"),
        (errno.EIO, "no_answer"),
    ],
)
def test_what_the_system_says_is_understood(number: int, code: str) -> None:
    assert failure.why(OSError(number, "…")).code == f"store.{code}"


@pytest.mark.parametrize(("free", "code"), [(0, "full"), (10**9, "no_answer")])
def test_a_full_disk_is_told_also_where_sqlite_calls_it_a_fault_of_it(
    free: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert failure.why(error, tmp_path / "store.sqlite").code == f"store.{code}"
    assert failure.why(error).code == "store.no_answer"


def test_what_nobody_expected_is_something_else() -> None:
    assert failure.why(ValueError("…")).code == "store.no_answer"
