"""``library``: carries what is known of photos to another computer, as a Parquet file."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import json_target, options, terminal
from photo_organizer.cli.command import INTERRUPTED, OK, Commands

if TYPE_CHECKING:
    from photo_organizer.engine.exchange.events import Exported, Imported, Progress


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command with its own commands; see `command.Command`."""
    library = commands.add_parser(
        "library", help="export what is known of photos, and import it on another computer"
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    exporting = library.add_parser(
        "export",
        parents=[common],
        help="write what is known of photos into a file",
        description="Writes what was found out about photos into a Parquet file, for another "
        "computer or for programs such as DuckDB, pandas and Polars. Your decisions stay here: no "
        "stars, marks or categories of your own go into it.",
    )
    exporting.add_argument("file", type=Path, metavar="FILE.parquet")
    exporting.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="only photos below these folders, with their paths from there (default: all photos "
        "ever analysed, without any path)",
    )
    _add_common(exporting, "leave out what is known of the faces in photos")
    exporting.set_defaults(run=_export)
    importing = library.add_parser(
        "import",
        parents=[common],
        help="take what such a file tells",
        description="Takes what an exported file tells of photos, so that they need no look here. "
        "What is known here already stays as it is. Only import files of people you trust.",
    )
    importing.add_argument("file", type=Path, metavar="FILE.parquet")
    importing.add_argument(
        "--root",
        action="append",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="where the exported folder is on this computer: its files are known without being "
        "read. Repeat it where several were exported, in their order",
    )
    _add_common(importing, "take nothing about the faces in photos")
    importing.set_defaults(run=_import)


def _add_common(parser: argparse.ArgumentParser, without_faces: str) -> None:
    parser.add_argument("--without-faces", action="store_true", help=without_faces)
    parser.add_argument(
        "--json", metavar="FILE", help="write what was done as JSON; - for standard output"
    )


def _check_json(call: argparse.Namespace) -> None:
    if call.json not in (None, "-"):
        json_target.check(call.json)


def _export(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer.engine.exchange.events import Exported, Progress
    from photo_organizer.engine.exchange.exporting import ExportWish, export_library

    _check_json(call)
    folders = tuple(options.existing_folders(call.folders))
    wish = ExportWish(call.file, folders, faces=not call.without_faces)
    done = None
    with _progress("Exporting") as show:
        for event in export_library(wish, cancel):
            if isinstance(event, Progress):
                show(event)
            elif isinstance(event, Exported):
                done = event
    if done is None:
        print("Stopped; no file was written.", file=sys.stderr)
        return INTERRUPTED
    if call.json is None:
        _print(_export_told(done, folders))
    else:
        counts = ("photos", "embeddings", "faces", "files", "size")
        json_target.write_json(call.json, {name: getattr(done, name) for name in counts})
    return OK


def _export_told(done: Exported, folders: tuple[Path, ...]) -> list[str]:
    lines = [
        f"{done.file} has what is known of {_count(done.photos, 'photo')}, in "
        f"{terminal.size(done.size)}; copies count once."
    ]
    if folders:
        below = ", ".join(map(str, folders))
        lines.append(f"It names {_count(done.files, 'file')}, by their paths below {below}.")
    else:
        lines.append("It names no files. Name folders to export their photos with their paths.")
    if done.faces:
        lines.append(
            f"Faces that were found in {_count(done.faces, 'photo')} are described in it. They are "
            "about people: --without-faces leaves them out."
        )
    return lines


def _import(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer.cli.preferences import preferences
    from photo_organizer.engine.exchange.events import Imported, Progress
    from photo_organizer.engine.exchange.importing import ImportWish, import_library

    _check_json(call)
    roots = tuple(options.existing_folders(call.root))
    wanted = preferences().faces and not call.without_faces
    done, whole = Imported(), False
    with _progress("Importing") as show:
        for event in import_library(ImportWish(call.file, roots, faces=wanted), cancel):
            if isinstance(event, Progress):
                show(event)
            elif isinstance(event, Imported):
                done, whole = event, True
            else:
                done = event.imported or done
    if call.json is None:
        _print(_import_told(done, roots, faces=wanted))
    else:
        json_target.write_json(call.json, _as_json(done))
    if not whole:
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        return INTERRUPTED
    return OK


def _as_json(done: Imported) -> dict[str, object]:
    return {
        "photos": done.photos,
        "added": done.added,
        "embeddings": done.embeddings,
        "faces": done.faces,
        "files": done.files,
        "files_elsewhere": done.elsewhere,
        "other_version": done.other_version,
        "other_faces_version": done.other_faces,
        "refused": dict(done.refused),
    }


def _import_told(done: Imported, roots: tuple[Path, ...], *, faces: bool) -> list[str]:
    from photo_organizer.engine.domain.reasons import Reason

    lines = [
        f"{_count(done.photos, 'photo')} in the file (copies count once): {done.added:,} new here, "
        f"with {_count(done.embeddings, 'new embedding')}."
    ]
    if done.faces:
        lines.append(f"Faces were new of {_count(done.faces, 'photo')}.")
    if not faces:
        lines.append("Nothing about faces was taken.")
    if roots:
        lines.append(f"{_count(done.files, 'file')} known at once, without being read.")
    if done.elsewhere:
        lines.append(
            f"{_count(done.elsewhere, 'file')} not there, or changed since: read when their folder "
            "is analysed."
        )
    if done.other_version:
        lines.append(
            f"{_count(done.other_version, 'photo')} measured by another version of the program: "
            "looked at again when their folder is analysed."
        )
    if done.other_faces:
        lines.append(
            f"Faces in {_count(done.other_faces, 'photo')} found by another version of the "
            "program: looked for again."
        )
    for code, count in sorted(done.refused.items()):
        lines.append(f"{count:,} left out: {Reason(code)}.")
    return lines


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _print(lines: list[str]) -> None:
    out = terminal.output()
    for line in lines:
        out.print(terminal.printable(line))


@contextmanager
def _progress(title: str) -> Iterator[Callable[[Progress], None]]:
    """Shows on a bar how far it is, while on a terminal; silent when piped."""
    with terminal.bar() as bar:
        bar.live.transient = True
        task = bar.add_task(title, total=None)
        yield lambda event: bar.update(task, completed=event.done, total=event.total or None)
