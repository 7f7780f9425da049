"""The file of the preferences: the window and every command read it, the window writes it.

It is ``preferences.toml`` in the data folder, made to be read and changed by people. It has only
what is not as usual, so that the rest can improve with the program. What this version does not know
stays when it writes the file: a newer version may know it.

A folder stands there as its path. One whose name is no valid text, left by an old system or drive,
stands there as an address, ``file:///photos/caf%E9``, as photos do in the results of ``analyze``.
Paths are absolute, so that none of them begins like an address.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import unquote_to_bytes

from photo_organizer.engine import paths
from photo_organizer.engine.domain.computers import ClusterChoice, checked_address
from photo_organizer.engine.domain.keeper_criteria import completed, default_order
from photo_organizer.engine.domain.preferences import SCHEMES, Preferences
from photo_organizer.engine.domain.reasons import Reason, SpokenError, system_message
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds, current
from photo_organizer.engine.storage.toml_text import Key, document_text, flat, nested
from photo_organizer.engine.storage.whole_file import replace_whole

T = TypeVar("T", str, int, bool)

HEADER: Final = """\
# The preferences of Photo Organizer. What is not said here is as usual. The window reads this file
# when it opens, and writes it when something is chosen there.

"""

ADDRESS: Final = "file:"
"""Begins a folder whose name is no valid text."""

HUGE: Final = 2**53
"""Whole numbers from here on are not exact as they are reckoned with."""

TABLES: Final = ("order", "thresholds", "cluster")
"""Preferences that have a table of their own."""

CLUSTER: Final = ("use", "address", "certificate", "root")
"""What the table of the other computers says."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read."""

    preferences: Preferences = field(default_factory=Preferences)
    problem: Reason | None = None
    """Why not everything in the file holds; None when all of it does."""
    found: bool = True
    """Whether there is a file."""


def file() -> Path:
    """Where the preferences are kept; may not exist yet."""
    return paths.data_dir() / "preferences.toml"


def load() -> Loaded:
    """What was chosen. Whatever cannot be used is as usual, and said; the file stays as it is."""
    return _read_file().loaded


def save(preferences: Preferences, since: Preferences | None = None) -> Path | None:
    """Remember these choices. The file changes as a whole or not at all.

    Args:
        preferences: what holds from now on.
        since: what they were when they were read or saved last. Where they are as they were, the
            file is right: somebody, or another window, may have changed it meanwhile.

    Returns:
        Where the file of before is kept, when not all of it could be used; else None.

    Raises:
        OSError: the file cannot be written.
    """
    before = _read_file()
    held = _said(before.loaded.preferences)
    wanted = _said(preferences)
    if since is not None and before.loaded.found and before.loaded.problem is None:
        wanted = _merged(wanted, _said(since), held)
    said: dict[Key, Any] = {}
    for key, value in wanted.items():
        # The file's own words stay where they mean the same: "~", criteria of a newer version.
        same = held.get(key) == value and ".".join(key) not in before.wrong
        said[key] = before.values.get(key, value) if same else value
    above = {key[:length] for key in said for length in range(1, len(key))}
    unknown = {key: value for key, value in before.values.items() if not _known(key)}
    said |= {key: value for key, value in unknown.items() if key not in above}
    text = HEADER + document_text(nested(said))
    return replace_whole(
        file(), text.encode(errors="replace"), keep_old=before.loaded.problem is not None
    )


def _merged(
    wanted: Mapping[Key, Any], base: Mapping[Key, Any], held: Mapping[Key, Any]
) -> dict[Key, Any]:
    """What to write: as `wanted` where that differs from `base`, else what the file holds."""
    merged = {key: value for key, value in wanted.items() if base.get(key) != value}
    untouched = {key: value for key, value in held.items() if wanted.get(key) == base.get(key)}
    return merged | untouched


# ---------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Content:
    loaded: Loaded
    values: Mapping[Key, Any] = field(default_factory=dict)
    """All that the file says, in its own words."""
    wrong: tuple[str, ...] = ()
    """Names of what cannot be used."""


def _read_file() -> _Content:
    where = str(file())
    try:
        document = tomllib.loads(file().read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return _Content(Loaded(found=False))
    except OSError as error:
        why = system_message(error)
        problem = Reason("preferences.unreadable", {"file": where, "why": why})
        return _Content(Loaded(problem=problem))
    except (ValueError, RecursionError) as error:  # no text, no TOML, or tables without end
        problem = Reason("preferences.damaged", {"file": where, "why": str(error)})
        return _Content(Loaded(problem=problem))
    reader = _Reader(document)
    preferences = reader.preferences()
    values, wrong = flat(document), tuple(reader.wrong)
    if not wrong:
        return _Content(Loaded(preferences), values)
    problem = Reason("preferences.wrong", {"file": where, "names": ", ".join(wrong)})
    return _Content(Loaded(preferences, problem), values, wrong)


class _Reader:
    """Makes preferences of a document, and notes what cannot be used."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.wrong: list[str] = []
        """Names of what is as usual because the document says something impossible."""

    def preferences(self) -> Preferences:
        usual = Preferences()
        return Preferences(
            protected=self._folders("protected"),
            keep_from=self._folders("keep_from"),
            excluded=self._folders("excluded"),
            model=self._value("model", usual.model),
            device=self._value("device", usual.device),
            order=self._order(),
            thresholds=self._thresholds(),
            sidecars=self._value("sidecars", usual.sidecars),
            faces=self._value("faces", usual.faces),
            cache_mib=self._size("cache_mib", usual.cache_mib),
            cluster=self._cluster(),
            use_cluster=self._uses_cluster(),
            language=self._value("language", usual.language),
            scheme=self._one_of("scheme", ("", *SCHEMES), usual.scheme),
            watch=self._value("watch", usual.watch),
            reopen=self._value("reopen", usual.reopen),
            notifications=self._value("notifications", usual.notifications),
            reduced_motion=self._value("reduced_motion", usual.reduced_motion),
        )

    def _value(self, name: str, usual: T) -> T:
        value = self._document.get(name, usual)
        if type(value) is type(usual):  # true is no number here
            return value
        self.wrong.append(name)
        return usual

    def _one_of(self, name: str, offered: Sequence[str], usual: str) -> str:
        chosen = self._value(name, usual)
        if chosen in offered:
            return chosen
        self.wrong.append(name)
        return usual

    def _size(self, name: str, usual: int) -> int:
        size = self._value(name, usual)
        if size >= 0:
            return size
        self.wrong.append(name)
        return usual

    def _folders(self, name: str) -> tuple[Path, ...]:
        """The folders that can be meant: one slip must not leave the others without protection."""
        texts = self._document.get(name, [])
        folders = [_folder(text) for text in texts] if isinstance(texts, list) else [None]
        if None in folders:
            self.wrong.append(name)
        return tuple(folder for folder in folders if folder is not None)

    def _table(self, name: str) -> Mapping[str, Any]:
        table = self._document.get(name, {})
        if isinstance(table, dict):
            return table
        self.wrong.append(name)
        return {}

    def _cluster(self) -> ClusterChoice | None:
        table = self._table("cluster")
        files = {name: self._file(table, name) for name in ("certificate", "root")}
        address = table.get("address")
        if address is None and not any(files.values()):
            return None
        try:
            checked = checked_address(address) if isinstance(address, str) else ""
        except SpokenError:
            checked = ""
        if not checked:
            self.wrong.append("cluster.address")
            return None
        return ClusterChoice(checked, **files)

    def _file(self, table: Mapping[str, Any], name: str) -> Path | None:
        """What the table of the other computers names on this one."""
        text = table.get(name)
        path = _folder(text)
        if text is not None and path is None:
            self.wrong.append(f"cluster.{name}")
        return path

    def _uses_cluster(self) -> bool:
        table = self._document.get("cluster", {})
        used = table.get("use", False) if isinstance(table, dict) else False
        if isinstance(used, bool):
            return used
        self.wrong.append("cluster.use")
        return False

    def _order(self) -> dict[GroupKind, tuple[str, ...]]:
        table, order = self._table("order"), default_order()
        for kind in GroupKind:
            criteria = table.get(kind.value, [])
            if isinstance(criteria, list) and all(isinstance(name, str) for name in criteria):
                order[kind] = completed(kind, criteria)
            else:
                self.wrong.append(f"order.{kind.value}")
        return order

    def _thresholds(self) -> Thresholds:
        thresholds, earlier = Thresholds(), Thresholds()
        for key, value in flat(self._table("thresholds")).items():
            name = ".".join(key)
            if not _known(("thresholds", *key)):
                continue  # of another version
            today, converted = current(name, float(value)) if _is_number(value) else (name, 0.0)
            if not _is_number(value) or not thresholds.knows(today):
                self.wrong.append(f"thresholds.{name}")
            elif today == name:
                thresholds = thresholds.with_change(name, float(value))
            else:
                earlier = earlier.with_change(today, converted)
        # What was chosen in this version holds.
        return Thresholds({**earlier.changes, **thresholds.changes})


def _is_number(value: object) -> bool:
    """Whether it is a number that can be reckoned with; true is none, nor is "nan"."""
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) < HUGE
    return isinstance(value, float) and isfinite(value)


def _known(key: Key) -> bool:
    """Whether this version knows what the name says, or knows that it cannot say anything."""
    match key:
        case ("order", kind, *_):
            return any(kind == known.value for known in GroupKind)
        case ("thresholds", _, *_):
            names = key[1:]
            lengths = range(1, len(names) + 1)
            today = (current(".".join(names[:length]), 0)[0] for length in lengths)
            return any(Thresholds().knows(name) for name in today)
        case ("cluster", name, *_):
            return name in CLUSTER
        case _:
            return key[:1] in _values(Preferences()) or key[0] in TABLES


def _folder(text: object) -> Path | None:
    """The folder that a text of the file means; None when it means none."""
    if not isinstance(text, str) or "\0" in text:
        return None
    try:
        folder = _path(text) if text.startswith(ADDRESS) else Path(text).expanduser()
    except RuntimeError:  # the home of somebody unknown
        return None
    return folder if folder.is_absolute() else None


def _path(address: str) -> Path:
    path = os.fsdecode(unquote_to_bytes(address.removeprefix(ADDRESS)))
    if path.startswith("//"):  # Windows: "///C:/photos", or "//server/photos"
        path = path[3 if path.startswith("///") else 0 :] if os.name == "nt" else path[2:]
    return Path(path)


# ---------------------------------------------------------------------- writing


def _said(preferences: Preferences) -> dict[Key, Any]:
    """What is not as usual, as it is written down."""
    usual = _values(Preferences())
    return {k: value for k, value in _values(preferences).items() if value != usual.get(k)}


def _values(preferences: Preferences) -> dict[Key, Any]:
    shipped = Thresholds()
    return {
        ("protected",): [_text(folder) for folder in preferences.protected],
        ("keep_from",): [_text(folder) for folder in preferences.keep_from],
        ("excluded",): [_text(folder) for folder in preferences.excluded],
        ("model",): preferences.model,
        ("device",): preferences.device,
        ("sidecars",): preferences.sidecars,
        ("faces",): preferences.faces,
        ("cache_mib",): preferences.cache_mib,
        ("cluster", "use"): preferences.use_cluster,
        **_cluster_values(preferences.cluster),
        ("language",): preferences.language,
        ("scheme",): preferences.scheme,
        ("watch",): preferences.watch,
        ("reopen",): preferences.reopen,
        ("notifications",): preferences.notifications,
        ("reduced_motion",): preferences.reduced_motion,
        **{("order", kind.value): list(order) for kind, order in preferences.order.items()},
        **{
            ("thresholds", *name.split(".")): value
            for name, value in preferences.thresholds.changes.items()
            if value != shipped[name]
        },
    }


def _cluster_values(cluster: ClusterChoice | None) -> dict[Key, Any]:
    if cluster is None:
        return {}
    files = {"certificate": cluster.certificate, "root": cluster.root}
    said: dict[Key, Any] = {("cluster", "address"): cluster.address}
    return said | {("cluster", name): _text(path) for name, path in files.items() if path}


def _text(folder: Path) -> str:
    """A folder as it is written down: see the module."""
    folder = folder.absolute()
    try:
        str(folder).encode()
    except UnicodeEncodeError:
        return folder.as_uri()
    return str(folder)
