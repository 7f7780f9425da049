"""Programs as freedesktop systems know them."""

from pathlib import Path

import pytest

from photo_organizer.engine.files.programs import Program, programs_for

JPEG = ["image/jpeg"]


class Desktop:
    """A home, a system's data folder, and a folder with the commands there are."""

    def __init__(self, root: Path) -> None:
        self.config = root / "config"
        self.own = root / "own"
        self.system = root / "system"
        self.commands = root / "bin"
        for folder in (self.config, self.commands, self.own / "applications"):
            folder.mkdir(parents=True)
        (self.system / "applications").mkdir(parents=True)
        self.environ = {
            "HOME": str(root),
            "PATH": str(self.commands),
            "XDG_CONFIG_HOME": str(self.config),
            "XDG_CONFIG_DIRS": str(root / "nowhere"),
            "XDG_DATA_HOME": str(self.own),
            "XDG_DATA_DIRS": str(self.system),
            "XDG_CURRENT_DESKTOP": "GNOME",
        }

    def command(self, name: str) -> None:
        file = self.commands / name
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)

    def program(
        self,
        name: str,
        exec_: str = "",
        types: str = "image/jpeg;",
        more: str = "",
        own: bool = False,
    ) -> None:
        command = exec_ or f"{name} %F"
        self.command(command.split()[0].strip('"'))
        folder = self.own if own else self.system
        (folder / "applications" / f"{name}.desktop").write_text(
            f"# a comment\n[Desktop Entry]\nType=Application\nName={name.title()}\n"
            f"Exec={command}\nMimeType={types}\n{more}\n[Desktop Action new]\nName=New\n"
        )

    def lists(self, text: str) -> None:
        (self.config / "mimeapps.list").write_text(text)

    def names(self, types: list[str] = JPEG, language: str = "en") -> list[str]:
        return [one.name for one in programs_for(types, self.environ, language)]


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    return Desktop(tmp_path)


def test_those_that_say_they_open_it_are_found(desktop: Desktop) -> None:
    desktop.program("gimp", types="image/png;image/jpeg;")
    desktop.program("writer", types="text/plain;")
    assert desktop.names() == ["Gimp"]
    assert desktop.names(["image/webp"]) == []


def test_the_default_comes_first_and_the_users_word_counts(desktop: Desktop) -> None:
    for name in ("alpha", "beta", "gamma", "delta"):
        desktop.program(name)
    desktop.program("extra", types="text/plain;")
    desktop.lists(
        "[Default Applications]\nimage/jpeg=gone.desktop;gamma.desktop;\n"
        "[Added Associations]\nimage/jpeg=extra.desktop;\n"
        "[Removed Associations]\nimage/jpeg=beta.desktop;\n"
    )
    assert desktop.names() == ["Gamma", "Extra", "Alpha", "Delta"]


def test_what_opens_a_more_general_kind_comes_after(desktop: Desktop) -> None:
    desktop.program("any", types="image/tiff;")
    desktop.program("raw", types="image/x-nikon-nef;")
    assert desktop.names(["image/x-nikon-nef", "image/tiff"]) == ["Raw", "Any"]


@pytest.mark.parametrize(
    "more", ["Hidden=true", "Terminal=true", "OnlyShowIn=KDE;", "NotShowIn=GNOME;", "TryExec=gone"]
)
def test_what_is_not_meant_for_here_is_not_offered(desktop: Desktop, more: str) -> None:
    desktop.program("one", more=more)
    assert desktop.names() == []


def test_a_program_that_is_not_installed_is_not_offered(desktop: Desktop) -> None:
    desktop.program("one")
    (desktop.commands / "one").unlink()
    assert desktop.names() == []


def test_the_users_own_file_overrides_the_systems(desktop: Desktop) -> None:
    desktop.program("one")
    desktop.program("one", more="Name[ko]=하나", own=True)
    assert desktop.names(language="ko") == ["하나"]
    assert desktop.names(language="en") == ["One"]


def test_this_program_does_not_offer_itself(desktop: Desktop) -> None:
    desktop.program("photo-organizer")
    assert desktop.names() == []


def test_broken_files_are_passed_over(desktop: Desktop) -> None:
    desktop.program("good")
    folder = desktop.system / "applications"
    (folder / "a.desktop").write_bytes(b"\xff\xfe\x00no groups")
    (folder / "b.desktop").write_text('[Desktop Entry]\nType=Application\nName=B\nExec="b\n')
    (folder / "c.desktop").mkdir()
    desktop.lists("nothing that is understood")
    assert desktop.names() == ["Good"]


@pytest.mark.parametrize(
    ("exec_", "commands"),
    [
        ("see %F", [["see", "/a b.jpg", "/c.jpg"]]),
        ("see %f", [["see", "/a b.jpg"], ["see", "/c.jpg"]]),
        ("see --open %U -x", [["see", "--open", "file:///a%20b.jpg", "file:///c.jpg", "-x"]]),
        ("see %u", [["see", "file:///a%20b.jpg"], ["see", "file:///c.jpg"]]),
        ("see %i -n %c %f", [["see", "-n", "See", "/a b.jpg"], ["see", "-n", "See", "/c.jpg"]]),
        ("see", [["see", "/a b.jpg"], ["see", "/c.jpg"]]),
        ("see 100%% %F", [["see", "100%", "/a b.jpg", "/c.jpg"]]),
        (r'see "a \\$b" %F', [["see", "a $b", "/a b.jpg", "/c.jpg"]]),
    ],
)
def test_files_are_handed_over_as_the_program_wants_them(
    desktop: Desktop, exec_: str, commands: list[list[str]]
) -> None:
    desktop.program("see", exec_)
    (program,) = programs_for(JPEG, desktop.environ)
    assert isinstance(program, Program)
    assert program.commands([Path("/a b.jpg"), Path("/c.jpg")]) == commands


def test_nothing_is_handed_to_a_shell(desktop: Desktop) -> None:
    desktop.program("see", "see %F")
    (program,) = programs_for(JPEG, desktop.environ)
    odd = Path("/; rm -rf $HOME %F.jpg")
    assert program.commands([odd]) == [["see", str(odd)]]
