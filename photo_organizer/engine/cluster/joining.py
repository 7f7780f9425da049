"""Has other computers look into the photos of a run, or shows who they are."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from photo_organizer.engine.analysis.hands import Computers, Hands, Home, Task
from photo_organizer.engine.cluster import certificates, dask_settings, roots
from photo_organizer.engine.cluster.connection import Connection
from photo_organizer.engine.cluster.dispatch import Dispatch
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.messages import Library
from photo_organizer.engine.cluster.news import News
from photo_organizer.engine.cluster.roster import Roster
from photo_organizer.engine.domain.computers import Cluster, ClusterChoice, checked_address
from photo_organizer.engine.domain.facts import FileIdentity

TOLD = 1.0
"""Seconds between two answers of `watch`."""

PARTING = 1.0
"""Seconds that closing a connection is waited for; the rest of it happens in the background."""


@contextmanager
def joined(
    choice: ClusterChoice, folders: Sequence[Path], *, plain: bool = False, patient: bool = False
) -> Iterator[Computers]:
    """Within this, other computers look into photos: give them to `analyze`.

    Args:
        choice: which ones.
        folders: that are analysed; absolute.
        plain: a connection that others can read and change is meant.
        patient: begin though nobody can be reached yet; this computer works alone until then.

    Raises:
        SpokenError: the address or the certificate cannot be used, the library's root is not known
            or is another one, or the coordinator cannot be reached. Nothing was changed.
    """
    root = _Root(choice, folders)
    with _connected(choice, plain=plain) as connected:
        while not patient and not connected.roster.knows_how_it_is.wait(0.1):
            pass
        library = connected.connection.library
        if library is not None:
            root.find(library)
        elif not patient:
            raise _not_begun(connected.roster.cluster)
        yield _Joined(connected, root)


def watch(
    choice: ClusterChoice, cancel: threading.Event, *, plain: bool = False
) -> Iterator[Cluster]:
    """Look who is there, without giving anybody work.

    Args:
        choice: which ones.
        cancel: ends it.
        plain: a connection that others can read and change is meant.

    Yields:
        About once a second how they are; the first one as soon as the coordinator has answered, or
        is known not to. It goes on when the connection breaks, and says so in `Cluster.trouble`.

    Raises:
        SpokenError: the address or the certificate cannot be used.
    """
    with _connected(choice, plain=plain) as connected:
        while not connected.roster.knows_how_it_is.wait(0.1) and not cancel.is_set():
            pass
        while not cancel.is_set():
            yield connected.roster.cluster
            cancel.wait(TOLD)


class _Connected:
    """A connection, and who hears its news."""

    def __init__(self, choice: ClusterChoice, *, plain: bool) -> None:
        dask_settings.prepare()
        address = checked_address(choice.address, plain=plain)
        security = certificates.security_for(address, choice.certificate, plain=plain)
        self.roster = Roster(address)
        self.connection = Connection(address, security, self._hear)
        self.listener: Callable[[News], None] = lambda _: None
        """Hears the news after the roster."""

    def _hear(self, news: News) -> None:
        self.roster.hear(news)
        self.listener(news)


@contextmanager
def _connected(choice: ClusterChoice, *, plain: bool) -> Iterator[_Connected]:
    connected = _Connected(choice, plain=plain)
    connected.connection.open()
    try:
        yield connected
    finally:
        connected.connection.close(PARTING)


class _Root:
    """The folder of this computer that is the library of all.

    Args:
        choice: says it, or does not.
        folders: that are analysed: it is theirs, or one above.

    Raises:
        ClusterError: it is not said, and the folders do not tell.
    """

    def __init__(self, choice: ClusterChoice, folders: Sequence[Path]) -> None:
        self._candidates: Sequence[Path] = [choice.root] if choice.root else _common(folders)
        self._found: Path | ClusterError | None = None

    def find(self, library: Library) -> Path:
        """The folder that has the names of the library in it.

        Raises:
            ClusterError: none has.
        """
        if self._found is None:
            try:
                self._found = self._first(library)
            except ClusterError as error:
                self._found = error
        if isinstance(self._found, ClusterError):
            raise self._found
        return self._found

    def _first(self, library: Library) -> Path:
        nearest, *others = self._candidates
        try:
            roots.demand_same(nearest, library.names)
        except ClusterError:
            for folder in others:
                with suppress(ClusterError):
                    roots.demand_same(folder, library.names)
                    return folder
            raise
        return nearest


class _Joined:
    """The `Computers` of a connection; for one run after another."""

    def __init__(self, connected: _Connected, root: _Root) -> None:
        self._connected = connected
        self._root = root

    def hands(self, task: Task, home: Home) -> Hands:
        """See `Computers`."""
        connected = self._connected
        dispatch = Dispatch(task, home, connected.connection, connected.roster, self._name_of)
        connected.listener = dispatch.hear
        return dispatch

    @property
    def cluster(self) -> Cluster:
        """See `Computers`."""
        return self._connected.roster.cluster

    def _name_of(self, identity: FileIdentity) -> str | None:
        """How a file is called on every computer; None where others do not have it."""
        library = self._connected.connection.library
        if identity.linked or library is None:  # a link may lead nowhere on another one
            return None
        try:
            return roots.relative(self._root.find(library), identity.path)
        except ClusterError as error:
            self._connected.roster.other_library(error.reason)
            return None


def _not_begun(cluster: Cluster) -> ClusterError:
    why = cluster.trouble
    if why is None or why.code == "cluster.unreachable":
        return ClusterError("cluster.not_begun", address=cluster.address)
    return ClusterError.of(why)


def _common(folders: Sequence[Path]) -> list[Path]:
    """The folder that has all of these in it, and those above it.

    Raises:
        ClusterError: there is none.
    """
    try:
        common = Path(os.path.commonpath(folders))
    except ValueError as error:  # several drives, or no folder
        raise ClusterError("cluster.no_root") from error
    found = [folder for folder in (common, *common.parents) if folder != Path(common.anchor)]
    if not found:
        raise ClusterError("cluster.no_root")
    return found
