"""What the main process itself can pass on, with more cores than this machine has.

    python -m benchmarks.cores FOLDER [--jobs 16] [--decode 0.02] [--embed 0.005]

Runs the pipeline over a folder from an empty store, with as many processes and threads as `--jobs`
says, of which each sleeps instead of decoding, measuring (`--decode` seconds a photo) and embedding
(`--embed`). What is left is messages, threads, memory and the store: the processor time of the main
process for one photo. Python runs it on one core, so its inverse is about the most photos a second,
however many cores there are.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from photo_organizer.engine.isolation import child

NAME = "benchmarks.cores"
_DECODE, _EMBED = "BENCHMARK_DECODE", "BENCHMARK_EMBED"


def sleep_instead() -> None:
    """Make the process that decodes sleep, and answer what it found in the first photo."""
    from photo_organizer.engine.isolation.examination import Examiner, Seen, Wanted

    seconds, look, kept = float(os.environ[_DECODE]), Examiner.examine_one, list[Seen]()

    def examine_one(self: Examiner, place: int, wanted: Wanted) -> Seen:
        if not kept:
            kept.append(look(self, place, wanted))
        time.sleep(seconds)
        return kept[0]

    Examiner.examine_one = examine_one  # type: ignore[method-assign]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=16)
    parser.add_argument("--decode", type=float, default=0.02)
    parser.add_argument("--embed", type=float, default=0.005)
    arguments = parser.parse_args()
    os.environ |= {child.FIRST_IMPORT: NAME, _DECODE: str(arguments.decode)}
    with tempfile.TemporaryDirectory() as home:
        os.environ["PHOTO_ORGANIZER_HOME"] = home
        measure(arguments.folder, arguments.jobs, arguments.embed)


def measure(folder: Path, jobs: int, seconds: float) -> None:
    """Print what a run costs the main process."""
    from photo_organizer.engine.analysis.outcomes import Examined
    from photo_organizer.engine.analysis.pipeline import Pipeline
    from photo_organizer.engine.analysis.store_outcome import store_outcome
    from photo_organizer.engine.encoders.starter import StarterEncoder
    from photo_organizer.engine.files import photo_files
    from photo_organizer.engine.storage.store import Store

    class Sleeping(StarterEncoder):
        embed_threads = jobs  # type: ignore[assignment]

        def embed_images(self, batch: np.ndarray) -> np.ndarray:
            time.sleep(seconds * len(batch))
            rows = np.random.default_rng(0).normal(size=(len(batch), self.dimension))
            return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    encoder = Sleeping(device="cpu")
    place = Path(os.environ["PHOTO_ORGANIZER_HOME"]) / "library.sqlite"
    pipeline = Pipeline(
        photo_files.walk([folder]), place, lambda: encoder, decoders=jobs, embedders=jobs
    )
    done, begun, used = 0, 0.0, None
    with Store(place) as store:
        pipeline.start()
        while not pipeline.outcomes.ended:
            outcomes = pipeline.outcomes.take(512, least=512, timeout=0.1)
            with store.batch():
                for outcome in outcomes:
                    if isinstance(outcome, Examined):
                        store_outcome(store, lambda: encoder, outcome)
            if used is None and outcomes:  # all that starts has started
                begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
            elif used is not None:
                done += len(outcomes)
    assert used is not None, "no photo"
    now = resource.getrusage(resource.RUSAGE_SELF)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    switches = now.ru_nvcsw - used.ru_nvcsw
    here, most = done / (time.perf_counter() - begun), done / cpu
    print(f"{done} photos, {jobs} at once, {here:.0f} a second here")
    print(f"main process: {1000 * cpu / done:.2f} ms of the processor a photo: {most:.0f} a second")
    print(f"it waits {switches / done:.1f} times a photo; {now.ru_maxrss >> 10} MiB")


if __name__ == "__main__":
    main()
elif os.environ.get(child.FIRST_IMPORT) == NAME:
    sleep_instead()
