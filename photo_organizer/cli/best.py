"""``best``: chooses the best photos and makes something of them."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import computers, options, terminal
from photo_organizer.cli.command import FAILED, INTERRUPTED, OK, Commands, WrongCallError
from photo_organizer.cli.preferences import preferences
from photo_organizer.engine.export.copy_form import AS_THEY_ARE, FULL_SIZE, CopyForm
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.export.job import ExportJob, ExportKind, carry_out, check
from photo_organizer.engine.export.naming import TEMPLATE
from photo_organizer.engine.highlights import selection
from photo_organizer.engine.highlights.selection import Per, Selection

if TYPE_CHECKING:
    from rich.console import Console

    from photo_organizer.engine.domain.results import Result


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        "best",
        parents=[common],
        help="choose the best photos; make a contact sheet of them or export them",
        description="Analyses folders and chooses the best photos. Of duplicates only the best "
        "stands for all, photos with a flaw come last, and what is marked for the trash is never "
        "among them. The photos are only read, unless --ratings is given without --export.",
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
        choices=[per.value for per in Per],
        default=Per.LIBRARY.value,
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
        "--size",
        type=_size,
        metavar="PIXELS",
        help="with --export: JPEG copies whose longer side has at most so many pixels, 2048 for "
        "sharing; full: JPEG with all pixels; original: the files as they are (default)",
    )
    parser.add_argument(
        "--location",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="with --export: copies say where a photo was taken (default); without it, what is no "
        "JPEG is made one",
    )
    parser.add_argument(
        "--name",
        default=TEMPLATE,
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

    jobs = _jobs(call)
    try:
        for job in jobs:
            check(job)
    except ExportError as error:
        raise WrongCallError(str(error)) from error
    _check_options(call)
    chosen = preferences(model=call.model, device=call.device, takes_taste=not call.no_taste)
    result = run_analysis(
        options.analysis_options(call, chosen), cancel, computers.others(call, chosen)
    )
    if result is None:
        return INTERRUPTED
    per = Per(call.per)
    selections = selection.best(result, per, call.count, marked=_marked(result))
    if call.json:
        terminal.print_json(selection.to_json(selections, result, per), indent=None)
    else:
        _show(selections, result)
    # The JSON stays alone on standard output.
    out = terminal.errors() if call.json else terminal.output()
    whole = True
    for job in jobs:
        if cancel.is_set():
            return INTERRUPTED
        whole &= _make(job, selections, cancel, out)
    return OK if whole else FAILED


def _size(text: str) -> int | None:
    """A number of pixels, or a word for it, as the type of an option."""
    words = {"original": None, "full": FULL_SIZE}
    return words[text] if text in words else options.positive(text)


def _check_options(call: argparse.Namespace) -> None:
    form = _form(call)
    if call.link and not call.export:
        raise WrongCallError("--link needs --export DIR")
    if form != AS_THEY_ARE and not call.export:
        raise WrongCallError("--size and --no-location need --export DIR")
    if form != AS_THEY_ARE and call.link:
        raise WrongCallError("A link is the file itself: leave out --link, or --size and location")


def _form(call: argparse.Namespace) -> CopyForm:
    return CopyForm(longest=call.size, location=call.location)


def _jobs(call: argparse.Namespace) -> list[ExportJob]:
    """What the call asks to make of the photos."""
    stars = call.ratings or 0
    jobs = []
    if call.sheet:
        jobs.append(ExportJob(ExportKind.SHEET, call.sheet))
    if call.export:
        copies = ExportJob(
            ExportKind.COPIES,
            call.export,
            template=call.name,
            link=call.link,
            form=_form(call),
            rates=stars > 0,
            unrated=stars,
        )
        jobs.append(copies)
    elif stars:
        jobs.append(ExportJob(ExportKind.RATINGS, unrated=stars))
    return jobs


def _show(selections: Sequence[Selection], result: Result) -> None:
    out = terminal.output()
    out.print(f"By {terminal.printable(result.scorer)}")
    for best in selections:
        out.print()
        out.print(f"[bold]{terminal.printable(best.name)}[/]")
        for chosen in best.photos:
            # No table: it would shorten the paths that people copy from here.
            name = terminal.printable(chosen.photo.path)
            out.print(f"{chosen.rank:>4}  {chosen.score:.2f}  {name}")


def _make(
    job: ExportJob, selections: Sequence[Selection], cancel: threading.Event, out: Console
) -> bool:
    """Do one job, tell what came out of it; whether all of it was made."""
    own_stars = _own_stars() if job.writes_ratings else {}
    made, whole = 0, True
    for step in carry_out(job, selections, own_stars, cancel):
        made += step.made is not None
        if step.problem is not None:
            whole = False
            text = f"{terminal.printable(step.path)}: {terminal.printable(step.problem)}"
            terminal.errors().print(text)
    match job.kind:
        case ExportKind.SHEET if cancel.is_set():
            return False
        case ExportKind.SHEET:
            out.print(f"Contact sheet: {terminal.printable(job.place)}", soft_wrap=True)
        case ExportKind.COPIES:
            verb = "linked" if job.link else "copied"
            place = terminal.printable(job.place)
            out.print(f"{made} photos {verb} to {place}", soft_wrap=True)
        case ExportKind.RATINGS:
            out.print(f"{made} photos have a rating")
    return whole


def _marked(result: Result) -> Collection[int]:
    """The photos that were marked for the trash in the window, and wait there for a clean-up."""
    from photo_organizer.engine import paths
    from photo_organizer.engine.domain.decisions import marked
    from photo_organizer.engine.storage.store import Store

    with Store(paths.store_path()) as store:
        marks, copies = store.marks(), store.copies_of_marked()
    return marked(marks, result.photos, complete=True, copies=frozenset(copies)).keys()


def _own_stars() -> Mapping[bytes, int]:
    """The user's; 0 is a rejection."""
    from photo_organizer.engine import paths
    from photo_organizer.engine.storage.store import Store

    with Store(paths.store_path()) as store:
        return store.decisions().ratings
