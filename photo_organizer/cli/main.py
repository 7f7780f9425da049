"""``photo-organizer [FOLDER…]`` opens the window; ``photo-organizer COMMAND`` works without one."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from photo_organizer import __version__
from photo_organizer.cli import (
    aesthetic,
    analyze,
    best,
    clean,
    cluster,
    find,
    flows,
    library,
    models,
    terminal,
    undo,
    window,
)
from photo_organizer.cli.command import FAILED, INTERRUPTED, WRONG_CALL, Command, WrongCallError
from photo_organizer.engine.domain.reasons import Reason, SpokenError

COMMANDS: tuple[Command, ...] = (
    window,
    analyze,
    find,
    flows,
    best,
    clean,
    undo,
    library,
    cluster,
    aesthetic,
    models,
)
"""All commands, in the order of the help."""


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit status: 0 finished (skipped files included), 1 failed, 2 wrong call,
        130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser, names = _parser()
    if not (words and (words[0] in names or words[0] in ("-h", "--help", "--version"))):
        words.insert(0, window.NAME)
    call = parser.parse_args(words)
    logging.basicConfig(level=logging.INFO if call.verbose else logging.ERROR)
    cancel = _cancel_on_signals()
    try:
        status = _run(call, cancel)
    except WrongCallError as error:
        print(f"photo-organizer: {error}", file=sys.stderr)
        return WRONG_CALL
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        # The boundary to the person: one line; the traceback only for those who ask for it.
        print(f"photo-organizer: {_told(error)}", file=sys.stderr)
        logging.getLogger(__name__).info("Traceback:", exc_info=True)
        return FAILED
    return INTERRUPTED if cancel.is_set() else status


def _run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Run a command; what happens to the store meanwhile is told beside its result."""
    from photo_organizer.engine.storage import home, rescue

    def tell(reason: Reason) -> None:
        print(terminal.readable(reason), file=sys.stderr)

    if (reason := home.prepare()) is not None:
        tell(reason)
    with rescue.telling(tell):
        status: int = call.run(call, cancel)
    return status


def _told(error: Exception) -> str:
    """What a person is told of an error that ended the command."""
    if isinstance(error, SpokenError):
        return terminal.readable(error)
    import sqlite3  # not for help, nor for a call in a wrong form

    from photo_organizer.engine.storage import failure

    if isinstance(error, sqlite3.Error):
        return str(Reason("store.failed", why=failure.why(error)))
    if isinstance(error, OSError) and error.strerror:
        return terminal.readable(": ".join(filter(None, (error.filename, error.strerror))))
    return terminal.readable(error) or type(error).__name__


class _Parser(argparse.ArgumentParser):
    """Options may stand between folders: ``find night --like PHOTO FOLDER``."""

    _within = False

    def parse_known_args(  # type: ignore[no-untyped-def]
        self, args=None, namespace=None
    ):
        """See `argparse.ArgumentParser`, which would take no folder behind an option."""
        if self._within or "--" in (args or ()):  # behind it there are no options
            return super().parse_known_args(args, namespace)
        self._within = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        except TypeError:  # it has commands of its own, which sort their words themselves
            return super().parse_known_args(args, namespace)
        finally:
            self._within = False


def _parser() -> tuple[argparse.ArgumentParser, set[str]]:
    """The parser of all commands, and their names."""
    parser = argparse.ArgumentParser(
        prog="photo-organizer",
        description="Sorts photos into categories, duplicates, highlights and low quality, on this "
        "computer only. Without a command it opens the window.",
        epilog="Try it: photo-organizer --demo. Help on a command: photo-organizer COMMAND --help",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--verbose", action="store_true", help="print what happens inside")
    kind: type[argparse.ArgumentParser] = _Parser
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=kind
    )
    for command in COMMANDS:
        command.add_to(commands, common)
    return parser, set(commands.choices)


def _cancel_on_signals() -> threading.Event:
    """An event that is set once the person or the system asks the command to stop."""
    cancel = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if cancel.is_set():  # asked twice: the person means it
            raise KeyboardInterrupt
        cancel.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, ask)
        signal.signal(signal.SIGTERM, ask)
    return cancel
