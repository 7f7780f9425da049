"""The command that chooses the best photos and makes something of them."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from photo_organizer import terminal
from photo_organizer.engine import contact_sheet, exporting, outputs, paths
from photo_organizer.engine.exporting import Exported, NotExported
from photo_organizer.engine.outputs import Per, Selection
from photo_organizer.engine.results import Result
from photo_organizer.engine.store import Store


def check(call: argparse.Namespace) -> None:
    """Refuse what cannot succeed, before the photos are analysed.

    Raises:
        SheetError: the contact sheet cannot be written there.
        TemplateError: the name template is none.
        NotADirectoryError: the export folder is a file.
    """
    if call.sheet:
        contact_sheet.check(call.sheet)
    if call.export:
        exporting.check_template(call.name)
        if os.path.lexists(call.export) and not call.export.is_dir():
            raise NotADirectoryError(f"{call.export} is not a folder")


def carry_out(call: argparse.Namespace, result: Result, cancel: threading.Event) -> bool:
    """Print the best photos and make what the call asks for; whether all of it was made."""
    selections = outputs.best(result, Per(call.per), call.count)
    if call.json:
        text = json.dumps(outputs.to_json(selections, result, Per(call.per)), ensure_ascii=False)
        sys.stdout.write(text + "\n")
    else:
        _show(selections, result)
    # The JSON stays alone on standard output.
    out = terminal.errors if call.json else Console(highlight=False, soft_wrap=True)
    whole = True
    if call.sheet:
        missing = contact_sheet.draw(selections, call.sheet)
        for skipped in missing:
            _complain(skipped.path, skipped.reason)
        out.print(f"Contact sheet: {terminal.printable(str(call.sheet))}")
        whole = not missing
    if call.export:
        whole &= _export(call, selections, cancel, out)
    elif call.ratings:
        whole &= _rate(call.ratings, selections, out)
    return whole


def _show(selections: Sequence[Selection], result: Result) -> None:
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"By {escape(str(result.scorer))}")
    for selection in selections:
        out.print()
        out.print(f"[bold]{escape(selection.name)}[/]")
        for chosen in selection.photos:
            # No table: it would shorten the paths that people copy from here.
            name = terminal.printable(str(chosen.photo.path))
            out.print(f"{chosen.rank:>4}  {chosen.score:.2f}  {name}")


def _export(
    call: argparse.Namespace, selections: Sequence[Selection], cancel: threading.Event, out: Console
) -> bool:
    targets = exporting.plan(selections, call.export.absolute(), call.name)
    stars = _stars() if call.ratings else {}
    exported, failed = 0, 0
    for event in exporting.export(targets, link=call.link):
        problem: NotExported | None = None
        if isinstance(event, Exported):
            exported += 1
            if given := stars.get(event.photo.content_hash, call.ratings):
                problem = exporting.rate(event.photo, given, event.path)
        else:
            problem = event
        if problem is not None:
            failed += 1
            _complain(problem.photo.path, problem.reason.text())
        if cancel.is_set():
            break
    verb = "linked" if call.link else "copied"
    out.print(f"{exported} photos {verb} to {terminal.printable(str(call.export))}")
    return not failed


def _rate(stars: int, selections: Sequence[Selection], out: Console) -> bool:
    """Rate the photos where they lie: as the user did, else with `stars`."""
    own = _stars()
    failed, rated = 0, 0
    for photo in (chosen.photo for selection in selections for chosen in selection.photos):
        given = own.get(photo.content_hash, stars)
        problem = exporting.rate(photo, given) if given else None
        if problem is not None:
            failed += 1
            _complain(problem.photo.path, problem.reason.text())
        elif given:
            rated += 1
    out.print(f"{rated} photos have a rating")
    return not failed


def _stars() -> Mapping[bytes, int]:
    """The user's own; 0 is a rejection, which no sidecar is written for."""
    with Store(paths.data_dir() / "library.sqlite") as store:
        return store.decisions().ratings


def _complain(path: Path, reason: str) -> None:
    terminal.errors.print(f"{terminal.printable(str(path))}: {escape(reason)}", soft_wrap=True)
