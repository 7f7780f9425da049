"""``best``: chooses the best photos and makes something of them."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import options, terminal
from photo_organizer.cli.command import FAILED, INTERRUPTED, OK, Commands, WrongCallError
from photo_organizer.cli.preferences import preferences

if TYPE_CHECKING:
    from rich.console import Console

    from photo_organizer.engine.domain.results import Result
    from photo_organizer.engine.highlights.selection import Selection


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        "best",
        parents=[common],
        help="choose the best photos; make a contact sheet of them or export them",
        description="Analyses folders and chooses the best photos. Of duplicates only the best "
        "stands for all, photos with a flaw come last. The photos are only read, unless --ratings "
        "is given without --export.",
    )
    options.add_folders(parser)
    parser.add_argument(
        "--count",
        type=options.positive,
        default=10,
        metavar="N",
        help="so many of each (default: 10)",
    )
    parser.add_argument(
        "--per",
        choices=("library", "category", "month", "event"),
        default="library",
        help="the best of what (default: library); an event ends with hours without a photo",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--sheet", type=Path, metavar="FILE", help="draw a contact sheet: a .png or .pdf"
    )
    parser.add_argument(
        "--export",
        type=Path,
        metavar="DIR",
        help="copy the photos there; nothing that exists is overwritten",
    )
    parser.add_argument("--link", action="store_true", help="with --export: hard links, no copies")
    parser.add_argument(
        "--name",
        default="{rank:03}_{name}",
        metavar="TEMPLATE",
        help="with --export: names made of {rank}, {name}, {stem}, {group}, {date} and {score} "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--ratings",
        nargs="?",
        type=int,
        choices=range(1, 6),
        const=5,
        metavar="STARS",
        help="write an XMP file with this rating (default: 5), or with the one you gave, beside "
        "each photo without a rating; with --export beside the copies",
    )
    options.add_taste_option(parser)
    options.add_analysis_options(parser)
    parser.set_defaults(run=run)


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Analyse, print the best photos and make what the call asks for; the exit status.

    Raises:
        WrongCallError: something that the call names is not there or cannot be used.
    """
    from photo_organizer.cli.running import run_analysis

    _check(call)
    chosen = preferences(model=call.model, device=call.device, takes_taste=not call.no_taste)
    wanted = options.analysis_options(call, chosen)
    result = run_analysis(wanted, cancel)
    if result is None:
        return INTERRUPTED
    return OK if _carry_out(call, result, cancel) else FAILED


def _check(call: argparse.Namespace) -> None:
    """Refuse what cannot succeed, before the photos are analysed."""
    from photo_organizer.engine.export import contact_sheet, copies, naming
    from photo_organizer.engine.export.contact_sheet import SheetError
    from photo_organizer.engine.export.copies import ExportFolderError
    from photo_organizer.engine.export.naming import TemplateError

    try:
        if call.sheet:
            contact_sheet.check(call.sheet)
        if call.export:
            naming.check_template(call.name)
            copies.check_folder(call.export)
    except (ExportFolderError, SheetError, TemplateError) as error:
        raise WrongCallError(str(error)) from error
    if call.link and not call.export:
        raise WrongCallError("--link needs --export DIR")


def _carry_out(call: argparse.Namespace, result: Result, cancel: threading.Event) -> bool:
    """Print the best photos and make what the call asks for; whether all of it was made."""
    from photo_organizer.engine.domain.results import Skipped
    from photo_organizer.engine.export import contact_sheet
    from photo_organizer.engine.highlights import selection
    from photo_organizer.engine.highlights.selection import Per

    per = Per(call.per)
    selections = selection.best(result, per, call.count)
    if call.json:
        terminal.print_json(selection.to_json(selections, result, per), indent=None)
    else:
        _show(selections, result)
    # The JSON stays alone on standard output.
    out = terminal.errors() if call.json else terminal.output()
    whole = True
    if call.sheet:
        for drawn in contact_sheet.draw(selections, call.sheet, cancel):
            if isinstance(drawn, Skipped):
                whole = False
                _complain(drawn.path, drawn.reason.text())
        if cancel.is_set():
            return False
        out.print(f"Contact sheet: {terminal.printable(call.sheet)}")
    if call.export:
        whole &= _export(call, selections, cancel, out)
    elif call.ratings:
        whole &= _rate(call.ratings, selections, cancel, out)
    return whole


def _show(selections: Sequence[Selection], result: Result) -> None:
    out = terminal.output()
    out.print(f"By {terminal.printable(result.scorer)}")
    for selection in selections:
        out.print()
        out.print(f"[bold]{terminal.printable(selection.name)}[/]")
        for chosen in selection.photos:
            # No table: it would shorten the paths that people copy from here.
            name = terminal.printable(chosen.photo.path)
            out.print(f"{chosen.rank:>4}  {chosen.score:.2f}  {name}")


def _export(
    call: argparse.Namespace, selections: Sequence[Selection], cancel: threading.Event, out: Console
) -> bool:
    from photo_organizer.engine.export import copies, naming
    from photo_organizer.engine.export.copies import Exported

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
    out.print(f"{exported} photos {verb} to {terminal.printable(call.export)}")
    return not failed


def _rate(
    stars: int, selections: Sequence[Selection], cancel: threading.Event, out: Console
) -> bool:
    """Rate the photos where they lie: as the user did, else with `stars`."""
    from photo_organizer.engine.export import copies
    from photo_organizer.engine.export.copies import NotExported

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
    from photo_organizer.engine import paths
    from photo_organizer.engine.storage.store import Store

    with Store(paths.store_path()) as store:
        return store.decisions().ratings


def _complain(path: Path, reason: str) -> None:
    text = f"{terminal.printable(path)}: {terminal.printable(reason)}"
    terminal.errors().print(text, soft_wrap=True)
