"""The command that chooses the best photos and makes something of them."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from photo_organizer.cli import terminal
from photo_organizer.engine import paths
from photo_organizer.engine.domain.results import Result, Skipped
from photo_organizer.engine.export import contact_sheet, copies, naming
from photo_organizer.engine.export.copies import Exported, NotExported
from photo_organizer.engine.highlights import selection as outputs
from photo_organizer.engine.highlights.selection import Per, Selection
from photo_organizer.engine.storage.store import Store


def check(call: argparse.Namespace) -> None:
    """Refuse what cannot succeed, before the photos are analysed.

    Raises:
        SheetError: the contact sheet cannot be written there.
        TemplateError: the name template is none.
        FolderError: nothing can be exported to that folder.
    """
    if call.sheet:
        contact_sheet.check(call.sheet)
    if call.export:
        naming.check_template(call.name)
        copies.check_folder(call.export)


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
        for drawn in contact_sheet.draw(selections, call.sheet, cancel):
            if isinstance(drawn, Skipped):
                whole = False
                _complain(drawn.path, drawn.reason)
        if cancel.is_set():
            return False
        out.print(f"Contact sheet: {terminal.printable(str(call.sheet))}")
    if call.export:
        whole &= _export(call, selections, cancel, out)
    elif call.ratings:
        whole &= _rate(call.ratings, selections, cancel, out)
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
    targets = naming.plan(selections, call.export.absolute(), call.name)
    stars = copies.given_or(_stars(), call.ratings) if call.ratings else None
    exported, failed = 0, 0
    for event in copies.export(targets, link=call.link, stars=stars, cancel=cancel):
        exported += isinstance(event, Exported)
        reason = event.unrated if isinstance(event, Exported) else event.reason
        if reason is not None:
            failed += 1
            _complain(event.photo.path, reason.text())
    verb = "linked" if call.link else "copied"
    out.print(f"{exported} photos {verb} to {terminal.printable(str(call.export))}")
    return not failed


def _rate(
    stars: int, selections: Sequence[Selection], cancel: threading.Event, out: Console
) -> bool:
    """Rate the photos where they lie: as the user did, else with `stars`."""
    failed, rated = 0, 0
    for event in copies.rate_all(selections, copies.given_or(_stars(), stars), cancel):
        if isinstance(event, NotExported):
            failed += 1
            _complain(event.photo.path, event.reason.text())
        elif event is not None:
            rated += 1
    out.print(f"{rated} photos have a rating")
    return not failed


def _stars() -> Mapping[bytes, int]:
    """The user's own; 0 is a rejection, which no sidecar is written for."""
    with Store(paths.store_path()) as store:
        return store.decisions().ratings


def _complain(path: Path, reason: str) -> None:
    terminal.errors.print(f"{terminal.printable(str(path))}: {escape(reason)}", soft_wrap=True)
