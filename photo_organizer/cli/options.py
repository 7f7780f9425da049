"""The options that several commands share, and what they ask the engine for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli.command import WrongCallError

if TYPE_CHECKING:
    from photo_organizer.engine.analysis.run import Options
    from photo_organizer.engine.domain.keeper_criteria import Order

DEVICES = ("auto", "cpu", "cuda", "mps")


def add_folders(parser: argparse.ArgumentParser) -> None:
    """Add the folders to analyse, at least one."""
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")


def add_taste_option(parser: argparse.ArgumentParser) -> None:
    """Add the option to rank without the user's taste."""
    parser.add_argument(
        "--no-taste", action="store_true", help="rank without what was learned from your stars"
    )


def add_analysis_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that analyses folders."""
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
        choices=DEVICES,
        help="where the model computes (default: auto)",
    )
    parser.add_argument(
        "--recursive",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="look into folders within folders (default)",
    )
    parser.add_argument(
        "--jobs", type=positive, metavar="N", help="threads that decode (default: one a core)"
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="neither use nor keep what was measured before",
    )


def analysis_options(
    call: argparse.Namespace,
    *,
    takes_taste: bool,
    protected: Sequence[Path] = (),
    order: Order | None = None,
) -> Options:
    """What a call with the analysis options asks to analyse.

    Args:
        call: the parsed call.
        takes_taste: whether what was learned from the user's stars ranks the photos.
        protected: folders whose photos stay.
        order: criteria that choose keepers; None: the shipped ones.

    Raises:
        WrongCallError: a folder is not there.
    """
    from photo_organizer.engine.analysis.run import Options
    from photo_organizer.engine.domain.thresholds import Thresholds

    thresholds = Thresholds()
    if not takes_taste:
        thresholds = thresholds.with_change("taste.share", 0.0)
    return Options(
        folders=tuple(existing_folders(call.folders)),
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


def existing_folders(folders: Sequence[Path]) -> list[Path]:
    """The folders as whole paths.

    Raises:
        WrongCallError: one of them is not there, or is not a folder.
    """
    for folder in folders:
        if not folder.is_dir():
            raise WrongCallError(f"{folder} is not a folder. Give a folder with photos.")
    return [folder.absolute() for folder in folders]


def positive(text: str) -> int:
    """A number from 1 on, as the type of an option."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
