"""``clean``: moves safe duplicates to the trash, or tells what would go."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import computers, not_moved, options, terminal
from photo_organizer.cli.command import FAILED, INTERRUPTED, OK, Commands
from photo_organizer.cli.preferences import preferences
from photo_organizer.engine.domain.keeper_criteria import CRITERIA, current

if TYPE_CHECKING:
    from photo_organizer.engine.cleanup.planning import Plan
    from photo_organizer.engine.domain.results import Result

SHOWN = 20
"""Rows of a table; the JSON has them all."""
WIDE = 10_000
"""Columns of what is no terminal."""


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        "clean",
        parents=[common],
        help="move safe duplicates to the trash",
        description="Analyses folders and moves duplicates that are safe to lose to the system's "
        "trash. The best photo of each group always stays. Needs --dry-run or --yes.",
    )
    options.add_folders(parser)
    parser.add_argument(
        "--kind",
        action="append",
        choices=("exact", "same"),
        help="exact copies (the default), or the same picture in another size, format or edit; "
        "may be repeated. Similar shots are a matter of taste: use the window",
    )
    parser.add_argument(
        "--protect",
        action="append",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="nothing goes from this folder either, nor from those protected in the window; its "
        "photos stay rather than others",
    )
    parser.add_argument(
        "--prefer",
        action="append",
        type=current,
        choices=CRITERIA,
        default=[],
        metavar="CRITERION",
        help="what decides first which photo stays, before what was chosen in the window; "
        "repeated: what decides next. One of: " + ", ".join(CRITERIA),
    )
    parser.add_argument(
        "--use-folder",
        action="store_true",
        help="move into a dated folder beside the photos, where a place has no trash",
    )
    parser.add_argument(
        "--sidecars",
        action=argparse.BooleanOptionalAction,
        help="copy the sidecars of a removed copy to the kept photo, and write ratings, captions, "
        "keywords and places that only the copy has into an XMP file beside it (default: as chosen "
        "in the window, else yes); without it, copies that have any of these are not safe",
    )
    decision = parser.add_mutually_exclusive_group(required=True)
    decision.add_argument("--dry-run", action="store_true", help="only print what would happen")
    decision.add_argument("--yes", action="store_true", help="do it")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options.add_analysis_options(parser)
    parser.set_defaults(run=run)


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Analyse, then move the safe duplicates or tell what would go; the exit status.

    Raises:
        WrongCallError: something that the call names is not there or cannot be used.
    """
    from photo_organizer.cli.running import run_analysis

    chosen = preferences(
        model=call.model,
        device=call.device,
        takes_taste=False,  # which copy stays is no matter of taste
        protect=options.existing_folders(call.protect),
        prefer=call.prefer,
        needs_all=True,  # a folder may be protected in the part that cannot be read
    )
    if call.sidecars is not None:
        chosen = replace(chosen, sidecars=call.sidecars)
    result = run_analysis(
        options.analysis_options(call, chosen), cancel, computers.others(call, chosen)
    )
    if result is None:
        return INTERRUPTED
    plan = _plan(call, chosen.protected, result, sidecars=chosen.sidecars)
    if call.dry_run:
        _show(plan, result, as_json=call.json)
        return OK
    return OK if _carry_out(call, plan, chosen.sidecars, cancel) else FAILED


def _plan(
    call: argparse.Namespace, protected: Sequence[Path], result: Result, *, sidecars: bool
) -> Plan:
    """What the call wants to clean up: the safe photos of groups of the wanted kinds."""
    from photo_organizer.engine.cleanup import planning
    from photo_organizer.engine.domain.results import GroupKind
    from photo_organizer.engine.duplicates import unit_files

    kinds = {GroupKind(kind) for kind in call.kind or (GroupKind.EXACT,)}
    chosen = planning.choose(result, kinds)
    return planning.plan(
        chosen,
        result,
        protected=protected,
        unit_files=unit_files.find(chosen, result.photos),
        sidecars=sidecars,
    )


def _show(plan: Plan, result: Result, *, as_json: bool) -> None:
    """Print what would happen."""
    from rich.table import Table

    from photo_organizer.engine.cleanup import planning

    if as_json:
        terminal.print_json(planning.to_json(plan))
        return
    # In a file or a pipe a path stays on its line, however long.
    out = terminal.output(width=None if sys.stdout.isatty() else WIDE)
    if not plan.count:
        out.print("Nothing to clean up.")
        return
    table = Table("To the trash", "Size", "Stays", box=None, pad_edge=False)
    for removal in plan.removals[:SHOWN]:
        stays = removal.kept[0].path.name if removal.kept else ""
        table.add_row(
            terminal.printable(removal.photo.path),
            terminal.size(removal.photo.identity.size),
            terminal.printable(stays),
        )
    out.print(table)
    if plan.count > SHOWN:
        out.print(f"… and {plan.count - SHOWN} more")
    folders = "1 folder" if len(plan.folders) == 1 else f"{len(plan.folders)} folders"
    out.print(
        f"{plan.count} of {len(result.photos)} photos, {terminal.size(plan.size)}, from {folders}"
    )
    if plan.unit_files:
        out.print(f"With them go {plan.unit_files} RAW files, videos or sidecars of their names.")
    if plan.sidecars:
        told = "1 sidecar is" if plan.sidecars == 1 else f"{plan.sidecars} sidecars are"
        out.print(f"{told} copied to the photos that stay.")
    for refusal in plan.refusals:
        name = terminal.printable(refusal.photo.path.name)
        out.print(f"Stays: {name}: {terminal.printable(refusal.reason.text())}")


def _carry_out(
    call: argparse.Namespace, plan: Plan, sidecars: bool, cancel: threading.Event
) -> bool:
    """Move the plan's photos; tell what stayed and how to undo. Whether everything moved."""
    from photo_organizer.engine import paths
    from photo_organizer.engine.cleanup.events import CleanedUp, Stayed
    from photo_organizer.engine.cleanup.system_trash import move_to_trash
    from photo_organizer.engine.cleanup.trash import Trash, beside

    folders = options.existing_folders(call.folders)
    trash = Trash(
        paths.store_path(),
        beside(folders) if call.use_folder else move_to_trash,
        sidecars=sidecars,
    )
    stayed: list[Stayed] = []
    done = CleanedUp(None, 0, 0, 0)
    for event in trash.clean_up(plan, cancel):
        if isinstance(event, Stayed):
            stayed.append(event)
        elif isinstance(event, CleanedUp):
            done = event
    if call.json:
        terminal.print_json(
            {
                "batch": done.batch,
                "moved": done.moved,
                "bytes": done.size,
                "stayed": not_moved.rows(stayed),
            }
        )
    else:
        print(f"{done.moved} photos, {terminal.size(done.size)}, are in the trash.")
        not_moved.tell(stayed)
        if done.moved:
            print("Bring them back with: photo-organizer undo")
    return not stayed
