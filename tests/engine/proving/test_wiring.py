"""Files of unknown training, put together in the way that works."""

from __future__ import annotations

from pathlib import Path

from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.model_folders import current_proof, folder_of
from photo_organizer.engine.proving import arrival
from tests.planted import Planted


def test_a_file_of_unknown_training_gets_the_colours_it_was_made_with(
    planted_sigmoid: Planted, tmp_path: Path
) -> None:
    architecture = planted_sigmoid.name.partition("/")[0]
    name = arrival.import_model(architecture, planted_sigmoid.file, models=tmp_path)
    assert name == f"{architecture}/custom"
    folder = folder_of(tmp_path, name)
    assert checkpoints.read_meta(folder).wiring == "colours of SigLIP"
    assert checkpoints.read_preprocessing(folder)["resize_mode"] == "squash"
    proof = current_proof(folder)
    assert proof is not None
    assert proof.named >= 19
    assert "SigLIP" in proof.version, "other embeddings than those of the usual way"


def test_where_the_usual_way_is_right_it_stays(planted: Planted, tmp_path: Path) -> None:
    architecture = planted.name.partition("/")[0]
    name = arrival.import_model(architecture, planted.file, models=tmp_path)
    assert checkpoints.read_meta(folder_of(tmp_path, name)).wiring == ""
