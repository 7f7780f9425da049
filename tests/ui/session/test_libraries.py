from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from photo_organizer.ui.session import libraries as libraries_module
from photo_organizer.ui.session.libraries import Libraries, Library

A, B, C = Path("/photos/a"), Path("/photos/b"), Path("/more/a")


@pytest.fixture
def libraries(qtbot: QtBot) -> Libraries:
    return Libraries()


def names(libraries: Libraries) -> list[str]:
    return [library.name for library in libraries.known]


def test_the_library_opened_last_comes_first_also_after_a_restart(libraries: Libraries) -> None:
    assert libraries.last is None
    libraries.open([A])
    libraries.open([B, A, B])
    libraries.open([A])
    assert names(libraries) == ["a", "b, a"]
    later = Libraries()
    assert later.known == libraries.known
    assert later.last == Library("a", (A,))
    assert later.current is None  # nothing is open yet


def test_the_same_folders_are_the_same_library_under_its_own_name(libraries: Libraries) -> None:
    libraries.open([A, B])
    libraries.rename("  Family ")
    libraries.open([C])
    assert libraries.open([B, A]).name == "Family"
    libraries.rename(" ")
    assert names(libraries) == ["Family", "a"]


def test_folders_of_one_name_are_told_apart(libraries: Libraries) -> None:
    libraries.open([A])
    assert libraries.open([C]).name == "a (more)"


def test_folders_come_and_go_but_the_last_one_stays(libraries: Libraries) -> None:
    libraries.open([A])
    assert libraries.with_folders([B, A]) == (A, B)
    assert libraries.without_folder(A) == (B,)
    assert libraries.without_folder(B) == (B,)
    assert libraries.current == Library("a", (B,))
    assert Libraries().known == [Library("a", (B,))]


def test_two_libraries_never_hold_the_same_folders(libraries: Libraries) -> None:
    libraries.open([A, B])
    libraries.open([A])
    libraries.with_folders([B])
    assert libraries.known == [Library("a", (A, B))]


def test_a_library_can_be_forgotten(libraries: Libraries) -> None:
    first = libraries.open([A])
    libraries.open([B])
    libraries.forget(first)
    assert names(Libraries()) == ["b"]


def test_only_so_many_are_remembered(libraries: Libraries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries_module, "MOST", 2)
    for folder in (A, B, C):
        libraries.open([folder])
    assert names(libraries) == ["a (more)", "b"]
    assert libraries.known[0].folders == (C,)


@pytest.mark.parametrize(
    "kept", ["nonsense", "{}", '[{"name": "a"}]', '[{"name": "a", "folders": []}]']
)
def test_what_is_unreadable_is_as_if_it_had_never_been(kept: str) -> None:
    QSettings().setValue(libraries_module.KEY, kept)
    assert Libraries().known == []


def test_two_windows_forget_nothing_of_each_other(libraries: Libraries) -> None:
    libraries.open([A])
    other = Libraries()
    other.open([B])
    libraries.rename("Family")
    other.open([C])
    libraries.forget(Library("b", (B,)))
    assert Libraries().known == [Library("a", (C,)), Library("Family", (A,))]
