from pathlib import Path

from photo_organizer.engine.storage.face_removal import remove_faces
from photo_organizer.engine.storage.snapshot import Snapshots
from photo_organizer.engine.storage.store import Store
from tests.engine.faces_made import face
from tests.engine.storage.test_snapshot import result

LIBRARIES = [Path("/photos/one")], [Path("/photos/two")]


def test_answers_that_follow_from_faces_go_with_them(tmp_path: Path) -> None:
    for library in LIBRARIES:
        assert Snapshots().write(result(), library)
    with Store(tmp_path / "s.sqlite") as store:
        remove_faces(store)  # there is none: what is kept may stay
        assert all(Snapshots().read(library) for library in LIBRARIES)
        store.add_faces(b"a" * 16, (face(),), "1")
        remove_faces(store)
        assert store.faces([b"a" * 16], "1") == {}
    assert not any(Snapshots().read(library) for library in LIBRARIES)
