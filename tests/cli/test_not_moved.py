from pathlib import Path

from photo_organizer.cli import not_moved
from photo_organizer.engine.cleanup.events import Stayed
from photo_organizer.engine.domain.reasons import Reason


def stayed(name: str) -> Stayed:
    return Stayed(Path("/photos") / name, Reason("trash.changed"), 1, 1)


def test_each_file_is_named_with_its_reason_beside_the_result(capsys):
    broken = b"caf\xe9.jpg".decode("utf-8", "surrogateescape")
    not_moved.tell([stayed("a.jpg"), stayed(broken)])
    out, err = capsys.readouterr()
    assert out == ""
    first, second = err.splitlines()
    assert first.startswith("Not moved: /photos/a.jpg: It ")
    assert "caf\N{REPLACEMENT CHARACTER}.jpg" in second


def test_programs_get_uris(capsys):
    (row,) = not_moved.rows([stayed("a b.jpg")])
    assert row["image"] == "file:///photos/a%20b.jpg"
    assert row["reason"]
