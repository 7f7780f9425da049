import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from photo_organizer.engine.analysis import priority

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells the priority of a thread"
)


def niceness() -> int:
    """Of the calling thread; higher is more patient."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_only_the_thread_that_steps_back_becomes_more_patient() -> None:
    before = niceness()

    def work() -> tuple[int, int]:
        priority.step_back()
        once = niceness()
        priority.step_back()
        return once, niceness()

    with ThreadPoolExecutor(1) as pool:
        once, twice = pool.submit(work).result()
    assert once == twice == max(before, priority.NICE)
    assert niceness() == before


def test_threads_follow_the_one_that_starts_them() -> None:
    def started_by_a_patient_one() -> int:
        priority.step_back()
        with ThreadPoolExecutor(1, initializer=priority.follow()) as pool:
            return pool.submit(niceness).result()

    before = niceness()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(started_by_a_patient_one).result() == max(before, priority.NICE)
    with ThreadPoolExecutor(1, initializer=priority.follow()) as pool:
        assert pool.submit(niceness).result() == before


def test_a_more_patient_thread_stays_so() -> None:
    def work() -> int:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), priority.NICE + 3)
        priority.step_back()
        return niceness()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result() == priority.NICE + 3
