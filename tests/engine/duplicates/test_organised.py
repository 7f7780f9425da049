"""Which folders show that somebody put photos in order there."""

from pathlib import Path

import pytest

from photo_organizer.engine.duplicates.organised import organised


def order(name: str) -> int:
    """The order that one name shows, beside a folder that has nothing in common with it."""
    return organised([Path("/photos") / name, Path("/photos")])[Path("/photos") / name]


@pytest.mark.parametrize(
    "name",
    [
        "2019",
        "2019/2019-05 Rome",
        "20190531",
        "201905",
        "Photos from 2019",
        "Fotos/Urlaub Italien",
        "Best of",
        "제주 여행",
        "2019년",
        "東京",
        "Old Town Prague",
        "Emma 3 years old",
        "Download Festival 2019",
        "Copenhagen",
        "Temple",
        "2019ROME",
    ],
)
def test_years_and_events_are_an_order(name):
    assert order(name) == 1


@pytest.mark.parametrize(
    "name",
    [
        "backup",
        "BACKUP 2019-05-01",
        "PhotosBackup",
        "iPhone_Backup",
        "old",
        "Old photos",
        "Rome_old",
        "Rome (old)",
        "Rome - Copy",
        "Rome copy 2",
        "Copy of Rome",
        "Rom Kopie",
        "Kopie von Rom",
        "download",
        "Downloads",
        "Download (3)",
        "WhatsApp Images",
        "Telegram",
        "temp",
        "tmp",
        "export",
        "Export 2019",
        "Desktop",
        "Camera Uploads",
        "DCIM",
        "100APPLE",
        "101MSDCF",
        "New folder (2)",
        "Neuer Ordner",
        "백업",
        "새 폴더",
        "새 폴더 (2)",
        "다운로드",
        "Sicherung",
        "sauvegarde",
        "copia",
        "Te\u0301le\u0301chargements",  # accents as a Mac writes them
    ],
)
def test_what_copies_pass_through_is_the_contrary(name):
    assert order(name) == -1


@pytest.mark.parametrize(
    "name", [".", "Photos", "Meine Fotos", "Camera", "a", "1", "사진", "SD card"]
)
def test_names_that_mean_nothing_say_nothing(name):
    assert order(name) == 0


def test_an_order_that_was_put_aside_is_less_than_the_order_itself():
    rome = "2019/2019-05 Rome"
    assert order(f"Backup/{rome}") == order(f"Old/{rome}") == 0
    assert order("Downloads/Backup") == -1


def test_what_all_folders_have_in_common_says_nothing():
    inside = [Path("/tmp/Urlaub Italien/a"), Path("/tmp/Urlaub Italien/Backup")]
    assert organised(inside) == {inside[0]: 0, inside[1]: -1}


@pytest.mark.parametrize(
    ("drive", "expected"),
    [
        ("/media/anna/STICK", 0),
        ("/run/media/anna/STICK", 0),
        ("/Volumes/Photo drive", 0),
        ("/media/anna/Backup", -1),
        ("/Volumes/Backup/2019 Rome", 0),
    ],
)
def test_what_a_drive_is_called_is_no_order(drive, expected):
    home = Path("/home/anna/Pictures")
    assert organised([home, Path(drive)]) == {home: 0, Path(drive): expected}


def test_no_folders_are_no_error():
    assert organised([]) == {}
