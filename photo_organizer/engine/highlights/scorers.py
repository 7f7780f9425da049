"""Scores of beauty where there is no head: the model is asked, by prompts that name a score."""

from __future__ import annotations

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.encoders.protocols import Matcher


def prompt_scores(matcher: Matcher, embeddings: Vectors) -> Scores:
    """Native scores of N photos, (N,), as the expectation over prompts that name a score.

    ``E[score] = sum(n · p(n))`` with ``p`` the softmax, at the model's temperature, over "This is
    a photo with aesthetic score n" (prompts and scores in ``resources/prompts.toml``).

    Models answer with numbers that hardly differ, and not around the middle of the scale: what they
    mean tells `Proof.score`.

    Raises:
        NotImplementedError: the model does not understand text.
    """
    asked = assets.toml("prompts.toml")["aesthetic"]
    numbers = np.array(asked["scores"], np.float32)
    prompts = [asked["prompt"].format(number) for number in asked["scores"]]
    logits = matcher.logit_scale * matcher.text_similarities(embeddings, prompts)
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    scores: Scores = (chances @ numbers).astype(np.float32)
    return scores
