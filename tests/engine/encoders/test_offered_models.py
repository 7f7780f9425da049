"""The models that the program knows by name."""

from __future__ import annotations

import pytest

from photo_organizer.engine.encoders import offered_models
from photo_organizer.engine.encoders.offered_models import ModelKind


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("ViT-B-32-SigLIP2-256", "ViT-B-32-SigLIP2-256/webli"),
        ("ViT-B-32", "ViT-B-32/openai"),
        ("ViT-B-16", "ViT-B-16/openai"),  # offered by earlier versions
        ("ViT-B-32/laion2b_s34b_b79k", "ViT-B-32/laion2b_s34b_b79k"),
    ],
)
def test_models_are_found_by_their_architecture(name: str, full: str) -> None:
    assert offered_models.full_name(name) == full


def test_open_clip_knows_every_model_of_the_list() -> None:
    import open_clip

    names = {f"{model}/{training}" for model, training in open_clip.list_pretrained()}
    for model in offered_models.offered().values():
        if model.kind is ModelKind.CLIP:
            assert model.name in names


def test_only_the_weights_of_the_published_heads_have_learned_scores() -> None:
    with_heads = {name for name in offered_models.offered() if offered_models.heads_of(name)}
    assert with_heads == {"ViT-B-32/openai", "ViT-L-14/openai", "ViT-B-16/openai"}


def test_what_was_offered_before_comes_after_what_is_offered_now() -> None:
    earlier = [m.earlier for m in offered_models.offered().values() if m.kind is ModelKind.CLIP]
    assert earlier == sorted(earlier)
