"""Runs an analysis for a command, with a progress bar on a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from photo_organizer.cli import computers, terminal
from photo_organizer.cli.command import WrongCallError
from photo_organizer.engine.analysis.events import Finished, Progress, Stage
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.categories.catalog import CategoryFileError
from photo_organizer.engine.domain.computers import Cluster
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.encoders.errors import ModelError, ServiceError
from photo_organizer.engine.files.photo_files import FolderError


def run_analysis(
    options: Options, cancel: threading.Event, others: computers.Others | None = None
) -> Result | None:
    """Analyse folders of photos; None when it was interrupted.

    Args:
        options: what to analyse, and how.
        cancel: interrupts it.
        others: computers that look into photos, too.

    Raises:
        WrongCallError: a folder, the model or the file of categories cannot be used, or the other
            computers cannot be asked.
        ServiceError: a service on another computer does not do what is needed.
    """
    finished = finish_analysis(options, cancel, others)
    return finished.result if finished else None


def finish_analysis(
    options: Options, cancel: threading.Event, others: computers.Others | None = None
) -> Finished | None:
    """Like `run_analysis`, for who needs the facts too.

    Raises:
        WrongCallError: see there.
        ServiceError: see there.
    """
    finished = None
    telling = computers.Telling()
    try:
        with computers.joined(others, options.folders) as together, progress_bar() as show:
            for event in analyze(options, cancel, computers=together):
                if isinstance(event, Progress):
                    show(event)
                    telling.note(event.cluster)
                elif isinstance(event, Finished):
                    finished = event
    except ServiceError:
        raise  # the call was right
    except (CategoryFileError, FolderError, ModelError) as error:
        raise WrongCallError(str(error)) from error
    telling.sum_up()
    return finished


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar with rate and time left while on a terminal; silent when piped."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as ProgressBar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
    )
    with ProgressBar(*columns, console=terminal.errors(wraps=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None, speed="")

        def update(progress: Progress) -> None:
            speed = f"{progress.rate:.0f} photos/s" if progress.rate else ""
            if progress.seconds_left is not None:
                speed += f", {terminal.duration(progress.seconds_left)} left"
            title = _title(progress.stage)
            title += on_computers(progress.cluster)
            if progress.compared is not None:
                title += f" ({progress.percent} %)"
            bar.update(
                task,
                description=title,
                completed=progress.done,
                total=progress.total or None,
                speed=speed,
            )

        yield update


def on_computers(cluster: Cluster | None) -> str:
    """On how many other computers something is done: " on 3 computers", or nothing."""
    count = computers.working(cluster)
    return f" on {count} computer{'s' if count > 1 else ''}" if count else ""


def _title(stage: Stage) -> str:
    match stage:
        case Stage.READING:
            title = "Reading folders"
        case Stage.LOADING:
            title = "Loading the model"
        case Stage.CHECKING:
            title = "Checking the model, once"
        case Stage.ANALYSING:
            title = "Analysing"
        case Stage.FACES:
            title = "Looking for faces"
        case Stage.COMPARING:
            title = "Comparing"
        case Stage.JUDGING:
            title = "Judging"
    return title
