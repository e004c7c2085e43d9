"""The private files of certificates, each named by what is in it."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import storages


def store(pdf: bytes) -> tuple[str, str]:
    """Write `pdf` and return its name and SHA-256. A file that is there is never overwritten.

    Called before the row that names the file commits, so a row never names a file that is not there. RuntimeError
    if the store refuses (the outbox takes an OSError for the mail server's).
    """
    digest = hashlib.sha256(pdf).hexdigest()
    name = f"certificates/{digest}.pdf"
    storage = storages["private"]
    try:
        if not storage.exists(name) or read(name) is None:
            saved = storage.save(name, ContentFile(pdf))
            if saved != name:  # another worker was faster, with the same bytes
                storage.delete(saved)
        if read(name) is None:
            raise OSError("what was written does not read back")
    except OSError as error:
        raise RuntimeError(f"The store of private files refuses the certificate: {error.strerror or error}") from error
    return name, digest


def read(name: str) -> bytes | None:
    """The file's bytes, or None if it is gone or is no longer what its name says."""
    try:
        with storages["private"].open(name) as file:
            content = file.read()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() in name else None
