"""The commands that clean up and undo, with a table for people and JSON for programs."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from photo_organizer.cli import terminal
from photo_organizer.engine import paths
from photo_organizer.engine.cleanup import planning
from photo_organizer.engine.cleanup.planning import Plan
from photo_organizer.engine.cleanup.system_trash import move_to_trash
from photo_organizer.engine.cleanup.trash import CleanedUp, Restored, Stayed, Trash, Undone, beside
from photo_organizer.engine.domain.results import GroupKind, Result
from photo_organizer.engine.duplicates import unit_files

SHOWN = 20
"""Rows of a table; the JSON has them all."""
WIDE = 10_000
"""Columns of what is no terminal."""


def make_plan(call: argparse.Namespace, result: Result) -> Plan:
    """What the call wants to clean up: the safe photos of groups of the wanted kinds."""
    kinds = {GroupKind(kind) for kind in call.kind or (GroupKind.EXACT,)}
    chosen = planning.choose(result, kinds)
    return planning.plan(
        chosen,
        result,
        protected=[folder.absolute() for folder in call.protect],
        companions=unit_files.find(chosen, result.photos),
    )


def show_plan(plan: Plan, result: Result, *, as_json: bool) -> None:
    """Print what would happen."""
    if as_json:
        _print_json(planning.to_json(plan))
        return
    # In a file or a pipe a path stays on its line, however long.
    width = None if sys.stdout.isatty() else WIDE
    out = Console(highlight=False, soft_wrap=True, width=width)
    if not plan.count:
        out.print("Nothing to clean up.")
        return
    table = Table("To the trash", "Size", "Stays", box=None, pad_edge=False)
    for removal in plan.removals[:SHOWN]:
        stays = removal.kept[0].path.name if removal.kept else ""
        table.add_row(
            terminal.printable(str(removal.photo.path)),
            terminal.size(removal.photo.identity.size),
            terminal.printable(stays),
        )
    out.print(table)
    if plan.count > SHOWN:
        out.print(f"… and {plan.count - SHOWN} more")
    out.print(
        f"{plan.count} of {len(result.photos)} photos, {terminal.size(plan.size)}, "
        f"from {len(plan.folders)} folder(s)"
    )
    if plan.companions:
        out.print(f"With them go {plan.companions} RAW files, films or sidecars of their names.")
    for refusal in plan.refusals:
        name = terminal.printable(refusal.photo.path.name)
        out.print(f"Stays: {name}: {escape(refusal.reason.text())}")


def carry_out(call: argparse.Namespace, plan: Plan, cancel: threading.Event) -> bool:
    """Move the plan's photos; tell what stayed and how to undo. Whether everything moved."""
    folders = [folder.absolute() for folder in call.folders]
    trash = Trash(
        paths.store_path(),
        beside(folders) if call.use_folder else move_to_trash,
        sidecars=not call.no_sidecars,
    )
    stayed: list[Stayed] = []
    done = CleanedUp(None, 0, 0, 0)
    for event in trash.clean_up(plan, cancel):
        if isinstance(event, Stayed):
            stayed.append(event)
        elif isinstance(event, CleanedUp):
            done = event
    if call.json:
        _print_json(
            {
                "batch": done.batch,
                "moved": done.moved,
                "bytes": done.size,
                "stayed": [_stayed_row(s) for s in stayed],
            }
        )
    else:
        print(f"{done.moved} photos, {terminal.size(done.size)}, are in the trash.")
        _print_stayed(stayed)
        if done.moved:
            print("Bring them back with: photo-organizer undo")
    return not stayed


def undo(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Bring back the last clean-up, or the one named."""
    trash = Trash(paths.store_path())
    restored: list[Restored] = []
    stayed: list[Stayed] = []
    done = Undone(None, 0, 0)
    for event in trash.undo(call.batch, cancel):
        if isinstance(event, Restored):
            restored.append(event)
        elif isinstance(event, Stayed):
            stayed.append(event)
        else:
            done = event
    if call.json:
        _print_json(
            {
                "batch": done.batch,
                "restored": [{"image": r.path.as_uri(), "now": r.place.as_uri()} for r in restored],
                "stayed": [_stayed_row(s) for s in stayed],
            }
        )
        return 1 if stayed else 0
    if done.batch is None:
        print("There is nothing to undo.")
    else:
        print(f"{done.restored} files are back in their places.")
    for back in restored:
        if back.place != back.path:
            print(f"{_plain(back.path)} was taken; it is now {_plain(back.place)}")
    _print_stayed(stayed)
    return 1 if stayed else 0


def _stayed_row(stayed: Stayed) -> dict[str, str]:
    return {"image": stayed.path.as_uri(), "reason": stayed.reason.text()}


def _print_stayed(stayed: list[Stayed]) -> None:
    for one in stayed:
        print(f"Not moved: {_plain(one.path)}: {one.reason.text()}", file=sys.stderr)


def _plain(path: Path) -> str:
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
