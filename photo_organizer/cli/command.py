"""What every command is: its form, its exit statuses, and the error of a wrong call."""

from __future__ import annotations

import argparse
from typing import Protocol, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What `add_subparsers` returns: commands are added to it."""

OK, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses. Finished (skipped files included); failed; to be called in another way; stopped
by the person."""


class WrongCallError(Exception):
    """The command cannot be carried out as it was called; the message says what to change."""


class Command(Protocol):
    """A module of this package that holds one command.

    What takes time to load (numpy, rich, Qt, the parts of the engine that need them) is imported in
    the functions that work with it: every call imports all commands, also that for help.
    """

    def add_to(self, commands: Commands, common: argparse.ArgumentParser) -> None:
        """Add the command with its options.

        It sets `run`, a function of the parsed call and a `threading.Event` that asks it to stop.
        `run` returns an exit status.

        Args:
            commands: the commands of the program.
            common: the options that each command has; a parent of the command's parser.
        """
