"""``undo``: brings back what a clean-up moved."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from photo_organizer.cli import not_moved, terminal
from photo_organizer.cli.command import FAILED, OK, Commands, WrongCallError

if TYPE_CHECKING:
    from photo_organizer.engine.cleanup.journal import Batch
    from photo_organizer.engine.cleanup.reach import Waiting


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        "undo", parents=[common], help="bring back what the last clean-up moved"
    )
    parser.add_argument(
        "--batch", type=int, metavar="N", help="a certain clean-up, as named by clean --json"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Bring back the last clean-up, or the one named; the exit status.

    Raises:
        WrongCallError: there is no clean-up of that number.
    """
    from photo_organizer.engine import paths
    from photo_organizer.engine.cleanup.events import Restored, Stayed, Undone
    from photo_organizer.engine.cleanup.reach import NoSuchCleanUpError
    from photo_organizer.engine.cleanup.trash import Trash

    trash = Trash(paths.store_path())
    restored: list[Restored] = []
    stayed: list[Stayed] = []
    done = Undone(None, 0, 0)
    try:
        for event in trash.undo(call.batch, cancel):
            if isinstance(event, Restored):
                restored.append(event)
            elif isinstance(event, Stayed):
                stayed.append(event)
            else:
                done = event
    except NoSuchCleanUpError as error:
        raise WrongCallError(f"{error}. {_there_are(trash.batches())}") from error
    status = FAILED if stayed else OK
    if call.json:
        terminal.print_json(
            {
                "batch": done.batch,
                "restored": [{"image": r.path.as_uri(), "now": r.place.as_uri()} for r in restored],
                "stayed": not_moved.rows(stayed),
                "waiting": [
                    {"batch": one.batch, "drive": one.drive.as_uri()} for one in done.waiting
                ],
            }
        )
        return status
    if done.batch is None:
        print("There is nothing to undo.")
    else:
        print(f"{done.restored} files are back in their places.")
    for back in restored:
        if back.place != back.path:
            taken, now = terminal.readable(back.path), terminal.readable(back.place)
            print(f"{taken} was taken; it is now {now}")
    not_moved.tell(stayed)
    _tell_waiting([one for one in done.waiting if one.batch != done.batch])
    return status


def _there_are(batches: Sequence[Batch]) -> str:
    """A sentence that lists all clean-ups."""
    from photo_organizer.engine.cleanup.journal import MoveState

    if not batches:
        return "Nothing was cleaned up yet."
    rows = (
        f"  {batch.id}: {batch.started_at.astimezone():%Y-%m-%d %H:%M}, "
        f"{batch.counts.get(MoveState.TRASHED, 0)} files in {batch.folder or 'the trash'}"
        for batch in batches
    )
    return "\n".join(("These are the clean-ups so far:", *rows))


def _tell_waiting(waiting: Sequence[Waiting]) -> None:
    for one in waiting:
        drive = terminal.readable(one.drive)
        print(f"Clean-up {one.batch} is newer. It can be undone when {drive} is there again.")
