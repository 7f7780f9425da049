"""Tables of photos are kept as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.columns import Columns


@dataclass(frozen=True)
class Named(Columns):
    values: NDArray[np.float16]
    name: NDArray[np.str_]


def test_what_was_measured_comes_back_from_its_file(tmp_path):
    photos = Named(np.eye(3, dtype=np.float16), np.array(["a", "b", "long name"]))
    photos.save(tmp_path / "photos.npz")
    found = Named.load(tmp_path / "photos.npz")
    assert found.values.dtype == np.float16
    assert (found.values == photos.values).all()
    assert (found.name == photos.name).all()


def test_the_same_photos_make_the_same_file(tmp_path):
    for name in ("one", "two"):
        Named(np.ones((2, 3), np.float16), np.array(["a", "b"])).save(tmp_path / f"{name}.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_tables_are_joined_and_parted():
    one = Named(np.zeros((1, 2), np.float16), np.array(["a"]))
    two = Named(np.ones((2, 2), np.float16), np.array(["b", "c"]))
    joined = Named.join([one, two])
    assert len(joined) == 3
    assert list(joined.only(joined.name != "b").name) == ["a", "c"]


def test_a_table_is_gathered_once_and_kept(tmp_path):
    made = []

    def gather() -> Named:
        made.append(1)
        return Named(np.ones((2, 3), np.float16), np.array(["a", "b"]))

    for _ in range(2):
        assert list(Named.kept(tmp_path / "photos.npz", gather).name) == ["a", "b"]
    assert len(made) == 1
    Named.kept(None, gather)
    assert len(made) == 2
