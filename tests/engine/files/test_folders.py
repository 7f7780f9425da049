from pathlib import Path

from photo_organizer.engine.files import folders


def test_the_nearest_folder_is_the_path_itself_or_one_above(tmp_path):
    (tmp_path / "file").touch()
    assert folders.nearest(tmp_path) == tmp_path
    assert folders.nearest(tmp_path / "new" / "best") == tmp_path
    assert folders.nearest(tmp_path / "file" / "best") == tmp_path
    assert folders.nearest(Path("no such folder")) == Path()


def test_what_cannot_be_looked_at_is_not_there(tmp_path):
    assert not folders.is_there(tmp_path / ("too long" * 1000))
    assert folders.nearest(tmp_path / ("too long" * 1000)) == tmp_path
