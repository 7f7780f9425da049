"""What a client asks of workers: functions that travel by name and run there.

`look_at` is a task of dask; `introduce` and `hand_in` are called on all workers by `Client.run`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.messages import (
    Answer,
    HandIn,
    Introduction,
    Order,
    Shard,
    progress_topic,
)

if TYPE_CHECKING:
    from distributed import Worker

    from photo_organizer.engine.cluster.workplace import Workplace

PLUGIN = "photo-organizer"
"""Name of the plugin that has the workplace of a worker."""


def look_at(shard: Shard) -> Answer:
    """Look into the files of a shard on the worker that runs this task.

    About once a second it tells how far it is: see `progress_topic`.

    Raises:
        ClusterError: this worker is none of ours.
        Exception: what ended the stages: it is not one photo.
    """
    from distributed import get_worker

    worker = get_worker()
    topic = progress_topic(shard.order.run)

    def tell(looked: int) -> None:
        worker.log_event(topic, {"shard": shard.number, "looked": looked})

    return _workplace(worker).look_at(shard, worker.address, tell)


async def introduce(order: Order | None, dask_worker: Worker | None = None) -> Introduction:
    """Have a worker say what it is, and whether it can follow an order.

    It answers within a few seconds, and opens the model of the order meanwhile.

    Args:
        order: what a run will ask; None where there is no run yet.
        dask_worker: given by dask.

    Raises:
        ClusterError: this worker is none of ours.
    """
    assert dask_worker is not None
    # On a thread: the worker answers its coordinator meanwhile.
    return await asyncio.to_thread(_workplace(dask_worker).introduce, order)


def hand_in(ask: HandIn, dask_worker: Worker | None = None) -> None:
    """Have a worker end shards soon, with what they have; returns at once.

    Args:
        ask: which ones.
        dask_worker: given by dask.

    Raises:
        ClusterError: this worker is none of ours.
    """
    assert dask_worker is not None
    _workplace(dask_worker).hand_in(ask)


def _workplace(worker: Worker) -> Workplace:
    workplace: Workplace | None = getattr(worker.plugins.get(PLUGIN), "workplace", None)
    if workplace is None:
        raise ClusterError("cluster.no_workplace", address=worker.address)
    return workplace
