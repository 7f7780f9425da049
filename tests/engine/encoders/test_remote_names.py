"""Models of other computers by their names."""

from __future__ import annotations

import pytest

from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.remote_names import is_remote, leaves_the_network, parse


def test_a_name_is_an_address_and_a_model() -> None:
    asked = parse("immich:http://nas:3003/ViT-B-32__openai")
    assert (asked.model, asked.host, asked.port) == ("ViT-B-32__openai", "nas", 3003)
    assert (asked.path, asked.encrypted) == ("", False)
    assert (asked.name, asked.place) == ("immich:ViT-B-32__openai", "nas:3003")
    behind = parse("immich:https://photos.example/ml/ViT-B-32__openai")
    assert (behind.port, behind.path, behind.encrypted) == (443, "/ml", True)
    assert parse("immich:http://[fd00::1]:3003/m").place == "[fd00::1]:3003"
    assert is_remote("immich:ViT-B-32__openai")
    assert not is_remote("ViT-B-32/openai")


def test_who_may_enter_is_told_to_nobody() -> None:
    asked = parse("immich:https://me:p%40ss@nas/m")
    assert (asked.user, asked.password) == ("me", "p@ss")
    assert "ss" not in f"{asked!r}{asked.name}{asked.place}"


@pytest.mark.parametrize(
    "name",
    [
        "immich:ViT-B-32__openai",
        "immich:http://nas:3003/",
        "immich:http://nas:3003",
        "immich:http:///model",
        "immich:ftp://nas/model",
        "immich:http://nas:70000/model",
        "immich:http://nas:port/model",
        "immich:http://nas/model?key=hush",
        "immich:http://nas/a model",
        "immich:http://nas/ml\r\nX: y/model",
        "immich:http://nas../model",
        "http://nas:3003/model",
        "immich:http://me:hush@nas:3003/",
    ],
)
def test_what_names_no_model_is_said_without_repeating_it(name: str) -> None:
    with pytest.raises(ModelError, match="immich:http://nas:3003/ViT-B-32__openai") as told:
        parse(name)
    assert "hush" not in str(told.value)


@pytest.mark.parametrize(
    ("host", "leaves"),
    [
        ("127.0.0.1", False),
        ("[::1]", False),
        ("192.168.1.5", False),
        ("100.64.0.7", False),
        ("[fd00::1]", False),
        ("8.8.8.8", True),
        ("localhost", False),
    ],
)
def test_a_private_network_is_told_from_the_internet(host: str, leaves: bool) -> None:
    assert leaves_the_network(parse(f"immich:http://{host}:3003/m")) == leaves
