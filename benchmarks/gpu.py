"""How much of a graphics card the pipeline uses: the whole run against the network alone on it.

    python benchmarks/gpu.py [--models ViT-B-32 ViT-L-14] [--photos 4096] [--side 640] [--tiny]

The models are CLIP's architectures with random weights: what they compute takes as long, and
nothing is downloaded. For each, in one run:
  network alone   batches that lie on the card already, embedded one after another: the card's limit
  encoder         the same photos from the main memory, on as many threads as the pipeline has
  whole run       `analyze` from an empty store: read, decoded, measured, embedded, stored, judged
and the shares of the whole run. `--tiny` takes a network of one layer, to try the script on a CPU.
Says the date and the card; run it alone on the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

JOBS = os.cpu_count() or 1
SECONDS = 5.0
"""That the network is measured for."""

TINY = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 16, "heads": 1, "layers": 1},
}


def make_photos(folder: Path, count: int, side: int) -> None:
    """Synthetic photos: smooth shapes, texture and noise; no two alike."""

    def one(number: int) -> None:
        rng = np.random.default_rng(number)
        size = (side, side * 3 // 4)
        coarse = rng.uniform(0, 255, (6, 8, 3)).astype(np.float32)
        image = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
        image += cv2.resize(rng.normal(0, 30, (48, 64, 3)).astype(np.float32), size)
        image += rng.normal(0, 4, (size[1], size[0], 1)).astype(np.float32)
        pixels = np.clip(image, 0, 255).astype(np.uint8)
        place = folder / f"{number // 500:03}"
        place.mkdir(exist_ok=True)
        cv2.imwrite(str(place / f"{number:06}.jpg"), pixels, [cv2.IMWRITE_JPEG_QUALITY, 88])

    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(one, range(count)))


def install(architecture: str, models: Path) -> str:
    """Put a model with random weights where models are; its name."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    from photo_organizer.engine.encoders import checkpoints
    from photo_organizer.engine.encoders.clip import ClipEncoder
    from photo_organizer.engine.encoders.download import file_sha256
    from photo_organizer.engine.encoders.model_folders import folder_of
    from photo_organizer.engine.encoders.proofs import CHECK, UNPROVED, write_proof

    name = f"{architecture}/random"
    torch.manual_seed(0)
    file = models / f"{architecture}.safetensors"
    models.mkdir(parents=True, exist_ok=True)
    save_file(open_clip.create_model(architecture).state_dict(), file)
    folder = folder_of(models, name)
    checkpoints.install(file, name, folder, sha256=file_sha256(file))
    # Random weights prove nothing; what is measured here is how fast they are.
    version = ClipEncoder(folder, proof=UNPROVED).version
    write_proof(folder, replace(UNPROVED, check=CHECK, version=version))
    file.unlink()
    return name


def rate(work: Callable[[], int]) -> float:
    """How many a second, for as long as `SECONDS`."""
    work()
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        done += work()
    return done / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", default=["ViT-B-32", "ViT-L-14"])
    parser.add_argument("--photos", type=int, default=4096)
    parser.add_argument("--side", type=int, default=640)
    parser.add_argument("--tiny", action="store_true")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as album:
        os.environ["PHOTO_ORGANIZER_HOME"] = home
        import open_clip
        import torch

        from photo_organizer.engine import paths

        chip = torch.cuda.get_device_name() if torch.cuda.is_available() else "no card: the CPU"
        print(f"{datetime.now(UTC):%Y-%m-%d}, {chip}, {JOBS} cores, torch {torch.__version__}")
        names = arguments.models
        if arguments.tiny:
            config = Path(home) / "tiny-clip.json"
            config.write_text(json.dumps(TINY))
            open_clip.add_model_config(config)
            names = ["tiny-clip"]
        make_photos(Path(album), arguments.photos, arguments.side)
        for architecture in names:
            measure(install(architecture, paths.models_dir()), Path(album), arguments.photos)


def measure(name: str, album: Path, photos: int) -> None:
    """Print what one model makes of the photos."""
    import torch

    from photo_organizer.engine.analysis.events import Finished, Progress
    from photo_organizer.engine.analysis.run import Options, analyze
    from photo_organizer.engine.encoders.clip import ClipEncoder
    from photo_organizer.engine.pixels.picture import Picture
    from photo_organizer.engine.proving.opening import open_encoder

    encoder = open_encoder(name)
    assert isinstance(encoder, ClipEncoder)
    blank = Picture(np.zeros((600, 800, 3), np.uint8), 800, 600, "JPEG")
    shape = (encoder.batch_size, *encoder.prepare(blank).shape)
    batch = np.random.default_rng(0).integers(0, 255, shape, np.uint8)
    encoder.embed_images(batch)
    network, dtype = encoder._model(), getattr(torch, encoder.dtype)
    resident = torch.from_numpy(batch).to(encoder.device).permute(0, 3, 1, 2).to(dtype) / 255

    def alone() -> int:
        with torch.inference_mode():
            for _ in range(4):
                network.encode_image(resident)
        if encoder.device == "cuda":
            torch.cuda.synchronize()
        return 4 * len(batch)

    threads = min(JOBS, encoder.embed_threads)

    def fed() -> int:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda _: encoder.embed_images(batch), range(4 * threads)))
        return 4 * threads * len(batch)

    limit, feeding = rate(alone), rate(fed)
    options = Options((album,), model=name, use_cache=False, partial_results=False)
    start, first = time.perf_counter(), 0.0
    for event in analyze(options, threading.Event()):
        if isinstance(event, Progress) and event.done and not first:
            first = time.perf_counter() - start
        if isinstance(event, Finished):
            assert len(event.result.photos) == photos
    whole = photos / (time.perf_counter() - start)
    print(f"{name} on {encoder.device} in {encoder.dtype}, batches of {encoder.batch_size}")
    print(f"  network alone {limit:8.1f} photos/s")
    print(
        f"  encoder       {feeding:8.1f} photos/s, {feeding / limit:.2f} of it, {threads} threads"
    )
    print(f"  whole run     {whole:8.1f} photos/s, {whole / limit:.2f} of it, first {first:.1f} s")


if __name__ == "__main__":
    main()
