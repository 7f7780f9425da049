"""The options that several commands share, and what they ask the engine for."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import computers, terminal
from photo_organizer.cli.command import WrongCallError
from photo_organizer.engine.files.folders import is_there

if TYPE_CHECKING:
    from photo_organizer.engine.analysis.run import Options
    from photo_organizer.engine.domain.preferences import Preferences

DEVICES = ("auto", "cpu", "cuda", "mps")


def add_folders(parser: argparse.ArgumentParser) -> None:
    """Add the folders to analyse, at least one."""
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")


def add_taste_option(parser: argparse.ArgumentParser) -> None:
    """Add the option to rank without the user's taste."""
    parser.add_argument(
        "--no-taste", action="store_true", help="rank without what was learned from your stars"
    )


def add_model_option(parser: argparse.ArgumentParser) -> None:
    """Add the options to use a certain model, here or elsewhere; None where none is asked for."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--model",
        metavar="NAME",
        help="starter, or an installed CLIP model; auto takes the best installed (default: the one "
        "chosen in the window, else auto)",
    )
    group.add_argument(
        "--encoder",
        dest="model",
        type=remote_model,
        metavar="immich:URL/MODEL",
        help="a CLIP model of a machine-learning service of Immich, say "
        "immich:http://nas:3003/ViT-B-32-SigLIP2-256__webli: reduced pictures of your photos (no "
        "names, dates or places) and the words to look for are sent there; nothing is unless you "
        "ask for it",
    )


def add_device_option(parser: argparse.ArgumentParser) -> None:
    """Add the option to compute on a certain device; None where none is asked for."""
    parser.add_argument(
        "--device",
        choices=DEVICES,
        help="where the model computes (default: as chosen in the window, else auto)",
    )


def add_analysis_options(parser: argparse.ArgumentParser, *, faces: bool = True) -> None:
    """Add the options of every command that analyses folders.

    Args:
        parser: of the command.
        faces: the command looks for faces.
    """
    add_model_option(parser)
    parser.add_argument(
        "--categories",
        type=Path,
        metavar="FILE",
        help="your own categories: one keyword a line, or TOML like the built-in ones",
    )
    add_device_option(parser)
    parser.add_argument(
        "--recursive",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="look into folders within folders (default)",
    )
    parser.add_argument(
        "--jobs", type=positive, metavar="N", help="threads that decode (default: one a core)"
    )
    parser.set_defaults(no_faces=False)
    if faces:
        parser.add_argument(
            "--no-faces",
            action="store_true",
            help="look for no faces, and remove what was stored about any",
        )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="neither use nor keep what was measured before",
    )
    computers.add_options(parser)


def start_ahead(call: argparse.Namespace) -> None:
    """Start the processes that decode while the rest is loaded, where nothing is known yet.

    Args:
        call: a parsed call with the analysis options.
    """
    from photo_organizer.engine import paths

    if call.cluster not in (None, computers.OFF):
        return  # others do that
    if call.no_cache or not paths.store_path().exists():
        from photo_organizer.engine.isolation.pool import processes

        processes().warm_up(call.jobs or os.cpu_count() or 1)


def analysis_options(call: argparse.Namespace, chosen: Preferences) -> Options:
    """What a call with the analysis options asks to analyse.

    Args:
        call: the parsed call.
        chosen: what it follows, its own flags among them.

    Raises:
        WrongCallError: a folder is not there.
    """
    from photo_organizer.engine.analysis.run import Options

    folders = existing_folders(call.folders)
    _tell_left_out(folders, chosen)
    tell_what_is_sent(chosen.model)
    return replace(
        Options.following(chosen, folders),
        recursive=call.recursive,
        jobs=call.jobs,
        categories_file=call.categories,
        faces=chosen.faces and not call.no_faces,
        use_cache=not call.no_cache,
        partial_results=False,
    )


def tell_what_is_sent(model: str) -> None:
    """Say on standard error what leaves this computer, before it does; mostly nothing.

    Args:
        model: what a command will open.

    Raises:
        WrongCallError: it is the name of a model elsewhere that does not tell where.
    """
    from photo_organizer.engine.encoders import remote_names
    from photo_organizer.engine.encoders.errors import ModelError

    if not remote_names.is_remote(model):
        return
    try:
        asked = remote_names.parse(model)
    except ModelError as error:
        raise WrongCallError(str(error)) from error
    said = (
        "Reduced pictures of photos that are new to it (no names, dates or places) and the words "
        f"to look for are sent to {asked.place}."
    )
    if not asked.encrypted and remote_names.leaves_the_network(asked):
        said += " They are not encrypted on the way there: https would do that."
    terminal.errors().print(terminal.printable(said))


def _tell_left_out(folders: Sequence[Path], chosen: Preferences) -> None:
    """Say of which folders no photo will be analysed, though they were asked for."""
    left_out = [Path(os.path.realpath(excluded)) for excluded in chosen.excluded]
    for folder in folders:
        real = Path(os.path.realpath(folder))
        if any(real.is_relative_to(excluded) for excluded in left_out):
            name = terminal.printable(folder)
            said = f"{name} is left out of every analysis: see the settings of the window, Folders."
            terminal.errors().print(said)


def existing_folders(folders: Sequence[Path]) -> list[Path]:
    """The folders as whole paths without "..", as photos in them are called.

    Raises:
        WrongCallError: one of them is not there, or is not a folder.
    """
    for folder in folders:
        if not is_there(folder):
            raise WrongCallError(f"{folder} is not a folder. Give a folder with photos.")
    return [_whole(folder) for folder in folders]


def _whole(folder: Path) -> Path:
    called = Path(os.path.abspath(folder))  # noqa: PTH100 - keeps links
    # After a link ".." leads up from where the link leads to; the shorter name may mean another.
    same = is_there(called) and called.samefile(folder)
    return called if same else Path(os.path.realpath(folder))


def remote_model(text: str) -> str:
    """The name of a model of another computer, as the type of an option."""
    from photo_organizer.engine.encoders import remote_names
    from photo_organizer.engine.encoders.errors import ModelError

    try:
        remote_names.parse(text)
    except ModelError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def positive(text: str) -> int:
    """A number from 1 on, as the type of an option."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
