"""The certificate by which computers that look at photos together know each other.

One file holds a key and the certificate made with it. Each side shows it and demands it of the
other: whoever has the file may take part, and nobody else can even connect.
"""

from __future__ import annotations

import os
import ssl
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.engine import paths
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.domain.computers import checked_address
from photo_organizer.engine.domain.reasons import Reason, system_message

if TYPE_CHECKING:
    from distributed import Security

_VALID = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
"""For good: whom it lets in decides who has the file, and clocks of small computers are wrong."""

_NAME = "Photo Organizer cluster"


def usual_path() -> Path:
    """Where this program keeps its own."""
    return paths.data_dir() / "cluster.pem"


def make(path: Path) -> bool:
    """Make a certificate that only its owner may read, unless there is one.

    Returns:
        Whether it was made.

    Raises:
        ClusterError: it cannot be written.
    """
    if path.exists():
        return False
    try:
        paths.own_folder(path.parent)
        handle, unfinished = tempfile.mkstemp(prefix=".cluster", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:  # 0600, as mkstemp makes them
            file.write(_pem())
        Path(unfinished).replace(path)
    except OSError as error:
        raise ClusterError(
            "cluster.certificate_write", file=str(path), message=system_message(error)
        ) from error
    return True


def security_for(address: str, certificate: Path | None, *, plain: bool = False) -> Security | None:
    """What a connection to an address needs; None for a plain one.

    Args:
        address: of the coordinator, as people write it.
        certificate: the file; None: where this program keeps its own.
        plain: whoever calls knows what a plain connection means.

    Raises:
        SpokenError: the address is none, or a plain one leads to another computer.
        ClusterError: the certificate is missing, unreadable or none.
    """
    if checked_address(address, plain=plain).startswith("tcp:"):
        return None
    from distributed import Security

    path = str(_checked(certificate or usual_path()))
    return Security(
        require_encryption=True,
        tls_ca_file=path,
        **{f"tls_{role}_{part}": path for role in _ROLES for part in ("cert", "key")},
    )


def readable_by_others(path: Path) -> Reason | None:
    """What to do about a certificate that other users of this computer can read; None: nothing."""
    if os.name == "nt":
        return None
    try:
        mode = path.stat().st_mode
    except OSError:  # told by `security_for`
        return None
    return Reason("cluster.certificate_open", {"file": str(path)}) if mode & 0o077 else None


_ROLES = ("scheduler", "worker", "client")


def _checked(path: Path) -> Path:
    """The file, once it was read.

    Raises:
        ClusterError: it cannot be, or holds something else.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        with path.open("rb"):
            pass
        context.load_verify_locations(path)
        context.load_cert_chain(path)
    except FileNotFoundError as error:
        raise ClusterError("cluster.certificate_missing", file=str(path)) from error
    except ssl.SSLError as error:
        raise ClusterError("cluster.certificate_wrong", file=str(path)) from error
    except OSError as error:
        raise ClusterError(
            "cluster.certificate_read", file=str(path), message=system_message(error)
        ) from error
    return path


def _pem() -> bytes:
    """A new key and its certificate, signed with that key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_VALID[0])
        .not_valid_after(_VALID[1])
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("photo-organizer")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    written = key.private_bytes(
        encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return written + certificate.public_bytes(encoding)
