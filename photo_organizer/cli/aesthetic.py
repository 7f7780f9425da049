"""The commands that train, measure and choose the scorer behind the highlights."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from photo_organizer.cli import terminal
from photo_organizer.engine import paths
from photo_organizer.engine.analysis import embedding
from photo_organizer.engine.analysis.embedding import Embedded
from photo_organizer.engine.analysis.events import Progress
from photo_organizer.engine.encoders import Encoder, registry
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.highlights import taste, training
from photo_organizer.engine.highlights.fitting import Agreement
from photo_organizer.engine.highlights.rated_lists import (
    BadLine,
    RatedList,
    RatedListError,
    read_rated_list,
)
from photo_organizer.engine.highlights.training import RatedEmbeddings, TrainingError
from photo_organizer.engine.storage.store import Store

DEFAULT = "default"
"""In place of a file: the scorer that comes with the model."""

WRONG = (ModelError, RatedListError, TrainingError)
"""What a call raises that has to be changed."""


def run(call: argparse.Namespace, cancel: threading.Event) -> bool:
    """Run the command that the call names; False when interrupted."""
    match call.command:
        case "train":
            return train(call, cancel)
        case "evaluate":
            return evaluate(call, cancel)
        case "use":
            use(call)
        case _:
            tell_taste(call)
    return True


def train(call: argparse.Namespace, cancel: threading.Event) -> bool:
    """Train a scorer, print how good it is, write it to a file; False when interrupted.

    Raises:
        RatingsError: the list cannot be used.
        TrainingError: the list teaches nothing.
        ModelError: the model cannot be used.
    """
    target = (call.output or Path(f"{call.ratings.stem}.safetensors")).absolute()
    if target.exists():
        raise RatedListError(f"{target} exists already: choose another name with --output")
    if not target.parent.is_dir():
        raise RatedListError(f"The folder of {target} does not exist")
    ratings = read_rated_list(call.ratings, call.folder)
    encoder = registry.open_encoder(call.model, call.device)
    rated = _embedded(call.ratings, ratings, encoder, cancel, call.jobs)
    if rated is None:
        return False
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
    out = _console()
    out.print(
        f"Trained on {trained.photos} photos for {escape(encoder.name)}; "
        f"measured on {trained.agreement.photos} others:"
    )
    out.print(_table(trained.agreement))
    out.print(f"Saved as {terminal.printable(str(target))}")
    out.print(f"Rank with it: photo-organizer aesthetic use {terminal.printable(str(target))}")
    return True


def evaluate(call: argparse.Namespace, cancel: threading.Event) -> bool:
    """Print how well a scorer agrees with a list of ratings; False when interrupted.

    Raises:
        RatingsError: the list cannot be used.
        ModelError: the scorer or its model cannot be used.
    """
    head = LinearHead.load(call.scorer)
    ratings = read_rated_list(call.ratings, call.folder)
    encoder = registry.open_encoder(head.encoder, call.device)
    head.check(encoder)
    rated = _embedded(call.ratings, ratings, encoder, cancel, call.jobs)
    if rated is None:
        return False
    out = _console()
    out.print(f"{escape(head.version)} on {len(ratings.rows)} photos:")
    out.print(_table(training.evaluate(head, rated)))
    return True


def use(call: argparse.Namespace) -> None:
    """Rank with a scorer from a file from now on, or with the one that comes with the model.

    Raises:
        ModelError: the scorer cannot be used.
    """
    if call.scorer != DEFAULT:
        head = registry.use_head(Path(call.scorer))
        _console().print(f"Highlights with {escape(head.encoder)}: {escape(head.version)}")
        return
    names = registry.use_default_heads()
    _console().print(f"Back to the default: {escape(', '.join(names) or 'it was in use')}")


def tell_taste(call: argparse.Namespace) -> None:
    """Print what was learned from stars, or forget them.

    Raises:
        ModelError: the model cannot be used.
    """
    with Store(paths.store_path()) as store:
        if call.forget:
            _console().print(f"{store.forget_ratings()} ratings are forgotten.")
            return
        stars = store.decisions().ratings
        encoder = registry.open_encoder(call.model)
        vectors = store.embeddings(list(stars), encoder.name, encoder.version)
    _console().print(escape(taste.learn(stars, vectors).reason().text()))


def _embedded(
    file: Path, ratings: RatedList, encoder: Encoder, cancel: threading.Event, jobs: int | None
) -> RatedEmbeddings | None:
    """The rated photos with their embeddings; None when interrupted."""
    files = [rating.path for rating in ratings.rows]
    done: Embedded | None = None
    with terminal.analysis_bar() as show:
        store = paths.store_path()
        for event in embedding.embed(files, encoder, store, cancel, jobs=jobs):
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
        raise RatedListError(f"{len(problems)} photos of {file} cannot be read:", problems)
    return RatedEmbeddings(
        [done.contents[path] for path in files],
        np.stack([done.vectors[path] for path in files]),
        np.array([rating.score for rating in ratings.rows]),
    )


def _table(seen: Agreement) -> Table:
    table = Table("", "Scorer", "Mean rating alone", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("Spearman", f"{seen.spearman:.3f}", "–")
    table.add_row("Pearson", f"{seen.pearson:.3f}", "–")
    table.add_row("Mean squared error", f"{seen.mse:.4f}", f"{seen.baseline_mse:.4f}")
    return table


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False, soft_wrap=True)
