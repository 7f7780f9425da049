"""The last result of a library, kept in one file: it is on screen before anything is analysed.

A snapshot only shows. Whatever is done to files is checked against the files first (see
`photo_organizer.engine.cleanup.trash`), and the analysis that follows replaces it. One that cannot
be read, or that was left by another version of the program or with other models installed, counts
as none.

What is known of faces is not in it but for answers that follow from them, such as closed eyes and
the face that has them: where faces are not wanted any more, snapshots are removed, too.

A file is a line that names the format, the length of the header, the header (JSON), then the
columns that it lists, one after the other. Numbers are as this machine writes them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from photo_organizer import __version__
from photo_organizer.engine import paths
from photo_organizer.engine.domain.photo_table import PhotoTable, columns_of
from photo_organizer.engine.domain.ranked_column import RankedColumn
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import (
    Flag,
    Flaw,
    Group,
    GroupKind,
    Ranked,
    Result,
    Skipped,
)
from photo_organizer.engine.files import unfinished

log = logging.getLogger(__name__)

MAGIC = b"photo-organizer snapshot 9\n"
"""Names the layout: another number for another one."""

KEPT = 8
"""Libraries whose snapshots are kept; those not opened for longest go first."""

LINES = 500
"""Groups or flags in one piece of JSON: reading all at once would keep Python from the window."""

_SUFFIX = ".snapshot"


class Snapshots:
    """The snapshots in a folder.

    Args:
        folder: where they lie; made when needed. The program's own when None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.data_dir() / "snapshots"

    def read(self, library: Sequence[Path], setting: object = None) -> Result | None:
        """The last result that was kept of a library.

        Args:
            library: its folders.
            setting: what else must be as it was (the model asked for, folders left out…); anything
                that JSON can write.
        """
        path = self._path(library)
        try:
            data = path.read_bytes()
        except OSError:  # none was kept
            return None
        try:
            result = _decode(data, _circumstances(setting))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            log.warning("The snapshot %s cannot be used: %s", path, error)
            return None
        if result is not None:
            os.utime(path)
        return result

    def write(self, result: Result, library: Sequence[Path], setting: object = None) -> bool:
        """Keep the result of a library in place of an earlier one; whether that was possible."""
        path = self._path(library)
        try:
            pieces = _encode(result, _circumstances(setting))
            paths.own_folder(self._folder)
            with unfinished.beside(path) as whole:
                with open(whole, "xb", opener=_private) as file:
                    file.writelines(pieces)
                whole.replace(path)
            self._trim()
        except (OSError, OverflowError) as error:
            # Opening the library takes longer next time; nothing else depends on it.
            log.warning("No snapshot of %s was kept: %s", library, error)
            return False
        return True

    def forget(self, library: Sequence[Path]) -> None:
        """Delete what was kept of a library."""
        self._path(library).unlink(missing_ok=True)

    def clear(self) -> None:
        """Delete what was kept of every library; where one cannot be deleted, the log says so."""
        for path in self._folder.glob(f"*{_SUFFIX}"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("The snapshot %s cannot be removed: %s", path, error)

    def _path(self, library: Sequence[Path]) -> Path:
        name = json.dumps(sorted(str(folder) for folder in library))
        digest = hashlib.sha256(name.encode()).hexdigest()[:32]
        return self._folder / f"{digest}{_SUFFIX}"

    def _trim(self) -> None:
        known = sorted(self._folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
        for path in known[:-KEPT]:
            path.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _circumstances(setting: object) -> dict[str, Any]:
    """What must be the same for a snapshot to be worth showing."""
    models = paths.models_dir()
    installed = sorted(path.name for path in models.iterdir()) if models.is_dir() else []
    return {
        "program": __version__,
        "bytes": sys.byteorder,
        "models": [name for name in installed if not name.startswith(".")],
        "setting": setting,
    }


# ---------------------------------------------------------------------- writing


def _encode(result: Result, circumstances: Mapping[str, Any]) -> list[bytes]:
    columns, words = columns_of(result.photos.values())
    places: dict[int, int] = {}
    reasons: list[Reason] = []
    for number, ids in enumerate(result.categories.values()):
        columns[f"category {number}"] = array("q", ids).tobytes()
    for number, ranked in enumerate(result.highlights.values()):
        columns[f"ranked {number}"] = array("q", (one.photo for one in ranked)).tobytes()
        columns[f"scores {number}"] = array("d", (one.score for one in ranked)).tobytes()
        columns[f"native {number}"] = array("d", (one.native for one in ranked)).tobytes()
        columns[f"reasons {number}"] = _places(ranked, places, reasons).tobytes()
    columns["reasons"] = _lines(reason.to_json() for reason in reasons)
    columns["groups"] = _lines(map(_group_out, result.groups))
    columns["flags"] = _lines(map(_flag_out, result.flags))
    columns["fine"] = _lines(map(_flag_out, result.fine))
    columns["skipped"] = _lines(
        [str(one.path), one.reason.to_json(), one.files] for one in result.skipped
    )
    columns["stars"] = _lines([i, stars] for i, stars in result.stars.items())
    columns["by_hand"] = _lines(sorted(result.by_hand))
    columns["followed"] = _lines([i, example] for i, example in result.followed.items())
    header = json.dumps(
        {
            "circumstances": circumstances,
            "words": words,
            "categories": list(result.categories),
            "highlights": list(result.highlights),
            "scorer": _reason_out(result.scorer),
            "taste": _reason_out(result.taste),
            "model": dict(result.model),
            "columns": {name: len(column) for name, column in columns.items()},
            "checksum": _checksum(columns.values()),
        }
    ).encode()
    return [MAGIC, len(header).to_bytes(8, "little"), header, *columns.values()]


def _places(ranked: Iterable[Ranked], places: dict[int, int], reasons: list[Reason]) -> array[int]:
    """Where the reason of each is in `reasons`, which grows; -1 where it has none.

    Args:
        ranked: photos; many have the same reason, one object.
        places: of the reasons, by what Python calls them.
        reasons: those known so far.
    """
    found = array("q")
    for one in ranked:
        if one.reason is None:
            found.append(-1)
            continue
        if id(one.reason) not in places:
            places[id(one.reason)] = len(reasons)
            reasons.append(one.reason)
        found.append(places[id(one.reason)])
    return found


def _checksum(columns: Iterable[bytes | memoryview]) -> int:
    checksum = 0
    for column in columns:
        checksum = zlib.crc32(column, checksum)
    return checksum


def _lines(values: Iterable[object]) -> bytes:
    rest = iter(values)
    pieces = iter(lambda: list(islice(rest, LINES)), [])
    return b"\n".join(json.dumps(piece).encode() for piece in pieces)


def _group_out(group: Group) -> list[object]:
    return [
        group.kind.value,
        group.keeper,
        group.photos,
        group.reason.to_json(),
        group.similarities,
        group.safe,
        group.reviewed,
        [[reason.to_json() for reason in more] for more in group.more],
        group.originals,
    ]


def _flag_out(flag: Flag) -> list[object]:
    region = flag.region
    return [
        flag.photo,
        flag.flaw.value,
        flag.score,
        flag.threshold,
        flag.reason.to_json(),
        [region.left, region.top, region.width, region.height] if region else None,
    ]


def _reason_out(reason: Reason | None) -> list[object] | None:
    return None if reason is None else reason.to_json()


# ---------------------------------------------------------------------- reading


def _decode(data: bytes, circumstances: Mapping[str, Any]) -> Result | None:
    """The result in a file, None where it was made under other circumstances.

    Raises:
        ValueError, KeyError, TypeError, IndexError: it is no whole snapshot.
    """
    if not data.startswith(MAGIC):
        raise ValueError("of another format")
    start = len(MAGIC) + 8
    end = start + int.from_bytes(data[len(MAGIC) : start], "little")
    header = json.loads(data[start:end])
    if header["circumstances"] != json.loads(json.dumps(circumstances)):
        return None
    columns: dict[str, memoryview] = {}
    whole = memoryview(data)
    for name, length in header["columns"].items():
        columns[name] = whole[end : end + length]
        end += length
    if end != len(data) or _checksum(columns.values()) != header["checksum"]:
        raise ValueError("damaged")
    # The place of none, -1, is the last one.
    reasons = [*map(Reason.from_json, _read_lines(columns["reasons"])), None]
    return Result(
        photos=PhotoTable(columns, header["words"]),
        categories={
            name: columns[f"category {number}"].cast("q").tolist()
            for number, name in enumerate(header["categories"])
        },
        groups=tuple(map(_group_in, _read_lines(columns["groups"]))),
        highlights={
            name: RankedColumn(
                columns[f"ranked {number}"].cast("q"),
                columns[f"scores {number}"].cast("d"),
                columns[f"native {number}"].cast("d"),
                columns[f"reasons {number}"].cast("q"),
                reasons,
            )
            for number, name in enumerate(header["highlights"])
        },
        flags=tuple(map(_flag_in, _read_lines(columns["flags"]))),
        fine=tuple(map(_flag_in, _read_lines(columns["fine"]))),
        skipped=tuple(
            Skipped(Path(path), Reason.from_json(reason), tuple(files))
            for path, reason, files in _read_lines(columns["skipped"])
        ),
        scorer=_reason_in(header["scorer"]),
        taste=_reason_in(header["taste"]),
        stars=dict(_read_lines(columns["stars"])),
        by_hand=frozenset(_read_lines(columns["by_hand"])),
        followed=dict(_read_lines(columns["followed"])),
        model=header["model"],
    )


def _read_lines(column: memoryview) -> Iterator[Any]:
    for line in bytes(column).splitlines():
        yield from json.loads(line)


def _group_in(value: Sequence[Any]) -> Group:
    kind, keeper, photos, reason, similarities, safe, reviewed, more, originals = value
    return Group(
        GroupKind(kind),
        keeper,
        tuple(photos),
        Reason.from_json(reason),
        tuple(similarities),
        tuple(safe),
        reviewed,
        tuple(tuple(map(Reason.from_json, reasons)) for reasons in more),
        tuple(originals),
    )


def _flag_in(value: Sequence[Any]) -> Flag:
    photo, flaw, score, threshold, reason, region = value
    shown = Region(*region) if region else None
    return Flag(photo, Flaw(flaw), score, threshold, Reason.from_json(reason), shown)


def _reason_in(value: list[Any] | None) -> Reason | None:
    return None if value is None else Reason.from_json(value)
