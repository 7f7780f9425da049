"""The command line: ``photo-organizer [FOLDER…]`` opens the window, the rest works without one."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from photo_organizer import __version__
from photo_organizer.engine.domain.keeper_criteria import CRITERIA, preferring

if TYPE_CHECKING:
    from photo_organizer.engine.analysis.run import Options
    from photo_organizer.engine.domain.keeper_criteria import Order
    from photo_organizer.engine.domain.results import Result

FLOWS = ("categories", "duplicates", "highlights", "low_quality")

OK, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130


class WrongCallError(Exception):
    """The command cannot be carried out as it was called; the message says what to change."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit status: 0 finished (skipped files included), 1 failed, 2 wrong call,
        130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser, commands = _parser()
    if not (words and (words[0] in commands or words[0] in ("-h", "--help", "--version"))):
        words.insert(0, "open")
    call = parser.parse_args(words)
    logging.basicConfig(level=logging.INFO if call.verbose else logging.ERROR)
    cancel = _cancel_on_signals()
    try:
        status: int = call.run(call, cancel)
    except WrongCallError as error:
        print(f"photo-organizer: {error}", file=sys.stderr)
        return WRONG_CALL
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        # The boundary to the person: one line; the traceback only for those who ask for it.
        print(f"photo-organizer: {error or type(error).__name__}", file=sys.stderr)
        logging.getLogger(__name__).info("Traceback:", exc_info=True)
        return FAILED
    return INTERRUPTED if cancel.is_set() else status


def _parser() -> tuple[argparse.ArgumentParser, set[str]]:
    parser = argparse.ArgumentParser(
        prog="photo-organizer",
        description="Sorts photos into categories, duplicates, highlights and low quality, on this "
        "computer only. Without a command it opens the window.",
        epilog="Try it: photo-organizer --demo. Help on a command: photo-organizer COMMAND --help",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--verbose", action="store_true", help="print what happens inside")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    window = commands.add_parser(
        "open", parents=[common], help="open the window (also without any command)"
    )
    window.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    window.add_argument(
        "--demo",
        action="store_true",
        help="make a small demo album and open it; without a display, print its summary",
    )
    window.set_defaults(run=_open)

    analyze = commands.add_parser(
        "analyze",
        parents=[common],
        help="analyse folders in the terminal; nothing in them is changed",
        description="Analyses folders of photos. Nothing in them is changed. Prints a summary, "
        "or writes all answers as JSON.",
    )
    analyze.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    analyze.add_argument(
        "--json", metavar="FILE", help="write the answers as JSON; - for standard output"
    )
    analyze.add_argument(
        "--only",
        action="append",
        choices=FLOWS,
        default=[],
        metavar="FLOW",
        help=f"give only these answers: {', '.join(FLOWS)}; may be repeated",
    )
    _add_taste_option(analyze)
    _add_analysis_options(analyze)
    analyze.set_defaults(run=_analyze)

    best = commands.add_parser(
        "best",
        parents=[common],
        help="choose the best photos; make a contact sheet of them or export them",
        description="Analyses folders and chooses the best photos. Of duplicates only the best "
        "stands for all, photos with a flaw come last. The photos are only read, unless --ratings "
        "is given without --export.",
    )
    _add_best(best)

    clean = commands.add_parser(
        "clean",
        parents=[common],
        help="move safe duplicates to the trash",
        description="Analyses folders and moves duplicates that are safe to lose to the system's "
        "trash. The best photo of each group always stays. Needs --dry-run or --yes.",
    )
    clean.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    clean.add_argument(
        "--kind",
        action="append",
        choices=("exact", "same"),
        help="exact copies (the default), or the same picture in another size, format or edit; "
        "may be repeated. Similar shots are a matter of taste: use the window",
    )
    clean.add_argument(
        "--protect",
        action="append",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="nothing goes from this folder; its photos stay rather than others",
    )
    clean.add_argument(
        "--prefer",
        action="append",
        choices=CRITERIA,
        default=[],
        metavar="CRITERION",
        help="what decides first which photo stays; repeated: what decides next. One of: "
        + ", ".join(CRITERIA),
    )
    clean.add_argument(
        "--use-folder",
        action="store_true",
        help="move into a dated folder beside the photos, where a place has no trash",
    )
    clean.add_argument(
        "--no-sidecars",
        action="store_true",
        help="do not write ratings, captions, keywords and places that only a removed copy has "
        "into an XMP file beside the kept photo",
    )
    decision = clean.add_mutually_exclusive_group(required=True)
    decision.add_argument("--dry-run", action="store_true", help="only print what would happen")
    decision.add_argument("--yes", action="store_true", help="do it")
    clean.add_argument("--json", action="store_true", help="print JSON instead of a table")
    _add_analysis_options(clean)
    clean.set_defaults(run=_clean, no_taste=True)  # which copy stays is no matter of taste

    undo = commands.add_parser(
        "undo", parents=[common], help="bring back what the last clean-up moved"
    )
    undo.add_argument(
        "--batch", type=int, metavar="N", help="a certain clean-up, as named by clean --json"
    )
    undo.add_argument("--json", action="store_true", help="print JSON")
    undo.set_defaults(run=_undo)

    _add_aesthetic(
        commands.add_parser("aesthetic", help="train and choose the highlights' scorer"), common
    )

    models = commands.add_parser(
        "models", help="list, download, import and remove the CLIP models"
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = models.add_parser("list", parents=[common], help="list the models")
    listing.set_defaults(run=_models_list)
    for command, run, text in (
        ("download", _models_download, "download a model; goes on where it was interrupted"),
        ("import", _models_import, "take a checkpoint file for a model"),
        ("remove", _models_remove, "remove a model's files"),
    ):
        model = models.add_parser(command, parents=[common], help=text)
        model.add_argument("name", metavar="NAME", help="see: photo-organizer models list")
        if command == "import":
            model.add_argument("file", type=Path, metavar="FILE", help=".safetensors, .pt or .bin")
        model.set_defaults(run=run)
    return parser, set(commands.choices)


def _add_best(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--count", type=_positive, default=10, metavar="N", help="so many of each (default: 10)"
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
    _add_taste_option(parser)
    _add_analysis_options(parser)
    parser.set_defaults(run=_best)


def _add_aesthetic(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    train = commands.add_parser(
        "train", parents=[common], help="train a scorer from a list of rated photos"
    )
    _add_rated(train)
    train.add_argument("--model", default="auto", metavar="NAME", help="as of analyze")
    train.add_argument(
        "--method",
        choices=("ridge", "adam"),
        default="ridge",
        help="closed form, or gradient descent with early stopping (default: ridge)",
    )
    train.add_argument("--seed", type=int, default=0, metavar="N", help="draws the photos held out")
    train.add_argument(
        "--output", type=Path, metavar="FILE", help="default: the list's name with .safetensors"
    )
    train.set_defaults(run=_aesthetic, command="train")

    evaluate = commands.add_parser(
        "evaluate", parents=[common], help="measure a scorer on a list of rated photos"
    )
    evaluate.add_argument("scorer", type=Path, metavar="SCORER", help="what train has saved")
    _add_rated(evaluate)
    evaluate.set_defaults(run=_aesthetic, command="evaluate")

    use = commands.add_parser("use", parents=[common], help="rank with this scorer from now on")
    use.add_argument("scorer", metavar="SCORER", help="what train has saved, or the word default")
    use.set_defaults(run=_aesthetic, command="use")

    taste = commands.add_parser(
        "taste", parents=[common], help="tell how much was learned from your stars"
    )
    taste.add_argument("--model", default="auto", metavar="NAME", help="as of analyze")
    taste.add_argument("--forget", action="store_true", help="forget all stars given in the window")
    taste.set_defaults(run=_aesthetic, command="taste")


def _add_rated(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ratings",
        type=Path,
        metavar="RATINGS",
        help="CSV with the columns image and score, or a list in AVA's layout",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="BASE",
        help="where the images lie (default: beside the list)",
    )
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    parser.add_argument("--jobs", type=_positive, metavar="N", help="threads that decode")


def _add_taste_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-taste", action="store_true", help="rank without what was learned from your stars"
    )


def _add_analysis_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        default="auto",
        metavar="NAME",
        help="starter, or an installed CLIP model; auto (the default) takes the best installed",
    )
    parser.add_argument(
        "--categories",
        type=Path,
        metavar="FILE",
        help="your own categories: one keyword a line, or TOML like the built-in ones",
    )
    parser.add_argument(
        "--device",
        default="auto",
        choices=("auto", "cpu", "cuda", "mps"),
        help="where the model computes (default: auto)",
    )
    parser.add_argument(
        "--recursive",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="look into folders within folders (default)",
    )
    parser.add_argument(
        "--jobs", type=_positive, metavar="N", help="threads that decode (default: one a core)"
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="neither use nor keep what was measured before",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _cancel_on_signals() -> threading.Event:
    cancel = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if cancel.is_set():  # asked twice: the person means it
            raise KeyboardInterrupt
        cancel.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, ask)
        signal.signal(signal.SIGTERM, ask)
    return cancel


# ---------------------------------------------------------------------- window


def _open(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer import qt_libraries

    if call.demo:
        from photo_organizer.demo.album import make_demo_album
        from photo_organizer.engine.paths import data_dir

        call.folders = [make_demo_album(data_dir() / "Demo album")]
    if qt_libraries.has_display():
        if message := qt_libraries.missing_message(x11=qt_libraries.shows_on_x11()):
            raise WrongCallError(message)
        # Qt's event loop never returns to Python's signal handlers; the default ends it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        from photo_organizer import app

        return app.run(_existing(call.folders))
    if not call.demo:
        raise WrongCallError(
            "There is no display to open a window on. "
            "In a terminal use: photo-organizer analyze FOLDER"
        )
    return _demo_without_display(call.folders[0], cancel)


def _demo_without_display(folder: Path, cancel: threading.Event) -> int:
    """The demo for a terminal: the same analysis, a summary, and a picture of the window."""
    from photo_organizer import qt_libraries
    from photo_organizer.cli import terminal
    from photo_organizer.engine.analysis.run import Options

    print(f"There is no display here, so the demo album is analysed in the terminal: {folder}")
    result = _run_analysis(Options((folder,)), cancel)
    if result is None:
        return INTERRUPTED
    terminal.print_summary(result, [])
    if message := qt_libraries.missing_message(x11=False):
        print(f"No picture of the window was made: {message}")
        return OK
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from photo_organizer import app

    picture = Path("photo-organizer-demo.png").absolute()
    app.render_window([folder], picture)
    print(f"This is how the window shows it: {picture}")
    return OK


def _existing(folders: Sequence[Path]) -> list[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise WrongCallError(f"{folder} is not a folder. Give a folder with photos.")
    return [folder.absolute() for folder in folders]


# ---------------------------------------------------------------------- analyze


def _analyze(call: argparse.Namespace, cancel: threading.Event) -> int:
    target = call.json
    if target and target != "-" and not Path(target).absolute().parent.is_dir():
        raise WrongCallError(f"The folder of {target} does not exist, nothing was analysed.")
    result = _run_analysis(_options(call), cancel)
    if result is None:
        return INTERRUPTED
    if target is None:
        from photo_organizer.cli import terminal

        terminal.print_summary(result, call.only)
        return OK
    text = json.dumps(result.to_contract(call.only), ensure_ascii=False, indent=1) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        _write_whole(Path(target), text)
    return OK


def _options(
    call: argparse.Namespace, protected: Sequence[Path] = (), order: Order | None = None
) -> Options:
    """What a call of ``analyze``, ``best`` or ``clean`` asks to analyse."""
    from photo_organizer.engine.analysis.run import Options
    from photo_organizer.engine.domain.thresholds import Thresholds

    thresholds = Thresholds()
    if call.no_taste:
        thresholds = thresholds.with_change("taste.share", 0.0)
    return Options(
        folders=tuple(_existing(call.folders)),
        thresholds=thresholds,
        protected=tuple(protected),
        order=order,
        recursive=call.recursive,
        model=call.model,
        device=call.device,
        jobs=call.jobs,
        categories_file=call.categories,
        use_cache=not call.no_cache,
        partial_results=False,
    )


def _run_analysis(options: Options, cancel: threading.Event) -> Result | None:
    """Run the analysis with a progress bar; None when it was interrupted."""
    from photo_organizer.cli import terminal
    from photo_organizer.engine.analysis.events import Finished, Progress
    from photo_organizer.engine.analysis.run import analyze
    from photo_organizer.engine.categories.catalog import CategoryFileError
    from photo_organizer.engine.encoders.errors import ModelError
    from photo_organizer.engine.files.photo_files import FolderError

    try:
        with terminal.analysis_bar() as show:
            for event in analyze(options, cancel):
                if isinstance(event, Progress):
                    show(event)
                elif isinstance(event, Finished):
                    return event.result
    except (CategoryFileError, FolderError, ModelError) as error:
        raise WrongCallError(str(error)) from error
    return None


def _write_whole(target: Path, text: str) -> None:
    """Write beside the target and rename: a reader never meets half a result."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=target.absolute().parent, prefix=target.name, delete=False
    ) as file:
        file.write(text)
    Path(file.name).replace(target)


# ---------------------------------------------------------------------- best, aesthetic


def _best(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer.cli import best as output_command
    from photo_organizer.engine.export.contact_sheet import SheetError
    from photo_organizer.engine.export.copies import ExportFolderError
    from photo_organizer.engine.export.naming import TemplateError

    try:
        output_command.check(call)
    except (ExportFolderError, SheetError, TemplateError) as error:
        raise WrongCallError(str(error)) from error
    if call.link and not call.export:
        raise WrongCallError("--link needs --export DIR")
    result = _run_analysis(_options(call), cancel)
    if result is None:
        return INTERRUPTED
    return OK if output_command.carry_out(call, result, cancel) else FAILED


def _aesthetic(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer.cli import aesthetic

    try:
        return OK if aesthetic.run(call, cancel) else INTERRUPTED
    except aesthetic.WRONG as error:
        raise WrongCallError(str(error)) from error


# ---------------------------------------------------------------------- clean, undo


def _clean(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer.cli import clean as clean_command

    protected = _existing(call.protect)
    result = _run_analysis(_options(call, protected, preferring(call.prefer)), cancel)
    if result is None:
        return INTERRUPTED
    plan = clean_command.make_plan(call, result)
    if call.dry_run:
        clean_command.show_plan(plan, result, as_json=call.json)
        return OK
    all_moved = clean_command.carry_out(call, plan, cancel)
    return OK if all_moved else FAILED


def _undo(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer.cli import clean as clean_command

    return clean_command.undo(call, cancel)


# ---------------------------------------------------------------------- models


def _models_list(_call: argparse.Namespace, _cancel: threading.Event) -> int:
    from rich.console import Console
    from rich.table import Table

    from photo_organizer.cli import terminal
    from photo_organizer.engine.encoders import registry

    table = Table("Model", "Installed", "Size", "What it adds", box=None)
    for model in registry.list_models():
        table.add_row(
            model.name,
            "yes" if model.installed else "no",
            terminal.size(model.bytes) if model.bytes else "",
            model.description,
        )
    Console(highlight=False).print(table)
    return OK


def _models_download(call: argparse.Namespace, cancel: threading.Event) -> int:
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from photo_organizer.cli import terminal
    from photo_organizer.engine.encoders import registry
    from photo_organizer.engine.encoders.download import CancelledError

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=terminal.errors,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task(call.name, total=None)
        try:
            name = registry.download(
                call.name,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
                cancel=cancel,
            )
        except CancelledError:
            print("The download was stopped; the same command goes on from here.", file=sys.stderr)
            return INTERRUPTED
    print(f"{name} is installed.")
    return OK


def _models_import(call: argparse.Namespace, _cancel: threading.Event) -> int:
    from photo_organizer.engine.encoders import registry

    print(f"{registry.import_model(call.name, call.file)} is installed.")
    return OK


def _models_remove(call: argparse.Namespace, _cancel: threading.Event) -> int:
    from photo_organizer.engine.encoders import registry

    print(f"{registry.remove(call.name)} is removed.")
    return OK
