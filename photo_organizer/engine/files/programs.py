"""Which installed programs open a kind of file, on freedesktop systems (Linux, BSD).

Read as the specifications say: "Desktop Entry" 1.5 for the programs, "Association between MIME
types and applications" 1.0.1 for who comes first. Nothing is started here, and nothing in these
files is handed to a shell.
"""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

GROUP = "Desktop Entry"
OWN = "photo-organizer"
"""Our own desktop file: opening a photo with the program it is open in helps nobody."""

_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Program:
    """An installed program."""

    id: str
    """Its desktop file, "org.gimp.GIMP.desktop"."""
    name: str
    """For people, in their language."""
    words: tuple[str, ...]
    """What starts it, with field codes ("%F") still in it."""
    file: Path
    """Its desktop file."""

    def commands(self, paths: Sequence[Path]) -> list[list[str]]:
        """What to start so that it opens these files: one command, or one for each file."""
        if any(code in self.words for code in ("%F", "%U")):
            return [self._command(paths)]
        return [self._command([path]) for path in paths]

    def _command(self, paths: Sequence[Path]) -> list[str]:
        command: list[str] = []
        for word in self.words:
            match word:
                case "%f" | "%F":
                    command += map(str, paths)
                case "%u" | "%U":
                    command += [path.as_uri() for path in paths]
                case "%c":
                    command.append(self.name)
                case "%k":
                    command.append(str(self.file))
                case _ if len(word) == 2 and word[0] == "%" and word != "%%":
                    pass  # an icon (%i), or a code of earlier days
                case _:
                    command.append(word.replace("%%", "%"))
        if not any(word in ("%f", "%F", "%u", "%U") for word in self.words):
            command += map(str, paths)
        return command


def programs_for(
    types: Sequence[str], environ: Mapping[str, str], language: str = "en"
) -> tuple[Program, ...]:
    """The programs that open a kind of file, the default one first, then in the user's order.

    Args:
        types: MIME types, the most exact one first: what opens "image/tiff" opens a raw photo.
        environ: the environment, for the ``XDG_…`` variables.
        language: of the names.
    """
    home = Path(environ.get("HOME") or Path.home())
    data = [
        Path(environ.get("XDG_DATA_HOME") or home / ".local/share"),
        *_folders(environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"),
    ]
    config = [
        Path(environ.get("XDG_CONFIG_HOME") or home / ".config"),
        *_folders(environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"),
    ]
    desktops = [one for one in environ.get("XDG_CURRENT_DESKTOP", "").split(":") if one]
    path = environ.get("PATH")
    entries = _entries([folder / "applications" for folder in data])
    lists = [
        _parsed(folder / name)
        for folder in (*config, *(folder / "applications" for folder in data))
        for name in (*(f"{d.lower()}-mimeapps.list" for d in desktops), "mimeapps.list")
    ]
    offered = partial(_program, desktops=desktops, path=path, language=language)
    found: dict[str, Program | None] = {}
    for id_ in _ordered(types, lists, {id_: entry for id_, (_, entry) in entries.items()}):
        if id_ in entries and id_ not in found:
            found[id_] = offered(id_, *entries[id_])
    return tuple(program for program in found.values() if program is not None)


def _folders(value: str) -> list[Path]:
    return [Path(folder) for folder in value.split(":") if folder.startswith("/")]


def _parsed(path: Path) -> configparser.ConfigParser:
    """A file of groups with keys; empty where there is none or it is not understood."""
    parser = configparser.ConfigParser(
        interpolation=None, strict=False, delimiters=("=",), comment_prefixes=("#",)
    )
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    try:
        parser.read_string(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, configparser.Error):
        return configparser.ConfigParser()
    return parser


def _entries(folders: Sequence[Path]) -> dict[str, tuple[Path, Mapping[str, str]]]:
    """Desktop files by their id; the first folder wins."""
    found: dict[str, tuple[Path, Mapping[str, str]]] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*.desktop")):
            id_ = "-".join(file.relative_to(folder).parts)
            if id_ not in found:
                parser = _parsed(file)
                found[id_] = file, dict(parser[GROUP]) if GROUP in parser else {}
    return found


def _ordered(
    types: Sequence[str],
    lists: Sequence[configparser.ConfigParser],
    entries: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    """Ids of the programs for the types: the defaults, those added by the user, all others."""
    for type_ in types:
        removed: set[str] = set()
        for one in lists:
            yield from _items(one, "Default Applications", type_)
        for one in lists:
            for id_ in _items(one, "Added Associations", type_):
                if id_ not in removed:
                    yield id_
            removed.update(_items(one, "Removed Associations", type_))
        for id_, entry in entries.items():
            if type_ in _split(entry.get("MimeType", "")) and id_ not in removed:
                yield id_


def _items(parser: configparser.ConfigParser, group: str, key: str) -> list[str]:
    return _split(parser.get(group, key, fallback=""))


def _split(value: str) -> list[str]:
    return [one.strip() for one in value.split(";") if one.strip()]


def _program(
    id_: str,
    file: Path,
    entry: Mapping[str, str],
    *,
    desktops: Sequence[str],
    path: str | None,
    language: str,
) -> Program | None:
    """The program of a desktop file; None where it is not to be offered."""
    name = entry.get(f"Name[{language}]") or entry.get("Name", "")
    only, never = _split(entry.get("OnlyShowIn", "")), _split(entry.get("NotShowIn", ""))
    attempt = entry.get("TryExec", "")
    words = _words(entry.get("Exec", ""))
    if (
        entry.get("Type") != "Application"
        or id_.startswith(OWN)
        or not name
        or not words
        or "true" in (entry.get("Hidden"), entry.get("Terminal"))
        or (only and not set(only) & set(desktops))
        or set(never) & set(desktops)
        or (attempt and shutil.which(_unescaped(attempt), path=path) is None)
        or shutil.which(words[0], path=path) is None
    ):
        return None
    return Program(id_, _unescaped(name), words, file)


def _words(line: str) -> tuple[str, ...]:
    try:
        # In quotes the dollar and the back quote are escaped too, which shlex leaves as it is.
        return tuple(shlex.split(re.sub(r"\\([$`])", r"\1", _unescaped(line))))
    except ValueError:  # an open quotation
        return ()


def _unescaped(value: str) -> str:
    r"""A string value as it is meant: \s, \n, \t, \r and \\."""
    text, letters = "", iter(value)
    for letter in letters:
        if letter == "\\":
            following = next(letters, "")
            text += _ESCAPES.get(following, f"\\{following}")
        else:
            text += letter
    return text
