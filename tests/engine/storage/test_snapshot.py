from dataclasses import fields, replace
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.domain.facts import HASH_BYTES, Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import (
    LIBRARY,
    OTHERS,
    VIDEOS,
    Flag,
    Flaw,
    Group,
    GroupKind,
    Ranked,
    Result,
    Skipped,
)
from photo_organizer.engine.storage import snapshot
from photo_organizer.engine.storage.snapshot import Snapshots

LIBRARY_FOLDERS = [Path("/photos"), Path("/more")]
BROKEN = Reason("files.truncated", {"format": "JPEG"})
WHY = Reason("keepers.sharper", {"times": 1.5, "name": "a.jpg"})


def photo(photo_id: int) -> Photo:
    identity = FileIdentity(Path("/photos") / f"{photo_id}.jpg", 1, photo_id, 10, 20)
    return Photo(photo_id, identity, bytes([photo_id]) * HASH_BYTES, "JPEG", 4, 3, Exif())


def result() -> Result:
    ranked = [Ranked(2, 0.9, 8.0, WHY), Ranked(1, 0.25, 3.0)]
    return Result(
        photos=PhotoDict.of(photo(i) for i in (1, 2, 3)),
        categories={"food": [1], "animal": [], OTHERS: [2, 3]},
        groups=(Group(GroupKind.SAME, 2, (2, 3), WHY, (1.0, 0.96), (False, True), True),),
        highlights={LIBRARY: ranked, "food": ranked[1:]},
        flags=(
            Flag(1, Flaw.BLUR, 0.8, 0.5, WHY, Region(0.1, 0.2, 0.3, 0.4)),
            Flag(1, Flaw.DARK, 0.7, 0.5, Reason("x")),
        ),
        skipped=(
            Skipped(Path("/photos/broken.jpg"), BROKEN),
            Skipped(Path("/photos"), Reason(VIDEOS, {"count": 1}), ("a.mp4",)),
        ),
        fine=(Flag(2, Flaw.NOISE, 0.9, 0.8, WHY),),
        scorer=Reason("scorer.head", {"version": "1"}),
        taste=Reason("taste.few", {"count": 3}),
        stars={1: 5, 3: 0},
        by_hand=frozenset({2}),
        followed={3: 2, 1: None},
        model={"name": "starter", "version": "2"},
    )


def test_everything_comes_back(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    assert kept.write(result(), LIBRARY_FOLDERS, {"model": "auto"})
    assert kept.read(LIBRARY_FOLDERS, {"model": "auto"}) == result()
    # Whatever a result may hold one day is either kept or left out knowingly.
    left_out = {"timing", "faces", "without_faces", "stand_in"}
    empty = Result.empty()
    for each in fields(Result):
        same = getattr(result(), each.name) == getattr(empty, each.name)
        assert same == (each.name in left_out), f"{each.name} is not tested"


def test_highlights_are_a_sequence(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    kept.write(result(), LIBRARY_FOLDERS)
    read = kept.read(LIBRARY_FOLDERS)
    assert read is not None
    ranked = read.highlights[LIBRARY]
    assert ranked[-1] == Ranked(1, 0.25, 3.0)
    assert list(ranked[:1]) == [Ranked(2, 0.9, 8.0, WHY)]
    assert [one.photo for one in ranked] == [2, 1]


def test_many_groups_and_flags_are_read_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "LINES", 2)
    flags = tuple(Flag(i, Flaw.BLUR, i / 10, 0.5, WHY) for i in range(1, 6))
    kept = Snapshots(tmp_path)
    kept.write(replace(result(), flags=flags), LIBRARY_FOLDERS)
    read = kept.read(LIBRARY_FOLDERS)
    assert read is not None
    assert read.flags == flags


def test_the_order_of_folders_does_not_matter_but_what_they_are(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    kept.write(result(), LIBRARY_FOLDERS)
    assert kept.read(LIBRARY_FOLDERS[::-1]) is not None
    assert kept.read(LIBRARY_FOLDERS[:1]) is None
    kept.forget(LIBRARY_FOLDERS)
    assert kept.read(LIBRARY_FOLDERS) is None


def test_other_circumstances_count_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Snapshots(tmp_path)
    kept.write(result(), LIBRARY_FOLDERS, {"model": "auto"})
    assert kept.read(LIBRARY_FOLDERS, {"model": "starter"}) is None
    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "__version__", "99")
        assert kept.read(LIBRARY_FOLDERS, {"model": "auto"}) is None
    (paths.models_dir() / "ViT-B-32--openai").mkdir(parents=True)
    assert kept.read(LIBRARY_FOLDERS, {"model": "auto"}) is None


@pytest.mark.parametrize("keep", [0, 5, 40, 200, -1])
def test_a_damaged_snapshot_counts_as_none(
    tmp_path: Path, keep: int, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Snapshots(tmp_path)
    kept.write(result(), LIBRARY_FOLDERS)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:keep])
    assert kept.read(LIBRARY_FOLDERS) is None
    assert "cannot be used" in caplog.text
    file.write_bytes(whole[:-3] + b"???")
    assert kept.read(LIBRARY_FOLDERS) is None


def test_a_full_disk_keeps_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kept = Snapshots(tmp_path)
    kept.write(result(), LIBRARY_FOLDERS)
    monkeypatch.setattr(Path, "replace", full)
    assert not kept.write(replace(result(), groups=()), LIBRARY_FOLDERS)
    assert "No space left" in caplog.text
    assert kept.read(LIBRARY_FOLDERS) == result()
    assert [path.suffix for path in tmp_path.iterdir()] == [".snapshot"]


def test_only_so_many_libraries_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "KEPT", 2)
    kept = Snapshots(tmp_path)
    for number in range(4):
        kept.write(result(), [Path(f"/{number}")])
    assert len(list(tmp_path.iterdir())) == 2
    assert kept.read([Path("/3")]) is not None
