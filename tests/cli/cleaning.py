"""What the tests of `clean` and `undo` ask the command and the folders."""

import json
import sys
from pathlib import Path

import pytest

from photo_organizer.cli.main import run_command
from tests.engine.albums import contents

COPIES = {"copies/copy of 0.jpg", "copies/0 (2).jpg"}
"""Of the album of copies: what may go."""

needs_freedesktop_trash = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only this trash lies in a folder of our choice"
)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in contents(folder)}


def trashed(home: Path) -> dict[str, bytes]:
    folder = home / "share" / "Trash" / "files"
    return {path.name: data for path, data in contents(folder).items()}


def answer(capsys, *words: str, status: int = 0) -> dict:
    assert run_command([*words, "--json"]) == status
    return json.loads(capsys.readouterr().out)
