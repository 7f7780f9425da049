"""``cluster``: several computers look at the photos of one library."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import computers, options, terminal
from photo_organizer.cli.command import OK, Commands, WrongCallError

if TYPE_CHECKING:
    from photo_organizer.engine.cluster.serving import Serving, ServingEvent
    from photo_organizer.engine.cluster.working import WorkingEvent


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command with its own commands; see `command.Command`."""
    cluster = commands.add_parser(
        "cluster",
        help="have several computers look at the photos of one library",
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_serve(cluster, common)
    _add_work(cluster, common)


def _add_serve(commands: Commands, common: argparse.ArgumentParser) -> None:
    serve = commands.add_parser(
        "serve",
        parents=[common],
        help="hand out the photos of a folder to computers that join",
        description="Hands out the photos of a folder to computers that join, until Ctrl+C. It "
        "looks at no photo itself, and changes none. An analysis asks it with: photo-organizer "
        "analyze FOLDER --cluster ADDRESS",
    )
    serve.add_argument("folder", type=Path, metavar="FOLDER", help="the library")
    serve.add_argument(
        "--host",
        default="",
        metavar="NAME",
        help="name or number of this computer on which it listens (default: all that it has)",
    )
    _add_port(serve, default=None, told="where it listens (default: 8786)")
    computers.add_certificate(serve, "the certificate; made where it is not")
    computers.add_plain(serve)
    serve.set_defaults(run=_serve)


def _add_work(commands: Commands, common: argparse.ArgumentParser) -> None:
    work = commands.add_parser(
        "work",
        parents=[common],
        help="look at photos for another computer",
        description="Looks at photos for whoever asks the coordinator, until Ctrl+C. Photos are "
        "only read, and what is found out goes to the computer that asked.",
    )
    work.add_argument(
        "address", metavar="ADDRESS", help="of the coordinator, as cluster serve prints it"
    )
    work.add_argument(
        "--root",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="the folder of this computer that is the coordinator's library",
    )
    work.add_argument(
        "--jobs",
        type=options.positive,
        metavar="N",
        help="threads that decode (default: one a core)",
    )
    options.add_device_option(work)
    work.add_argument(
        "--name", metavar="NAME", help="what others call this computer (default: its own name)"
    )
    _add_port(work, default=0, told="where the coordinator reaches this one (default: any free)")
    computers.add_certificate(work, "the certificate that cluster serve made")
    computers.add_plain(work)
    work.set_defaults(run=_work)


def _add_port(parser: argparse.ArgumentParser, *, default: int | None, told: str) -> None:
    parser.add_argument("--port", type=_port, default=default, metavar="N", help=told)


def _port(text: str) -> int:
    """The number of a port, as the type of an option; 0 means any that is free."""
    number = int(text)
    if not 0 <= number < 2**16:
        raise argparse.ArgumentTypeError("must be between 0 and 65535")
    return number


# ---------------------------------------------------------------------- serve


def _serve(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Serve until the person stops it; the exit status."""
    from photo_organizer.engine.cluster.serving import serve
    from photo_organizer.engine.domain.computers import PORT

    (folder,) = options.existing_folders([call.folder])
    with _wrong_calls():
        for event in serve(
            folder,
            cancel,
            host=call.host,
            port=PORT if call.port is None else call.port,
            certificate=_absolute(call.certificate),
            plain=call.plain,
        ):
            _tell_of_serving(event, folder, call.certificate)
    return OK


def _tell_of_serving(event: ServingEvent, folder: Path, certificate: Path | None) -> None:
    from photo_organizer.engine.cluster import serving

    match event:
        case serving.Serving():
            _say("\n".join(_how_to_join(event, folder, named=certificate is not None)))
            if event.warning is not None:
                _warn(event.warning.text())
        case serving.CameIn():
            _say_now(f"{event.name} joined ({event.address}).")
        case serving.WentAway():
            _say_now(f"{event.name} left ({event.address}).")
        case serving.Pace():
            _say_now(f"{event.photos} photos looked at, {event.rate:.1f} photos/s.")


def _how_to_join(serving: Serving, folder: Path, *, named: bool) -> Iterator[str]:
    """What to do on the other computers, line by line."""
    address, *others = serving.addresses
    more = f" --certificate {_quoted(serving.certificate)}" if named else ""
    plain = " --plain" if serving.certificate is None and not serving.is_loopback else ""
    yield f"Computers can join at {address}, until Ctrl+C here."
    if others:
        yield f"Where the network does not know that name: {', '.join(others)}"
    yield ""
    yield "On each computer that shall look at photos, with the same folder as it is called there:"
    yield f"    photo-organizer cluster work {address} --root FOLDER{more}{plain}"
    yield "To analyse, here or on a computer that sees the folder, too:"
    yield f"    photo-organizer analyze {_quoted(folder)} --cluster {address}{more}{plain}"
    yield ""
    if serving.certificate is None:
        yield "Nothing is encrypted: whoever reaches this port can run any program on all of them."
        return
    made = "The certificate was made" if serving.is_new else "The certificate lies"
    yield f"{made} at {serving.certificate}"
    yield (
        "Copy it to the program's folder of each computer, or name it there with --certificate. "
        "Whoever has it can take part and run programs on all of them; nobody else can connect."
    )
    yield ""


# ---------------------------------------------------------------------- work


def _work(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Work until the person stops it; the exit status."""
    from photo_organizer.cli.preferences import preferences
    from photo_organizer.engine.cluster import certificates
    from photo_organizer.engine.cluster.working import work

    (root,) = options.existing_folders([call.root])
    certificate = _absolute(call.certificate)
    with _wrong_calls():
        events = work(
            call.address,
            root,
            cancel,
            name=call.name,
            jobs=call.jobs,
            device=preferences(device=call.device).device,
            certificate=certificate,
            plain=call.plain,
            port=call.port,
        )
        warning = certificates.readable_by_others(certificate or certificates.usual_path())
        if warning is not None:
            _warn(warning.text())
        for event in events:
            _tell_of_working(event)
    return OK


def _tell_of_working(event: WorkingEvent) -> None:
    from photo_organizer.engine.cluster import working

    match event:
        case working.Joined():
            _say_now(f"Joined {event.coordinator}. Photos are looked at when somebody analyses.")
        case working.Looked():
            _say_now(f"{event.photos} photos looked at, {event.rate:.1f} photos/s.")
        case working.NotReached() | working.NotCalled() | working.Lost():
            _warn(event.why.text())


# ---------------------------------------------------------------------- both


@contextmanager
def _wrong_calls() -> Iterator[None]:
    """What is wrong with an address, a certificate or a root is wrong with the call."""
    from photo_organizer.engine.domain.reasons import SpokenError

    try:
        yield
    except SpokenError as error:
        raise WrongCallError(terminal.readable(error)) from error


def _absolute(path: Path | None) -> Path | None:
    return path.absolute() if path is not None else None


def _quoted(path: Path | None) -> str:
    """A path to be copied into a command."""
    text = str(path)
    return f'"{text}"' if " " in text else text


def _say_now(text: str) -> None:
    """Say something with the time of day: such a command runs for days."""
    _say(f"{time.strftime('%H:%M:%S')}  {text}")


def _say(text: str) -> None:
    print(terminal.readable(text), flush=True)


def _warn(text: str) -> None:
    print(terminal.readable(text), file=sys.stderr, flush=True)
