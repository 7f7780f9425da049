"""Dates in the names of files and folders."""

from datetime import datetime

import pytest

from photo_organizer.engine.domain.dates import DateSource
from photo_organizer.engine.files.name_dates import (
    date_of_folder,
    date_of_name,
    date_of_timestamp,
)


def told(date):
    return None if date is None else date.text()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # messengers
        ("IMG-20240820-WA0001.jpg", "2024-08-20"),
        ("IMG-20240820-WA000123.jpg", "2024-08-20"),
        ("VID-20240820-WA0001.jpg", "2024-08-20"),
        ("WhatsApp Image 2024-08-20 at 10.11.12.jpeg", "2024-08-20T10:11:12"),
        ("WhatsApp Image 2024-08-20 at 9.11.12 PM (1).jpeg", "2024-08-20T21:11:12"),
        ("00000123-PHOTO-2024-08-20-10-11-12.jpg", "2024-08-20T10:11:12"),
        ("signal-2024-08-10-101112.jpg", "2024-08-10T10:11:12"),
        ("signal-2024-08-10-10-11-12-345-1.jpg", "2024-08-10T10:11:12"),
        ("photo_2024-08-10_10-11-12.jpg", "2024-08-10T10:11:12"),
        ("KakaoTalk_20240810_101112345.jpg", "2024-08-10T10:11:12"),
        ("KakaoTalk_Photo_2024-08-10-10-11-12 001.jpeg", "2024-08-10T10:11:12"),
        # telephones and cameras
        ("PXL_20240810_101112345.jpg", "2024-08-10T10:11:12"),
        ("PXL_20240810_101112345.MP.jpg", "2024-08-10T10:11:12"),
        ("IMG_20240810_101112.jpg", "2024-08-10T10:11:12"),
        ("IMG_20240810_101112~2.jpg", "2024-08-10T10:11:12"),
        ("20240810_101112.jpg", "2024-08-10T10:11:12"),
        ("20240810_101112(1).jpg", "2024-08-10T10:11:12"),
        ("20240810101112.jpg", "2024-08-10T10:11:12"),
        ("VID_20240810_101112.jpg", "2024-08-10T10:11:12"),
        ("WIN_20240810_10_11_12_Pro.jpg", "2024-08-10T10:11:12"),
        ("2024-08-10 10.11.12.jpg", "2024-08-10T10:11:12"),
        ("2024-08-10T10-11-12.jpg", "2024-08-10T10:11:12"),
        # screens
        ("Screenshot_2024-08-10-10-11-12-123_com.app.jpg", "2024-08-10T10:11:12"),
        ("Screenshot_20240810-101112_Chrome.jpg", "2024-08-10T10:11:12"),
        ("Screenshot 2024-08-10 101112.png", "2024-08-10T10:11:12"),
        ("Screenshot from 2024-08-10 10-11-12.png", "2024-08-10T10:11:12"),
        ("Screen Shot 2024-08-10 at 10.11.12.png", "2024-08-10T10:11:12"),
        ("Screenshot 2024-08-10 at 9.11.12\u202fPM.png", "2024-08-10T21:11:12"),
        ("Screenshot 2024-08-10 at 12.11.12 AM.png", "2024-08-10T00:11:12"),
        ("Bildschirmfoto 2024-08-10 um 10.11.12.png", "2024-08-10T10:11:12"),
        ("스크린샷 2024-08-10 오후 9.11.12.png", "2024-08-10T21:11:12"),
        # people
        ("2024-08-10 Party 3.jpg", "2024-08-10"),
        ("2024.8.1 Party.jpg", "2024-08-01"),
        ("2024년 8월 10일 (3).jpg", "2024-08-10"),
        ("Grandma 1931-06-01.jpg", "1931-06-01"),
        ("2024-08-10_999999.jpg", "2024-08-10"),
        # no date
        ("IMG_1234.jpg", None),
        ("DSC12345678.jpg", None),
        ("Holiday 2024.jpg", None),
        ("Rome 2019-12.jpg", None),
        ("10.08.2024.jpg", None),
        ("19700101_000000.jpg", None),
        ("20980101_101112.jpg", None),
        ("20241345.jpg", None),
        ("1202408101.jpg", None),
        ("Screenshot_2024-08-40.png", None),
    ],
)
def test_names_of_files(name, text):
    assert told(date_of_name(name)) == text


def test_a_name_may_hold_the_seconds_since_1970():
    local = datetime.fromtimestamp(1723284672)
    assert date_of_name("FB_IMG_1723284672000.jpg").at == local
    assert date_of_name("1723284672000.jpg") is None


def test_a_moment_that_cannot_be_is_no_date():
    assert date_of_timestamp(0, DateSource.TAKEOUT) is None
    assert date_of_timestamp(10**18, DateSource.TAKEOUT) is None


@pytest.mark.parametrize(
    ("folder", "text"),
    [
        ("/p/2024-08-10 Party", "2024-08-10"),
        ("/p/2024-08-10", "2024-08-10"),
        ("/p/20240810_Party", "2024-08-10"),
        ("/p/2024/08/10", "2024-08-10"),
        ("/p/2024/08", "2024-08"),
        ("/p/2024/2024-08", "2024-08"),
        ("/p/2024/08 August", "2024-08"),
        ("/p/2024/8월", "2024-08"),
        ("/p/2024년/8월", "2024-08"),
        ("/p/2024년 8월", "2024-08"),
        ("/p/2024/August", "2024-08"),
        ("/p/August 2024", "2024-08"),
        ("/p/Aug. 2024", "2024-08"),
        ("/p/202408__", "2024-08"),
        ("/p/2024-08-10 Party/best", "2024-08-10"),
        ("/p/2024-08-10 - 2024-08-17 Sweden", "2024-08"),
        ("/p/2024-08-10 - 17 Sweden", "2024-08"),
        # nothing to go by
        ("/p/2024", None),
        ("/p/Rome", None),
        ("/p/2024/01 Wedding", None),
        ("/p/2024-07-28 - 2024-08-03 Sweden", None),
        ("/p/2019-2024", None),
        ("/p/Backup 2024-08-10", None),
        ("/p/Import 2024-08-10", None),
        ("/p/2098-01-01", None),
        ("/p/1970/01/01", None),
        ("/p/2024-08-10 Party/a/b/c/d/e", None),
    ],
)
def test_names_of_folders(folder, text):
    assert told(date_of_folder(folder)) == text
