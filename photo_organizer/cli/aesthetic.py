"""``aesthetic``: trains, measures and chooses the scorer behind the highlights."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import options, terminal
from photo_organizer.cli.command import INTERRUPTED, OK, Commands, WrongCallError
from photo_organizer.cli.preferences import preferences

if TYPE_CHECKING:
    from rich.table import Table

    from photo_organizer.engine.encoders.protocols import Encoder
    from photo_organizer.engine.highlights.fitting import Agreement
    from photo_organizer.engine.highlights.rated_lists import RatedList
    from photo_organizer.engine.highlights.training import RatedEmbeddings

DEFAULT = "default"
"""In place of a file: the scorer that comes with the model."""


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command with its own commands; see `command.Command`."""
    own = commands.add_parser(
        "aesthetic", help="train and choose the highlights' scorer"
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    training = own.add_parser(
        "train", parents=[common], help="train a scorer from a list of rated photos"
    )
    _add_rated(training)
    options.add_model_option(training)
    training.add_argument(
        "--method",
        choices=("ridge", "adam"),
        default="ridge",
        help="closed form, or gradient descent with early stopping, which only the full program "
        "has (default: ridge)",
    )
    training.add_argument(
        "--seed", type=int, default=0, metavar="N", help="draws the photos held out"
    )
    training.add_argument(
        "--output", type=Path, metavar="FILE", help="default: the list's name with .safetensors"
    )
    training.set_defaults(run=run, work=_train)

    measuring = own.add_parser(
        "evaluate", parents=[common], help="measure a scorer on a list of rated photos"
    )
    measuring.add_argument("scorer", type=Path, metavar="SCORER", help="what train has saved")
    _add_rated(measuring)
    measuring.set_defaults(run=run, work=_evaluate)

    using = own.add_parser("use", parents=[common], help="rank with this scorer from now on")
    using.add_argument("scorer", metavar="SCORER", help="what train has saved, or the word default")
    using.set_defaults(run=run, work=_use)

    taste = own.add_parser(
        "taste", parents=[common], help="tell how much was learned from your stars"
    )
    options.add_model_option(taste)
    taste.add_argument("--forget", action="store_true", help="forget all stars given in the window")
    taste.set_defaults(run=run, work=_tell_taste)


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
    options.add_device_option(parser)
    parser.add_argument("--jobs", type=options.positive, metavar="N", help="threads that decode")


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Do what the call's own command says; the exit status.

    Raises:
        WrongCallError: the list, the scorer or the model cannot be used.
    """
    from photo_organizer.engine.encoders.errors import ModelError, ServiceError
    from photo_organizer.engine.highlights.rated_lists import RatedListError
    from photo_organizer.engine.highlights.training import TrainingError

    try:
        status: int = call.work(call, cancel)
    except ServiceError:
        raise  # the call was right
    except (ModelError, RatedListError, TrainingError) as error:
        raise WrongCallError(str(error)) from error
    return status


def _train(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Train a scorer, print how good it is, write it to a file."""
    from photo_organizer.engine.highlights import training
    from photo_organizer.engine.highlights.rated_lists import RatedListError, read_rated_list
    from photo_organizer.engine.proving import opening

    target = (call.output or Path(f"{call.ratings.stem}.safetensors")).absolute()
    if target.exists():
        raise RatedListError("ratings.exists", file=str(target))
    if not target.parent.is_dir():
        raise RatedListError("ratings.no_folder", file=str(target))
    ratings = read_rated_list(call.ratings, call.folder)
    chosen = preferences(model=call.model, device=call.device)
    options.tell_what_is_sent(chosen.model)
    encoder = opening.open_encoder(chosen.model, chosen.device, cancel=cancel)
    rated = _embedded(call.ratings, ratings, encoder, cancel, call.jobs)
    if rated is None:
        return INTERRUPTED
    trained = training.train(
        rated,
        encoder,
        name=target.stem,
        low=ratings.low,
        high=ratings.high,
        method=call.method,
        seed=call.seed,
    )
    trained.head.save(target)
    out = terminal.output()
    out.print(
        f"Trained on {trained.photos} photos for {terminal.printable(encoder.name)}; "
        f"measured on {trained.agreement.photos} others:"
    )
    out.print(_table(trained.agreement))
    out.print(f"Saved as {terminal.printable(target)}")
    out.print(f"Rank with it: photo-organizer aesthetic use {terminal.printable(target)}")
    return OK


def _evaluate(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Print how well a scorer agrees with a list of ratings."""
    from photo_organizer.engine.encoders.heads import LinearHead
    from photo_organizer.engine.highlights import training
    from photo_organizer.engine.highlights.rated_lists import read_rated_list
    from photo_organizer.engine.proving import opening

    head = LinearHead.load(call.scorer)
    ratings = read_rated_list(call.ratings, call.folder)
    encoder = opening.open_encoder(head.encoder, preferences(device=call.device).device)
    head.check(encoder)
    rated = _embedded(call.ratings, ratings, encoder, cancel, call.jobs)
    if rated is None:
        return INTERRUPTED
    out = terminal.output()
    out.print(f"{terminal.printable(head.version)} on {len(ratings.rows)} photos:")
    out.print(_table(training.evaluate(head, rated)))
    return OK


def _use(call: argparse.Namespace, _cancel: threading.Event) -> int:
    """Rank with a scorer from a file from now on, or with the one that comes with the model."""
    from photo_organizer.engine.encoders import chosen_heads

    out = terminal.output()
    if call.scorer != DEFAULT:
        head = chosen_heads.use_head(Path(call.scorer))
        encoder, version = terminal.printable(head.encoder), terminal.printable(head.version)
        out.print(f"Highlights with {encoder}: {version}")
        return OK
    names = ", ".join(chosen_heads.use_default_heads()) or "it was in use"
    out.print(f"Back to the default: {terminal.printable(names)}")
    return OK


def _tell_taste(call: argparse.Namespace, _cancel: threading.Event) -> int:
    """Print what was learned from stars, or forget them."""
    from photo_organizer.engine import paths
    from photo_organizer.engine.encoders.offered_models import STARTER
    from photo_organizer.engine.encoders.opening import stand_in
    from photo_organizer.engine.highlights import taste
    from photo_organizer.engine.proving import opening
    from photo_organizer.engine.storage.store import Store

    out = terminal.output()
    with Store(paths.store_path()) as store:
        if call.forget:
            out.print(f"{store.forget_ratings()} ratings are forgotten.")
            return OK
        stars = store.decisions().ratings
        model = preferences(model=call.model).model
        if (why := stand_in(model)) is not None:
            out.print(terminal.printable(why.text()))
            model = STARTER
        encoder = opening.open_encoder(model)
        vectors = store.embeddings(list(stars), encoder.name, encoder.version, encoder.dimension)
    out.print(terminal.printable(taste.learn(stars, vectors).reason().text()))
    return OK


def _embedded(
    file: Path, ratings: RatedList, encoder: Encoder, cancel: threading.Event, jobs: int | None
) -> RatedEmbeddings | None:
    """The rated photos with their embeddings; None when interrupted."""
    import numpy as np

    from photo_organizer.cli.running import progress_bar
    from photo_organizer.engine import paths
    from photo_organizer.engine.analysis import embedding
    from photo_organizer.engine.analysis.embedding import Embedded
    from photo_organizer.engine.analysis.events import Progress
    from photo_organizer.engine.highlights.rated_lists import BadLine, RatedListError
    from photo_organizer.engine.highlights.training import RatedEmbeddings

    files = [rating.path for rating in ratings.rows]
    done: Embedded | None = None
    with progress_bar() as show:
        for event in embedding.embed(files, encoder, paths.store_path(), cancel, jobs=jobs):
            if isinstance(event, Progress):
                show(event)
            elif isinstance(event, Embedded):
                done = event
    if done is None:
        return None
    if done.skipped:
        problems = [
            BadLine(rating.row, rating.path.name, done.skipped[rating.path])
            for rating in ratings.rows
            if rating.path in done.skipped
        ]
        raise RatedListError(
            "ratings.photos", count=len(problems), file=str(file), problems=problems
        )
    return RatedEmbeddings(
        [done.contents[path] for path in files],
        np.stack([done.vectors[path] for path in files]),
        np.array([rating.score for rating in ratings.rows]),
    )


def _table(seen: Agreement) -> Table:
    from rich.table import Table

    table = Table("", "Scorer", "Mean rating alone", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("Spearman", f"{seen.spearman:.3f}", "–")
    table.add_row("Pearson", f"{seen.pearson:.3f}", "–")
    table.add_row("Mean squared error", f"{seen.mse:.4f}", f"{seen.baseline_mse:.4f}")
    return table
