"""Runs what is written for an event loop on a thread, and gives what it tells as a generator."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")

TICK = 0.1
"""Seconds between two looks at whether somebody wants it to end."""

Ending = Callable[[], bool]
"""Whether it shall end."""


def told(
    main: Callable[[Callable[[T], None], Ending], Coroutine[object, object, None]],
    cancel: threading.Event,
) -> Iterator[T]:
    """Run something on an event loop of its own until it ends.

    Args:
        main: is given a function that tells something, and one that says whether to end.
        cancel: asks it to end; so does closing the generator.

    Yields:
        What it tells.

    Raises:
        Exception: what it raised.
    """
    events: SimpleQueue[T | _End] = SimpleQueue()
    closed = threading.Event()

    def ending() -> bool:
        return cancel.is_set() or closed.is_set()

    def run() -> None:
        error: BaseException | None = None
        try:
            with asyncio.Runner(loop_factory=loop_factory()) as runner:
                runner.run(main(events.put, ending))
        except BaseException as caught:  # noqa: BLE001 - carried to the thread that can tell it
            error = caught
        events.put(_End(error))

    thread = threading.Thread(target=run, name="cluster", daemon=True)
    thread.start()
    try:
        while True:
            try:
                event = events.get(timeout=TICK)  # so that Ctrl+C is met meanwhile
            except Empty:
                continue
            if isinstance(event, _End):
                if event.error is not None:
                    raise event.error
                return
            yield event
    finally:
        closed.set()
        thread.join()


async def until(ending: Ending, seconds: float) -> bool:
    """Wait so many seconds, or until it shall end; whether that is so."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not ending() and (left := end - loop.time()) > 0:
        await asyncio.sleep(min(TICK, left))
    return ending()


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What dask can work with: not every loop of Windows."""
    from distributed.config import get_loop_factory

    factory: Callable[[], asyncio.AbstractEventLoop] | None = get_loop_factory()
    return factory


class _End:
    def __init__(self, error: BaseException | None) -> None:
        self.error = error
