"""A tiny CLIP that works: weights set by hand so that its picture and text sides truly meet.

Real weights cannot be had where the tests run, and random ones know nothing. This model is built
by open_clip's own classes, saved as a checkpoint file, and goes the way every checkpoint goes. It
knows the built-in categories, the prompts of quality and those of the aesthetic score, and of
pictures those that models are checked with (`photo_organizer.engine.proving.pictures`), their
crops and their damaged copies. Of anything else it has no opinion: every cosine is about that of an
unfitting pair.

How it is made: a text is the mean of what its telling words mean (one layer of attention that looks
at nothing else), a picture the mean of random features of its patches (colour, detail and place,
through one layer of GELU). Two linear projections, fitted by ridge regression, bring both to where
a real model has them.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.proving import pictures

Floats = NDArray[np.float64]


class Family(StrEnum):
    """How a model was trained; its cosines lie elsewhere."""

    OPENAI = "openai"
    SIGMOID = "sigmoid"
    """As SigLIP: cosines around zero, a scale and a bias."""


@dataclass(frozen=True, slots=True)
class Cosines:
    """Where the cosines of a family lie."""

    fitting: float
    """Of a picture and the category it shows."""
    unfitting: float
    """Of a picture and any other category."""
    unlike: float
    """Of two pictures of different categories."""
    scale: float
    bias: float | None


COSINES = {
    Family.OPENAI: Cosines(0.30, 0.18, unlike=0.50, scale=100.0, bias=None),
    Family.SIGMOID: Cosines(0.12, 0.0, unlike=0.35, scale=112.0, bias=-16.5),
}


class Harm(StrEnum):
    """What can be wrong with a model although it loads."""

    OTHER_TEXT = "the text side of another training"
    CONSTANT_PICTURES = "every picture is the same to it"
    SHUFFLED = "the projection of pictures is shuffled"


@dataclass(frozen=True, slots=True)
class Planted:
    """A checkpoint file, to be imported under its name."""

    name: str
    file: Path
    family: Family

    @property
    def cosines(self) -> Cosines:
        """Where its cosines lie."""
        return COSINES[self.family]


_SIDE = 96
_PATCH = 8
_TOKENS = (_SIDE // _PATCH) ** 2
_WIDTH = 384
"""Of the picture side."""
_WORDS = 64
"""Width of the text side."""
_DIMENSION = 128

_FLAWS = tuple(assets.toml("prompts.toml")["quality"])
_CATEGORIES = tuple(assets.toml("categories.toml"))
_SCORE = "score"
_AXES = (*_CATEGORIES, *_FLAWS, _SCORE)
"""What a text can be about, one direction each."""

_SMALL_WORDS = "a an the of in at with and this is photo snapshot picture showing aesthetic score"
"""They say nothing of what a picture shows."""

_TEXT_AXIS = 0.4
"""How much of a text's vector is its category."""
_TEXT_FLAW = 0.25
_PICTURE_FLAW = 0.12
"""So that damaged copies are far from any bar, whatever a processor rounds: the logit of a pair of
prompts is about 4 for most of them, and -4 for clean pictures; the bar of 9 to 1 lies at 2.2."""


def plant(folder: Path, family: Family = Family.OPENAI) -> Planted:
    """Make the checkpoint of a working model, and let open_clip know its architecture.

    One that was made in this folder before is taken.
    """
    import open_clip
    import torch
    from safetensors.torch import save_file

    architecture = f"planted-{family}"
    planted = Planted(f"{architecture}/planted", folder / f"{architecture}.safetensors", family)
    _register(folder, architecture, family)
    if planted.file.exists():
        return planted
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(5)
        model = open_clip.create_model(architecture).eval()
        _plant_texts(model, family)
        _plant_pictures(model, family)
        model.logit_scale.fill_(math.log(COSINES[family].scale))
        if model.logit_bias is not None:
            model.logit_bias.fill_(COSINES[family].bias)
    state = {key: value.contiguous() for key, value in model.state_dict().items()}
    words = next(key for key in state if key.endswith("token_embedding.weight"))
    state[words] = state[words].half()  # nearly all of the file
    save_file(state, planted.file)
    return planted


def harm(planted: Planted, how: Harm, folder: Path) -> Planted:
    """A copy of the checkpoint in `folder` that loads and is wrong."""
    import torch
    from safetensors.torch import load_file, save_file

    state = load_file(planted.file)
    generator = torch.Generator().manual_seed(8)
    match how:
        case Harm.OTHER_TEXT:
            for key in state:
                if key.endswith(("text_projection", "token_embedding.weight")):
                    noise = torch.randn(state[key].shape, generator=generator)
                    state[key] = (noise * state[key].float().std()).to(state[key].dtype)
        case Harm.CONSTANT_PICTURES:
            state["visual.conv1.weight"].zero_()
        case Harm.SHUFFLED:
            order = torch.randperm(_DIMENSION, generator=generator)
            state["visual.proj"] = state["visual.proj"][:, order].contiguous()
    file = folder / planted.file.name
    save_file(state, file)
    return Planted(planted.name, file, planted.family)


def category_prompts() -> dict[str, list[str]]:
    """The prompts of each built-in category as a CLIP model is asked them."""
    phrases = assets.toml("prompts.toml")["categories"]["phrases"]
    return {
        key: [phrase.format(prompt) for prompt in entry["prompts"] for phrase in phrases]
        for key, entry in assets.toml("categories.toml").items()
    }


# ------------------------------------------------------------------ the architecture


def _register(folder: Path, architecture: str, family: Family) -> None:
    import open_clip
    from open_clip import pretrained

    config: dict[str, Any] = {
        "embed_dim": _DIMENSION,
        "vision_cfg": {
            "image_size": _SIDE,
            "patch_size": _PATCH,
            "width": _WIDTH,
            "layers": 1,
            "mlp_ratio": 1.0,
            "no_ln_pre": True,
            "pool_type": "avg",
        },
        "text_cfg": {
            "context_length": 77,
            "vocab_size": 49408,
            "width": _WORDS,
            "heads": 1,
            "layers": 1,
            "mlp_ratio": 1.0,
        },
    }
    published: dict[str, Any] = {"url": ""}
    if family is Family.SIGMOID:
        config |= {"init_logit_bias": -10, "custom_text": True}
        half = (0.5, 0.5, 0.5)
        published |= {
            "mean": half,
            "std": half,
            "interpolation": "bicubic",
            "resize_mode": "squash",
        }
    file = folder / f"{architecture}.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    open_clip.add_model_config(file)
    pretrained._PRETRAINED[architecture] = {"planted": published}


# ------------------------------------------------------------------ texts


def _plant_texts(model: Any, family: Family) -> None:
    """Set the text side: attention looks at telling words alone, the rest passes through."""
    import torch

    tower = getattr(model, "text", model)
    directions = _directions()
    plain, telling, axes = directions[0], directions[1], directions[2:]
    noise = np.random.default_rng(1).normal(0, 0.05, (tower.token_embedding.num_embeddings, _WORDS))
    table = plain + noise - noise.mean(axis=1, keepdims=True)
    for token, meaning in _meanings().items():
        said = meaning @ axes[: len(_AXES)]
        table[token] = plain + telling + said / max(np.abs(meaning).max(), 1.0)
    tower.token_embedding.weight.copy_(_coarse(table))
    tower.positional_embedding.zero_()
    (block,) = tower.transformer.resblocks
    attention = np.zeros((3 * _WORDS, _WORDS))
    # Normalised, a plain word has a length of √width along `plain`, a telling one about a third of
    # it squared along `telling`: e to the fifth times the attention of a plain one.
    attention[:_WORDS] = np.outer(telling, plain)
    attention[_WORDS : 2 * _WORDS] = np.outer(telling, telling) * 2.5
    attention[2 * _WORDS :] = np.eye(_WORDS)
    block.attn.in_proj_weight.copy_(_coarse(attention))
    block.attn.in_proj_bias.zero_()
    block.attn.out_proj.weight.copy_(torch.eye(_WORDS))
    block.attn.out_proj.bias.zero_()
    block.mlp.c_proj.weight.zero_()
    block.mlp.c_proj.bias.zero_()

    texts, targets = zip(*_text_targets(family), strict=True)
    tower.text_projection.copy_(torch.eye(_WORDS, _DIMENSION))
    features = _encode_texts(model, texts)[:, :_WORDS]
    tower.text_projection.copy_(_coarse(_ridge(features, np.stack(targets), 0.3)))


def _encode_texts(model: Any, texts: Sequence[str]) -> Floats:
    import torch

    tokenize = tokenizer()
    with torch.inference_mode():
        encoded: Floats = model.encode_text(tokenize(list(texts))).double().numpy()
    return encoded


@cache
def tokenizer() -> Any:
    """That of CLIP; it reads a long list of words when it is made."""
    import open_clip

    return open_clip.SimpleTokenizer()


def _meanings() -> dict[int, Floats]:
    """By token how much it says along each of `_AXES`; of tokens that say anything."""

    said: dict[int, list[tuple[str, float]]] = defaultdict(list)

    def say(words: str, axis: str, much: float) -> None:
        for word in re.findall(r"[a-z0-9]+", words.lower()):
            if word not in _SMALL_WORDS.split():
                for token in tokenizer().encode(word):
                    said[token].append((axis, much))

    for key, entry in assets.toml("categories.toml").items():
        for prompt in entry["prompts"]:
            say(prompt, key, 1.0)
    prompts = assets.toml("prompts.toml")
    for flaw, pair in prompts["quality"].items():
        say(pair["bad"], flaw, 1.0)
        say(pair["good"], flaw, -1.0)
    for score in prompts["aesthetic"]["scores"]:
        if score < 10:  # the tokenizer knows no ten: it is a one and a zero
            say(str(score), _SCORE, _of_score(score))
    say("0", _SCORE, 3.0)

    meanings = {}
    for token, sayings in said.items():
        meaning = np.zeros(len(_AXES))
        for axis, much in dict(sayings).items():
            meaning[_AXES.index(axis)] = much
        meanings[token] = meaning / np.count_nonzero(meaning) ** 0.5
    return meanings


def _of_score(score: float) -> float:
    """-1 for the lowest score, 1 for the highest."""
    scores = assets.toml("prompts.toml")["aesthetic"]["scores"]
    low, high = min(scores), max(scores)
    return float(2 * (score - low) / (high - low) - 1)


def _text_targets(family: Family) -> Iterator[tuple[str, Floats]]:
    for key, texts in category_prompts().items():
        for text in texts:
            yield text, _text_target(family, {key: _TEXT_AXIS})
    prompts = assets.toml("prompts.toml")
    for flaw, pair in prompts["quality"].items():
        yield pair["good"], _text_target(family, {flaw: -_TEXT_FLAW})
        yield pair["bad"], _text_target(family, {flaw: _TEXT_FLAW})
    for score in prompts["aesthetic"]["scores"]:
        said = prompts["aesthetic"]["prompt"].format(score)
        yield said, _text_target(family, {_SCORE: _TEXT_FLAW * _of_score(score)})
    for text in ("a", "a photo", "something strange", "nobody knows what", "뭔지 모를 말"):
        yield text, _text_target(family, {})


# ------------------------------------------------------------------ where vectors lie


_SHARED, _TEXTS_ONLY, _PICTURES_ONLY = 0, 1, 2
"""Directions of what all vectors have in common, those of texts, and those of pictures."""
_FIRST_AXIS = 3
_FIRST_OWN = _FIRST_AXIS + len(_AXES)
"""From here on: what only single pictures have."""


def _text_target(family: Family, axes: Mapping[str, float]) -> Floats:
    target = np.zeros(_DIMENSION)
    target[_SHARED] = 0.6 if COSINES[family].unfitting else 0.0
    for axis, much in axes.items():
        target[_FIRST_AXIS + _AXES.index(axis)] = much
    target[_TEXTS_ONLY] = math.sqrt(1 - target @ target)
    return target


def _picture_target(family: Family, shown: _Shown) -> Floats:
    """Where a picture lies: by its categories, its flaw, and what only it has."""
    flaw, clean = shown.flaw, shown.clean
    cosines = COSINES[family]
    target = np.zeros(_DIMENSION)
    target[_SHARED] = cosines.unfitting / 0.6
    for key in shown.keys:
        target[_FIRST_AXIS + _AXES.index(key)] = (cosines.fitting - cosines.unfitting) / _TEXT_AXIS
    for each in _FLAWS if clean or flaw else ():
        sign = 1 if each == flaw else -1
        target[_FIRST_AXIS + _AXES.index(each)] = sign * _PICTURE_FLAW
    if clean or flaw:
        target[_FIRST_AXIS + _AXES.index(_SCORE)] = -_PICTURE_FLAW if flaw else _PICTURE_FLAW
    left = 1 - target @ target
    common = min(cosines.unlike - target[_SHARED] ** 2, 0.9 * left)
    target[_PICTURES_ONLY] = math.sqrt(common)
    target[_FIRST_OWN:] = shown.own * math.sqrt(left - common)
    return target


# ------------------------------------------------------------------ pictures


def _plant_pictures(model: Any, family: Family) -> None:
    """Set the picture side: random features of patches, their mean, and a fitted projection."""
    import torch

    rng = np.random.default_rng(2)
    visual = model.visual
    filters, waves = _filters()
    conv = np.zeros((_WIDTH, 3, _PATCH, _PATCH))
    conv[: len(filters)] = filters
    visual.conv1.weight.copy_(_coarse(conv))
    visual.class_embedding.zero_()
    places = np.zeros((_TOKENS + 1, _WIDTH))
    row, column = np.divmod(np.arange(_TOKENS), _SIDE // _PATCH)
    for number, (up, across) in enumerate(((1, 0), (0, 1), (1, 1), (1, -1), (2, 0), (0, 2))):
        angle = np.pi * (up * row + across * column) / (_SIDE // _PATCH)
        places[1:, len(filters) + 2 * number] = np.cos(angle)
        places[1:, len(filters) + 2 * number + 1] = np.sin(angle)
    inputs = len(filters) + 12
    # A large and constant part keeps the normalisation from making all patches equally strong.
    places[:, inputs], places[:, inputs + 1] = 12.0, -12.0
    visual.positional_embedding.copy_(_coarse(places))
    (block,) = visual.transformer.resblocks
    for parameter in block.attn.parameters():
        parameter.zero_()
    first = np.zeros((_WIDTH, _WIDTH))
    looked_at = rng.random((_WIDTH, len(filters))) < np.where(waves > 4, 0.08, 0.3)
    first[:, : len(filters)] = looked_at * rng.normal(0, 4.0, looked_at.shape)
    first[:, len(filters) : inputs] = rng.normal(0, 2.0, (_WIDTH, 12))
    block.mlp.c_fc.weight.copy_(_coarse(first))
    block.mlp.c_fc.bias.copy_(_coarse(rng.normal(0, 1.0, _WIDTH)))
    second = np.zeros((_WIDTH, _WIDTH))
    # What the layer finds stands beside what it looked at.
    second[inputs + 2 :] = np.eye(_WIDTH)[: _WIDTH - inputs - 2] * 2
    block.mlp.c_proj.weight.copy_(torch.from_numpy(second))
    block.mlp.c_proj.bias.zero_()

    shown = _shown()
    targets = np.stack([_picture_target(family, each) for each in shown])
    features = _picture_features(model, family, [each.picture for each in shown])
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread < 1e-4] = np.inf
    constant = inputs  # one number that is the same for all pictures
    stretch, shift = _coarse(1 / spread), _coarse(-mean / spread)
    stretch[constant], shift[constant] = 0.0, 1.0
    visual.ln_post.weight.copy_(stretch)
    visual.ln_post.bias.copy_(shift)
    standard = features * stretch.numpy() + shift.numpy()
    visual.proj.copy_(_coarse(_ridge(standard, targets, 0.5)))


def _picture_features(model: Any, family: Family, shown: Sequence[Picture]) -> Floats:
    """The mean of the normalised patches, without the projection: (N, width)."""
    import torch
    from PIL import Image

    inputs = torch.stack(
        [transform_of(family)(Image.fromarray(picture.pixels)) for picture in shown]
    )
    visual = model.visual
    with torch.inference_mode():
        # Few at a time: what comes between is large.
        pooled = [
            visual._pool(visual.transformer(visual._embeds(some)))[0] for some in inputs.split(8)
        ]
    features: Floats = torch.cat(pooled).double().numpy()
    return features


def transform_of(family: Family) -> Any:
    """The preprocessing of a family in open_clip's own words."""
    from open_clip.transform import PreprocessCfg, image_transform_v2

    if family is Family.SIGMOID:
        half = (0.5, 0.5, 0.5)
        preprocessing = PreprocessCfg(_SIDE, mean=half, std=half, resize_mode="squash")
    else:
        preprocessing = PreprocessCfg(_SIDE)
    return image_transform_v2(preprocessing, is_train=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A picture to learn."""

    picture: Picture
    keys: frozenset[str]
    flaw: str | None
    clean: bool
    own: Floats
    """What only this picture and its copies have: a direction of length 1."""


@cache
def _shown() -> tuple[_Shown, ...]:
    return tuple(_views())


def _views() -> Iterator[_Shown]:
    rng = np.random.default_rng(3)
    for checked in pictures.CHECKED:
        own = rng.normal(size=_DIMENSION - _FIRST_OWN)
        own /= np.linalg.norm(own)
        whole = pictures.picture_of(checked.name)
        for seen in (whole, pictures.crop_of(whole), *_other_views(whole)):
            yield _Shown(seen, checked.keys, None, checked.clean, own)
        for flaw in pictures.damages() if checked.clean else ():
            copy = pictures.damaged(whole, flaw)
            yield _Shown(copy, checked.keys, flaw.value, False, own)


def _other_views(picture: Picture) -> Iterator[Picture]:
    """The picture mirrored, and a little nearer: so that what is like it is like it."""
    rows, columns = picture.pixels.shape[:2]
    yield _view(picture, picture.pixels[:, ::-1])
    yield _view(picture, picture.pixels[rows // 16 :, columns // 16 :])
    yield _view(picture, picture.pixels[: rows - rows // 8, : columns - columns // 8])


def _view(picture: Picture, pixels: NDArray[np.uint8]) -> Picture:
    copied = np.ascontiguousarray(pixels)
    return Picture(copied, width=copied.shape[1], height=copied.shape[0], format=picture.format)


def _filters() -> tuple[Floats, Floats]:
    """Cosine waves of brightness and of two colours over a patch, and how fine each is."""
    places = (np.arange(_PATCH) + 0.5) / _PATCH
    filters, fineness = [], []
    colours = {"light": (1.0, 1.0, 1.0), "warm": (1.0, 0.0, -1.0), "green": (-0.5, 1.0, -0.5)}
    for colour in colours.values():
        for up in range(_PATCH):
            for across in range(_PATCH):
                fine = math.hypot(up, across)
                if colour is not colours["light"] and fine > 2:
                    continue
                wave = np.outer(np.cos(np.pi * up * places), np.cos(np.pi * across * places))
                wave /= np.linalg.norm(wave)
                # Photos have less of what is finer: it is made as strong as the rest.
                strength = (0.5 + fine) / _PATCH
                filters.append(strength * np.array(colour)[:, None, None] * wave)
                fineness.append(fine)
    return np.array(filters), np.array(fineness)


# ------------------------------------------------------------------ arithmetic


def _coarse(weights: Floats) -> Any:
    """Weights as a tensor of numbers that bfloat16 knows, too.

    Where a processor is fast in it the program computes in it. What is fitted to the rounded
    weights means the same there, up to what comes between them.
    """
    import torch

    return torch.from_numpy(weights).bfloat16().double()


@cache
def _directions() -> Floats:
    """Orthonormal rows for the text side, each with a mean of zero as its normalisation leaves."""
    rng = np.random.default_rng(4)
    square = np.concatenate([np.ones((1, _WORDS)), rng.normal(size=(_WORDS - 1, _WORDS))])
    basis, _ = np.linalg.qr(square.T)
    directions: Floats = basis.T[1:]
    return directions


def _ridge(features: Floats, targets: Floats, strength: float) -> Floats:
    """The weights that bring features nearest to targets, held small by `strength`."""
    square = features.T @ features
    square[np.diag_indices_from(square)] += strength
    weights: Floats = np.linalg.solve(square, features.T @ targets)
    return weights
