"""Other computers that look into the photos of a command: its options, and what is told of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import terminal
from photo_organizer.cli.command import WrongCallError

if TYPE_CHECKING:
    from photo_organizer.engine.analysis.hands import Computers
    from photo_organizer.engine.domain.computers import Cluster, ClusterChoice
    from photo_organizer.engine.domain.preferences import Preferences

OFF = "off"
"""In place of an address: this computer works alone, whatever was chosen in the window."""


@dataclass(frozen=True, slots=True)
class Others:
    """Which other computers a call asks for."""

    choice: ClusterChoice
    plain: bool
    patient: bool
    """Nobody named them in this call: it begins though they cannot be reached."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to have other computers look into photos, too."""
    group = parser.add_argument_group("other computers")
    group.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="have the computers look at the photos that joined there, as photo-organizer cluster "
        "serve prints it; off: none (default: as chosen in the window, else none)",
    )
    group.add_argument(
        "--root",
        type=Path,
        metavar="FOLDER",
        help="the folder of this computer that is the library of all (default: the folder that is "
        "analysed, or the one above it that has the names of the library in it)",
    )
    add_certificate(group, "the certificate that cluster serve made")
    add_plain(group)


def add_certificate(parser: argparse._ActionsContainer, told: str) -> None:
    """Add the option that names the certificate."""
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help=f"{told} (default: cluster.pem in the program's folder)",
    )


def add_plain(parser: argparse._ActionsContainer) -> None:
    """Add the option to go without encryption."""
    parser.add_argument(
        "--plain",
        action="store_true",
        help="without certificate and encryption: whoever reaches the port can then run any "
        "program on all these computers",
    )


def others(call: argparse.Namespace, chosen: Preferences) -> Others | None:
    """The computers that a call asks for, or that were chosen in the window; None: none.

    Raises:
        WrongCallError: it says more of them, and not which.
    """
    from photo_organizer.engine.domain.computers import ClusterChoice
    from photo_organizer.engine.encoders.remote_names import is_remote

    named = call.cluster if call.cluster != OFF else None
    choice = ClusterChoice(named) if named else None
    if call.cluster is None and not is_remote(chosen.model):
        choice = chosen.cluster_in_use
    if choice is None:
        if call.root or call.certificate or call.plain:
            raise WrongCallError("--root, --certificate and --plain say more of a --cluster.")
        return None
    choice = replace(
        choice,
        root=_absolute(call.root) or choice.root,
        certificate=_absolute(call.certificate) or choice.certificate,
    )
    return Others(choice, call.plain, patient=named is None)


@contextmanager
def joined(asked: Others | None, folders: Sequence[Path]) -> Iterator[Computers | None]:
    """Within this, the other computers look into photos; None where none were asked for.

    Raises:
        WrongCallError: they cannot be asked.
    """
    if asked is None:
        yield None
        return
    from photo_organizer.engine.cluster import extra, joining
    from photo_organizer.engine.domain.reasons import SpokenError

    together = joining.joined(asked.choice, folders, plain=asked.plain, patient=asked.patient)
    try:
        extra.demand()
        computers = together.__enter__()
    except SpokenError as error:
        raise WrongCallError(terminal.readable(error)) from error
    try:
        yield computers
    finally:
        together.__exit__(None, None, None)


class Telling:
    """Tells once what becomes of other computers, on standard error."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._last: Cluster | None = None

    def note(self, cluster: Cluster | None) -> None:
        """Tell what is new about them."""
        if cluster is None or cluster == self._last:
            return
        from photo_organizer.engine.domain.computers import ComputerState

        self._last = cluster
        if cluster.trouble is not None:
            self._tell_once(cluster.trouble.text())
        for one in cluster.computers:
            if one.why is not None:
                self._tell_once(f"{one.name} is left out: {one.why.text()}")
            elif one.state is ComputerState.GONE:
                self._tell_once(f"{one.name} ({one.address}) is gone; others do what it had.")

    def sum_up(self) -> None:
        """Tell who looked at how many photos."""
        if self._last is None:
            return
        parts = [f"{one.name} {one.photos}" for one in self._last.computers if one.photos]
        if self._last.at_home:
            parts.append(f"this computer {self._last.at_home}")
        if parts:
            _tell(f"Photos looked at: {', '.join(parts)}.")

    def _tell_once(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            _tell(text)


def working(cluster: Cluster | None) -> int:
    """How many other computers work at this moment."""
    if cluster is None:
        return 0
    from photo_organizer.engine.domain.computers import ComputerState

    return sum(one.state is ComputerState.WORKING for one in cluster.computers)


def _absolute(path: Path | None) -> Path | None:
    return path.absolute() if path is not None else None


def _tell(text: str) -> None:
    print(terminal.readable(text), file=sys.stderr)
