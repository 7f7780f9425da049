"""An encoder without a network, for tests of what lies around it."""

from __future__ import annotations

import threading

import cv2
import numpy as np

from photo_organizer.engine.encoders.following_rule import FollowingRule


class FakeEncoder:
    """Embeds a photo as its tiny version; counts what it was asked."""

    name, version, dimension = "fake", "1", 48
    device, dtype, batch_size, embed_threads = "cpu", "float32", 4, 1
    understands_text, category_threshold, logit_scale = False, 0.5, 1.0
    preparing = proof = None
    following, multilingual, learned = FollowingRule.by_likeness(0.9), False, frozenset()

    def __init__(self):
        self.texts = None
        self.embedded = 0
        self.gate = None
        """An event that embedding waits for, if set."""
        self.on_batch = None
        """Called before each batch, if set."""
        self._lock = threading.Lock()

    def prepare(self, picture):
        return cv2.resize(picture.pixels, (4, 4), interpolation=cv2.INTER_AREA)

    def embed_images(self, batch):
        if self.gate is not None:
            assert self.gate.wait(30)
        if self.on_batch is not None:
            self.on_batch()
        with self._lock:
            self.embedded += len(batch)
        rows = batch.reshape(len(batch), -1).astype(np.float32) - 127.5
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def knows(self, texts):
        return [True] * len(texts)

    def comparable(self, embeddings):
        return FakePhotos(embeddings)


class FakePhotos:
    """Photos of `FakeEncoder`: alike by their cosines, and like no text."""

    def __init__(self, embeddings):
        self.embeddings = embeddings

    def match(self, labels):
        return np.zeros((len(self.embeddings), len(labels)), np.float32)

    def likeness(self, vectors):
        return self.embeddings @ vectors.T
