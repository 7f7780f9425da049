"""``models``: lists, downloads, imports and removes the CLIP models."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import terminal
from photo_organizer.cli.command import INTERRUPTED, OK, Commands

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.installed_models import ModelInfo


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command with its own commands; see `command.Command`."""
    models = commands.add_parser(
        "models", help="list, download, import and remove the CLIP models"
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
    removing = models.add_parser("remove", parents=[common], help="remove a model's files")
    _add_name(removing)
    removing.set_defaults(run=_remove)


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="see: photo-organizer models list")


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
            "damaged" if model.damaged else "yes" if model.installed else "no",
            terminal.size(model.bytes) if model.bytes else "",
            _says(model),
        )
    out = terminal.output(wraps=True)
    out.print(table)
    if (adds := full_program.told("full.adds")) is not None:
        out.print()
        out.print(terminal.printable(adds.text()))
    return OK


def _says(model: ModelInfo) -> str:
    if model.damaged is not None:
        return model.damaged.text()
    return f"Recommended. {model.description}" if model.recommended else model.description


def _download(call: argparse.Namespace, cancel: threading.Event) -> int:
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from photo_organizer.engine.encoders import installing
    from photo_organizer.engine.encoders.download import CancelledError

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=terminal.errors(wraps=True),
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task(call.name, total=None)
        try:
            name = installing.download(
                call.name,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
                cancel=cancel,
            )
        except CancelledError:
            print("The download was stopped; the same command goes on from here.", file=sys.stderr)
            return INTERRUPTED
    print(f"{name} is installed.")
    return OK


def _import(call: argparse.Namespace, _cancel: threading.Event) -> int:
    from photo_organizer.engine.encoders import installing

    print(f"{installing.import_model(call.name, call.file)} is installed.")
    return OK


def _remove(call: argparse.Namespace, _cancel: threading.Event) -> int:
    from photo_organizer.engine.encoders import installing

    print(f"{installing.remove(call.name)} is removed.")
    return OK
