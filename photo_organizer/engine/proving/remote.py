"""Opens a model of a service on another computer, after it has proved itself."""

from __future__ import annotations

import threading
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import remote_names
from photo_organizer.engine.encoders.errors import PhotoRefusedError, RefusedError, ServiceError
from photo_organizer.engine.encoders.proofs import UNPROVED, Proof, proof_of, refusal_of
from photo_organizer.engine.encoders.protocols import TextCache
from photo_organizer.engine.encoders.remote import RemoteEncoder, image_vector, preparing_for
from photo_organizer.engine.encoders.remote_service import Patience, RemoteService
from photo_organizer.engine.encoders.remote_versions import Sample, Version, version_of
from photo_organizer.engine.proving import keeping
from photo_organizer.engine.proving.check import OnChecked, check
from photo_organizer.engine.proving.pictures import forget_pictures, picture_of

PICTURE, TEXT = "chelsea", "a photo of a cat"
"""What a service is asked to tell by which version it has; see `remote_versions`."""

LOADING = Patience(answer=600.0)
"""The first answer of a service takes longer: it may have to download the model."""


def open_remote(
    name: str,
    texts: TextCache | None = None,
    *,
    models: Path | None = None,
    on_check: OnChecked | None = None,
    cancel: threading.Event | None = None,
    patience: Patience | None = None,
) -> RemoteEncoder:
    """The model that a name such as ``immich:http://nas:3003/ViT-B-32__openai`` means.

    Three requests, and some hundred more where this version of it has not proved itself yet. What
    is sent for that are pictures and words of the program's own.

    Args:
        name: see `remote_names`.
        texts: remembers text embeddings between runs.
        models: the folder of models; None means `paths.models_dir`.
        on_check: told how far a check is.
        cancel: stops it; see `RemoteEncoder`, too.
        patience: for how long the service is waited for; None: as usual.

    Raises:
        ServiceError: the service does not answer, or not as it should.
        RefusedError: its model did not pass.
        ModelError: the name means none.
        CancelledError: `cancel` was set.
    """
    asked = remote_names.parse(name)
    sample = _sample(RemoteService(asked, patience or LOADING), cancel)
    version = version_of(models or paths.models_dir(), asked.model, sample)
    service = RemoteService(asked, patience)

    def encoder(proof: Proof) -> RemoteEncoder:
        return RemoteEncoder(
            service,
            dimension=len(sample.picture),
            version=version.name,
            proof=proof,
            texts=texts,
            cancel=cancel,
        )

    found = _found_out(version)
    if isinstance(found, Reason):
        raise RefusedError.of(found)
    return encoder(found or _prove(encoder(UNPROVED), version, on_check, cancel))


def _sample(service: RemoteService, cancel: threading.Event | None) -> Sample:
    service.ping(cancel)
    try:
        prepared = preparing_for(service.asked.model)(picture_of(PICTURE))
        picture = image_vector(service, prepared, cancel)
    except PhotoRefusedError as error:
        raise _refused(service, error) from error
    finally:
        forget_pictures()
    return Sample(picture, service.embed_text(TEXT, cancel))


def _found_out(version: Version) -> Proof | Reason | None:
    return (
        proof_of(version.folder, version.name)
        or refusal_of(version.folder, version.name)
        or keeping.unkept(version.folder, version.name)
    )


def _prove(
    encoder: RemoteEncoder,
    version: Version,
    on_check: OnChecked | None,
    cancel: threading.Event | None,
) -> Proof:
    try:
        proof = check(encoder, on_check, cancel)
    except RefusedError as error:
        keeping.keep(version.folder, version.name, error.reason)
        raise
    except PhotoRefusedError as error:
        raise _refused(encoder.service, error) from error
    finally:
        forget_pictures()
    keeping.keep(version.folder, version.name, proof)
    return proof


def _refused(service: RemoteService, error: PhotoRefusedError) -> ServiceError:
    """A service that does not take the program's own pictures takes no photos."""
    return ServiceError("services.unknown", why=error.reason, place=service.asked.place)
