"""What a video must be before it is kept."""

from django.core.exceptions import ValidationError

MOST_BYTES = 500 * 1024 * 1024
WEBM = b"\x1a\x45\xdf\xa3"


def refuse_large_video(file) -> None:
    """Raise ValidationError for a file of more than 500 MB."""
    if file.size > MOST_BYTES:
        raise ValidationError("Choose a video of at most 500 MB: export it at 720p, or link to one that is hosted.")


def refuse_other_than_video(file) -> None:
    """Raise ValidationError unless the file begins as an MP4 or a WebM does, and as its name says."""
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    is_webm, is_mp4 = head.startswith(WEBM), head[4:8] == b"ftyp"
    if not (is_webm if file.name.lower().endswith(".webm") else is_mp4):
        raise ValidationError("This file is no MP4 or WebM video: export it again, or choose another.")
