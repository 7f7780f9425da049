"""How this program uses dask: set here, whatever a user's own files say of other programs' dask."""

from __future__ import annotations

import logging
import warnings
from copy import copy
from functools import cache
from typing import Any

from photo_organizer.engine.cluster import extra
from photo_organizer.engine.cluster.errors import ClusterError

_LOGGERS = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application")
"""Those whose levels dask sets, and to which it may add an output of its own."""

SETTINGS: dict[str, Any] = {
    # A computer that was switched off is noticed in about half a minute.
    "distributed.scheduler.worker-ttl": "20s",
    "distributed.comm.timeouts.connect": "10s",
    "distributed.comm.timeouts.tcp": "20s",
    # Photos are decoded in processes of their own: a computer that leaves was switched off, hardly
    # ever felled by its shard.
    "distributed.scheduler.allowed-failures": 5,
    "distributed.scheduler.active-memory-manager.start": False,  # there is one answer of each shard
    # No pages: they would be open to everybody who reaches the port.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # Nothing is written to disk. What takes memory are photos, which the stages bound themselves.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.worker.use-file-locking": False,
    # What is measured for developers takes time from the photos.
    "distributed.worker.profile.enabled": False,
    "distributed.diagnostics.nvml": False,
    "distributed.admin.system-monitor.disk": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.system-monitor.interval": "2s",
    "distributed.admin.system-monitor.log-length": 60,
    "distributed.admin.log-length": 100,
    "distributed.admin.low-level-log-length": 100,
}
"""See distributed.yaml of `distributed`; all else is as it comes."""

NO_PAGES = "127.0.0.1:0"
"""Where a scheduler and a worker listen for browsers, which they cannot be kept from."""


@cache
def prepare() -> None:
    """Import dask and set it up, once and before anything else is asked of it.

    Raises:
        SpokenError: it is not installed.
        ClusterError: a configuration file that it reads is damaged.
    """
    extra.demand()
    try:
        import dask.config
        import distributed  # brings its own defaults
    except ValueError as error:
        raise ClusterError("cluster.dask_files", message=str(error)) from error
    dask.config.refresh(paths=[], env={})
    dask.config.set(SETTINGS)
    _log_as_the_program_does()
    # Both are told in sentences of our own: `Introduction.unfit`, `Unreachable`.
    warnings.filterwarnings("ignore", category=distributed.versions.VersionMismatchWarning)
    warnings.filterwarnings(
        "ignore", "Couldn't detect a suitable IP address", RuntimeWarning, "distributed"
    )


def _log_as_the_program_does() -> None:
    """No output of dask's own; whoever asked for what happens inside gets it, and only there."""
    asked_for = logging.getLogger().isEnabledFor(logging.INFO)
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        logger.propagate = True
        logger.setLevel(logging.NOTSET)
    for name in ("distributed", "tornado"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO if asked_for else logging.CRITICAL)
        logger.propagate = False
        logger.addHandler(_Demoting())


class _Demoting(logging.Handler):
    """Hands records on to the program's own log as what happens inside.

    What dask calls an error, with a traceback, is a computer that was switched off. The window
    writes such things into its log, and none of it on the terminal that it was started from.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler`."""
        inside = copy(record)
        inside.levelno, inside.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        root = logging.getLogger()
        if root.isEnabledFor(inside.levelno):
            root.handle(inside)
