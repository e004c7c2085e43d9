"""Captions: a WebVTT file is read before it is kept, so that a player never meets one that it drops in silence."""

import re

from django.core.exceptions import ValidationError

MOST_BYTES = 1024 * 1024
TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?\Z")


def refuse_broken_captions(file) -> None:
    """As a validator: raise ValidationError, with the line at fault, unless `file` is WebVTT."""
    read_captions(file)


def read_captions(file) -> int:
    """The number of cues in a WebVTT file. Raises ValidationError, with the line at fault, for anything else."""
    if file.size > MOST_BYTES:
        raise ValidationError("Choose a captions file of at most 1 MB.")
    file.seek(0)
    raw = file.read()
    file.seek(0)
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ValidationError("Save the captions as UTF-8 text: some of their letters cannot be read.") from error
    if not lines or not re.match(r"WEBVTT(?:[ \t]|\Z)", lines[0]):
        raise ValidationError("Choose a WebVTT file: its first line says WEBVTT.")
    return _cues(lines)


def _cues(lines: list[str]) -> int:
    cues = 0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        found = TIMING.match(line.strip())
        if found is None:
            raise ValidationError(
                f"Line {number} of the captions holds a time that cannot be read: write it as 00:01.000 --> 00:04.000."
            )
        times = found.groups()
        if _milliseconds(times[4:]) <= _milliseconds(times[:4]):
            raise ValidationError(f"Line {number} of the captions ends before it begins.")
        cues += 1
    if not cues:
        raise ValidationError("The captions file has no captions in it.")
    return cues


def _milliseconds(parts) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
