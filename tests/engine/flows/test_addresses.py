"""What photos are called in the answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.flows.addresses import AddressError, Addresses

FOLDER = Path(os.path.abspath("/photos/album"))  # noqa: PTH100 - there is none to resolve


def photo(path: Path) -> Photo:
    return Photo(1, FileIdentity(path, 1, 1, 1, 1), b"", "JPEG", 1, 1, Exif())


def named(base: str, name: str) -> str:
    return Addresses.below(base, [FOLDER]).of(photo(FOLDER / name))


def test_without_an_address_photos_are_files() -> None:
    assert Addresses().of(photo(FOLDER / "a b.jpg")) == (FOLDER / "a b.jpg").as_uri()


@pytest.mark.parametrize("base", ["http://server:8000/", "http://server:8000"])
def test_photos_are_named_by_their_path_below_the_folder(base: str) -> None:
    assert named(base, "1.jpg") == "http://server:8000/1.jpg"
    assert named(base, "2024/08/1.jpg") == "http://server:8000/2024/08/1.jpg"


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://x.org/my/photos", "https://x.org/my/photos/1.jpg"),
        ("https://x.org/my/photos/", "https://x.org/my/photos/1.jpg"),
        ("https://x.org/my photos/", "https://x.org/my%20photos/1.jpg"),
        ("https://x.org/my%20photos", "https://x.org/my%20photos/1.jpg"),
        ("https://x.org/사진", "https://x.org/%EC%82%AC%EC%A7%84/1.jpg"),
        ("HTTP://me:word@[::1]:80/", "http://me:word@[::1]:80/1.jpg"),
        ("file:///mnt/share", "file:///mnt/share/1.jpg"),
        ("file://", "file:///1.jpg"),
    ],
)
def test_addresses_go_on_where_they_end(base: str, expected: str) -> None:
    assert named(base, "1.jpg") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b.jpg", "a%20b.jpg"),
        ("어두운 밤 #1.jpg", "%EC%96%B4%EB%91%90%EC%9A%B4%20%EB%B0%A4%20%231.jpg"),
        ("100% sure?.jpg", "100%25%20sure%3F.jpg"),
        ("a%20b.jpg", "a%2520b.jpg"),
        ("1:2;3&4=5+6.jpg", "1%3A2%3B3%264%3D5%2B6.jpg"),
        ("..jpg", "..jpg"),
    ],
)
def test_names_are_escaped(name: str, expected: str) -> None:
    assert named("http://server/", name) == f"http://server/{expected}"


@pytest.mark.skipif(sys.platform == "win32", reason="names there are text")
def test_names_that_are_no_text_are_escaped_byte_by_byte() -> None:
    assert named("http://server/", os.fsdecode(b"caf\xe9.jpg")) == "http://server/caf%E9.jpg"


@given(st.lists(st.text("aZ 0%#?&+;:@é가🙂~!'()[]", min_size=1), min_size=1, max_size=4))
def test_an_address_leads_back_to_the_path(parts: list[str]) -> None:
    below = "/".join([*parts, "1.jpg"])
    found = urlsplit(named("http://server:8000/in", below))
    assert not found.query
    assert not found.fragment
    assert unquote_to_bytes(found.path).decode() == f"/in/{PurePosixPath(below)}"


@pytest.mark.parametrize(
    "base",
    [
        "",
        "server",
        "server:8000/",
        "/photos",
        "//server/photos",
        "http:/server",
        "http://",
        "http:///photos",
        "http://my server/",
        "http://server:many/",
        "http://[::1/",
        "http://server/?page=1",
        "http://server/?",
        "http://server/#photos",
    ],
)
def test_what_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(AddressError):
        Addresses.below(base, [FOLDER])


def test_of_several_folders_the_address_leads_to_the_one_that_holds_them_all() -> None:
    one, two = FOLDER / "2023", FOLDER / "2024"
    addresses = Addresses.below("http://server/", [one, two])
    assert addresses.of(photo(one / "1.jpg")) == "http://server/2023/1.jpg"
    assert addresses.of(photo(two / "1.jpg")) == "http://server/2024/1.jpg"
    within = Addresses.below("http://server/", [FOLDER, one])
    assert within.of(photo(one / "1.jpg")) == "http://server/2023/1.jpg"
