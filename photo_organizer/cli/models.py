"""``models``: lists, downloads, imports, checks and removes the CLIP models."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import terminal
from photo_organizer.cli.command import FAILED, INTERRUPTED, OK, Commands

if TYPE_CHECKING:
    from rich.progress import Progress

    from photo_organizer.engine.encoders.installed_models import ModelInfo
    from photo_organizer.engine.encoders.proofs import Proof


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command with its own commands; see `command.Command`."""
    models = commands.add_parser(
        "models", help="list, download, import, check and remove the CLIP models"
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = models.add_parser("list", parents=[common], help="list the models")
    listing.set_defaults(run=_list)
    download = models.add_parser(
        "download", parents=[common], help="download a model; goes on where it was interrupted"
    )
    _add_name(download)
    download.set_defaults(run=_download)
    importing = models.add_parser(
        "import", parents=[common], help="take a checkpoint file for a model"
    )
    _add_name(importing)
    importing.add_argument("file", type=Path, metavar="FILE", help=".safetensors, .pt or .bin")
    importing.set_defaults(run=_import)
    checking = models.add_parser(
        "check",
        parents=[common],
        help="have a model prove itself again, with pictures that come with the program",
    )
    _add_name(checking, may_lack=True)
    checking.set_defaults(run=_check)
    removing = models.add_parser("remove", parents=[common], help="remove a model's files")
    _add_name(removing)
    removing.set_defaults(run=_remove)


def _add_name(parser: argparse.ArgumentParser, *, may_lack: bool = False) -> None:
    told = "see: photo-organizer models list"
    if may_lack:
        parser.add_argument("name", nargs="?", metavar="NAME", help=f"{told} (default: all)")
    else:
        parser.add_argument("name", metavar="NAME", help=told)


def _list(_call: argparse.Namespace, _cancel: threading.Event) -> int:
    from rich.table import Table

    from photo_organizer.engine.encoders import full_program, installed_models

    listed = installed_models.list_models()
    table = Table("Model", "Installed", "Size", "What it adds", box=None)
    table.columns[0].no_wrap = True  # to be copied
    table.columns[0].min_width = max(len(model.name) for model in listed)
    for model in listed:
        table.add_row(
            model.name,
            _state(model),
            terminal.size(model.bytes) if model.bytes else "",
            _says(model),
        )
    out = terminal.output(wraps=True)
    out.print(table)
    if (adds := full_program.told("full.adds")) is not None:
        out.print()
        out.print(terminal.printable(adds.text()))
    return OK


def _state(model: ModelInfo) -> str:
    if model.damaged is not None:
        return "damaged"
    if model.refused is not None:
        return "refused"
    return "yes" if model.installed else "no"


def _says(model: ModelInfo) -> str:
    """What is wrong with a model, else what it has shown and what it is for."""
    if (wrong := model.damaged or model.refused) is not None:
        return terminal.printable(wrong.text())
    said = f"Recommended. {model.description}" if model.recommended else model.description
    if model.kind != "clip" or not model.installed:
        return said
    shown = "Not checked yet" if model.proof is None else _knows(model.proof).capitalize()
    return f"{shown}. {said}".strip()


def _knows(proof: Proof) -> str:
    return f"knows {proof.named} of {proof.pictures} test pictures"


def _download(call: argparse.Namespace, cancel: threading.Event) -> int:
    from rich.progress import DownloadColumn, TimeRemainingColumn, TransferSpeedColumn

    from photo_organizer.engine.encoders.download import CancelledError
    from photo_organizer.engine.proving import arrival

    columns = DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()
    with terminal.bar(*columns) as bar, _checking(after=bar) as tell:
        task = bar.add_task(call.name, total=None)
        try:
            name = arrival.download(
                call.name,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
                cancel=cancel,
                on_check=tell,
            )
        except CancelledError:
            print("The download was stopped; the same command goes on from here.", file=sys.stderr)
            return INTERRUPTED
    _tell_installed(name)
    return OK


def _import(call: argparse.Namespace, cancel: threading.Event) -> int:
    from photo_organizer.engine.encoders.download import CancelledError
    from photo_organizer.engine.proving import arrival

    with _checking() as tell:
        try:
            name = arrival.import_model(call.name, call.file, on_check=tell, cancel=cancel)
        except CancelledError:
            print("Stopped; nothing was installed.", file=sys.stderr)
            return INTERRUPTED
    _tell_installed(name)
    return OK


def _check(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Have one model prove itself, or all that are installed; a refused one fails the command."""
    from photo_organizer.engine import paths
    from photo_organizer.engine.encoders import installed_models
    from photo_organizer.engine.encoders.download import CancelledError
    from photo_organizer.engine.encoders.errors import ModelError
    from photo_organizer.engine.proving import arrival

    names = [call.name] if call.name else installed_models.installed_clip(paths.models_dir())
    if not names:
        print("No CLIP model is installed: there is nothing to check.")
        return OK
    out, failed = terminal.output(wraps=True), False
    for name in names:
        try:
            with _checking(name) as tell:
                proof = arrival.check_again(name, on_check=tell, cancel=cancel)
        except CancelledError:
            print("Stopped; what was known before stays.", file=sys.stderr)
            return INTERRUPTED
        except ModelError as error:
            if call.name:
                raise
            print(terminal.printable(str(error)), file=sys.stderr)
            failed = True
        else:
            out.print(terminal.printable("\n".join(_told(name, proof))))
    return FAILED if failed else OK


def _told(name: str, proof: Proof) -> list[str]:
    """What a model showed: a line each."""
    flaws = [f"{flaw} ({meaning.weight:.2f})" for flaw, meaning in proof.quality.items()]
    score = f"yes ({proof.score.weight:.2f})" if proof.score else "no"
    return [
        f"{name} {_knows(proof)}.",
        f"  Pictures and words agree: {proof.agreement:.0%} (chance: 50%)",
        f"  Belongs to a category: from a cosine of {proof.category.middle:.3f} on",
        f"  Two photos are of one kind: from a cosine of {proof.likeness.middle:.3f} on",
        f"  Flaws it tells by words: {', '.join(flaws) or 'none'}",
        f"  Scores it gives by words: {score}",
        f"  Languages it reads: {', '.join(proof.languages)}",
    ]


def _tell_installed(name: str) -> None:
    """Say so, and what it has shown."""
    from photo_organizer.engine import paths
    from photo_organizer.engine.encoders import checkpoints
    from photo_organizer.engine.encoders.model_folders import current_proof, folder_of

    folder = folder_of(paths.models_dir(), name)
    proof = current_proof(folder)
    shown = f" and {_knows(proof)}" if proof else ""
    print(f"{name} is installed{shown}.")
    if proof and (wiring := checkpoints.read_meta(folder).wiring):
        print(f"Its file does not say how it was trained; it did best with {wiring}.")


@contextmanager
def _checking(
    name: str = "the model", after: Progress | None = None
) -> Iterator[Callable[[int, int], None]]:
    """What shows on a bar how far a check is; nothing before it begins.

    Args:
        name: of what is checked.
        after: the bar of what comes first.
    """
    bar = terminal.bar()

    def tell(done: int, total: int) -> None:
        if not bar.tasks:
            if after is not None:
                after.stop()
            bar.start()
            bar.add_task(f"Checking {name}", total=total)
        bar.update(bar.tasks[0].id, completed=done, total=total)

    try:
        yield tell
    finally:
        bar.stop()


def _remove(call: argparse.Namespace, _cancel: threading.Event) -> int:
    from photo_organizer.engine.encoders import installing

    print(f"{installing.remove(call.name)} is removed.")
    return OK
