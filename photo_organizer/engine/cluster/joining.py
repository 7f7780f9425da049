"""Has other computers look into the photos of a run, or shows who they are."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.engine.analysis.hands import Computers
from photo_organizer.engine.cluster.connection import Connection
from photo_organizer.engine.cluster.roster import Roster
from photo_organizer.engine.domain.computers import Cluster, ClusterChoice

if TYPE_CHECKING:
    from distributed import Security

TOLD = 1.0
"""Seconds between two answers of `watch`."""

PARTING = 1.0
"""Seconds that closing a connection is waited for; the rest of it happens in the background."""


def joined(
    choice: ClusterChoice, folders: Sequence[Path], *, plain: bool = False, patient: bool = False
) -> AbstractContextManager[Computers]:
    """Within this, other computers look into photos: give them to `analyze`.

    Args:
        choice: which ones.
        folders: that are analysed; absolute.
        plain: a connection that others can read and change is meant.
        patient: begin though nobody can be reached yet; this computer works alone until then.

    Raises:
        ClusterError: the address or the certificate cannot be used, the library's root is not known
            or is another one, or the coordinator cannot be reached. Nothing was changed.
    """
    raise NotImplementedError


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
        ClusterError: the address or the certificate cannot be used.
    """
    with _connected(choice, plain=plain) as (roster, _):
        while not roster.knows_how_it_is.wait(0.1) and not cancel.is_set():
            pass
        while not cancel.is_set():
            yield roster.cluster
            cancel.wait(TOLD)


@contextmanager
def _connected(choice: ClusterChoice, *, plain: bool) -> Iterator[tuple[Roster, Connection]]:
    roster = Roster(choice.address)
    connection = Connection(choice.address, _security(choice, plain), roster.hear)
    connection.open()
    try:
        yield roster, connection
    finally:
        connection.close(PARTING)


def _security(choice: ClusterChoice, plain: bool) -> Security | None:
    import_module("photo_organizer.engine.cluster.dask_settings").prepare()
    certificates = import_module("photo_organizer.engine.cluster.certificates")
    security: Security | None = certificates.security_for(
        choice.address, choice.certificate, plain=plain
    )
    return security
