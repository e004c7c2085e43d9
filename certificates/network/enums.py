from django.db.models import TextChoices


class AwardKind(TextChoices):
    YEAR = "year", "Year completed"
    PROGRAM = "program", "Program completed"


class RevocationReason(TextChoices):
    ISSUED_IN_ERROR = "issued_in_error", "Issued in error"
    REPLACED = "replaced", "Replaced"
    HOLDER_REQUEST = "holder_request", "At the holder’s request"


class RegistryState(TextChoices):
    """In the order in which they are told: the first that holds. What cannot be read is never said to be valid."""

    REVOKED = "revoked", "Revoked"
    SUPERSEDED = "superseded", "Superseded"
    EXPIRED = "expired", "Expired"
    UNKNOWN = "unknown", "Cannot be read"
    VALID = "valid", "Valid"
