"""How dask is set up, whatever a user's own files say."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from photo_organizer.engine.cluster import dask_settings

PREPARE = """
from photo_organizer.engine.cluster import dask_settings
try:
    dask_settings.prepare()
except Exception as error:
    print(type(error).__name__, error)
"""


def test_what_was_set_before_counts_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    dask_settings.prepare()
    import dask

    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION", "True")
    dask.config.set({"distributed.worker.preload": ["a_module_of_somebody"]})
    dask_settings.prepare.__wrapped__()
    assert dask.config.get("distributed.worker.preload") == []
    assert dask.config.get("distributed.comm.require-encryption") is None
    for name, value in dask_settings.SETTINGS.items():
        assert dask.config.get(name) == value


def test_every_setting_is_one_that_dask_knows() -> None:
    dask_settings.prepare()
    import dask

    for name in dask_settings.SETTINGS:
        found = dask.config.defaults
        assert any(_has(defaults, name.split(".")) for defaults in found), name


def _has(defaults: object, parts: list[str]) -> bool:
    for part in parts:
        if not isinstance(defaults, dict) or part not in defaults:
            return False
        defaults = defaults[part]
    return True


@pytest.mark.parametrize(("level", "heard"), [(logging.ERROR, False), (logging.INFO, True)])
def test_dask_says_nothing_unless_somebody_wants_to_know(level: int, heard: bool) -> None:
    root = logging.getLogger()
    before = root.level
    try:
        root.setLevel(level)
        dask_settings.prepare.__wrapped__()
        assert logging.getLogger("distributed.worker").isEnabledFor(logging.ERROR) == heard
    finally:
        root.setLevel(before)
        dask_settings.prepare.__wrapped__()


def test_what_dask_calls_an_error_is_written_as_what_happens_inside(
    caplog: pytest.LogCaptureFixture,
) -> None:
    root = logging.getLogger()
    before = root.level
    try:
        root.setLevel(logging.INFO)
        dask_settings.prepare.__wrapped__()
        logging.getLogger("distributed.client").error("a computer is gone")
        (record,) = caplog.records
        assert (record.levelno, record.getMessage()) == (logging.INFO, "a computer is gone")
        root.setLevel(logging.ERROR)
        logging.getLogger("distributed.client").error("another one is gone")
        assert caplog.records == [record]
    finally:
        root.setLevel(before)
        dask_settings.prepare.__wrapped__()


def test_a_damaged_file_of_a_user_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / ".config" / "dask"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("distributed: [")
    done = subprocess.run(
        [sys.executable, "-c", PREPARE],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"DASK_CONFIG": str(folder)},
    )
    assert done.stdout.startswith("ClusterError")
    assert "mine.yaml" in done.stdout
