"""One file by which computers know each other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from photo_organizer.engine.cluster import certificates
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.domain.reasons import SpokenError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "new folder" / "cluster.pem"
    assert certificates.make(path)
    return path


def test_it_is_made_once_and_for_its_owner_alone(made: Path) -> None:
    before = made.read_bytes()
    assert not certificates.make(made)
    assert made.read_bytes() == before
    assert [entry.name for entry in made.parent.iterdir()] == ["cluster.pem"]
    if os.name == "posix":
        assert made.stat().st_mode & 0o777 == 0o600
    assert certificates.readable_by_others(made) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has rights of its own")
def test_one_that_others_can_read_is_told(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pem"
    copy.write_bytes(made.read_bytes())
    copy.chmod(0o644)
    told = certificates.readable_by_others(copy)
    assert told is not None
    assert "chmod 600" in told.text()


def test_both_sides_show_it_and_demand_it(made: Path) -> None:
    security = certificates.security_for("tls://nas:8786", made)
    assert security is not None
    assert security.require_encryption
    for role in ("scheduler", "worker", "client"):
        context = security.get_connection_args(role)["ssl_context"]
        assert context.verify_mode.name == "CERT_REQUIRED"


def test_what_cannot_be_used_is_told(made: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="no certificate at"):
        certificates.security_for("nas", tmp_path / "none.pem")
    half = tmp_path / "half.pem"
    half.write_bytes(made.read_bytes().partition(b"-----BEGIN CERTIFICATE")[0])
    with pytest.raises(ClusterError, match="no certificate with its key"):
        certificates.security_for("nas", half)
    with pytest.raises(ClusterError, match="cannot be read"):
        certificates.security_for("nas", tmp_path)
    with pytest.raises(ClusterError, match="cannot be written"):
        certificates.make(half / "cluster.pem")


def test_a_plain_connection_is_for_this_computer_alone_unless_somebody_means_it() -> None:
    assert certificates.security_for("tcp://localhost:8786", None) is None
    assert certificates.security_for("tcp://nas:8786", None, plain=True) is None
    with pytest.raises(SpokenError, match="not protected"):
        certificates.security_for("tcp://nas:8786", None)


def test_the_usual_one_lies_in_the_programs_folder(home: Path) -> None:
    assert certificates.usual_path().is_relative_to(home)
