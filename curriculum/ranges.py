"""A file, or the part of it that a player asks for (RFC 9110, one range): without that nobody can skip ahead."""

import re
from typing import BinaryIO

from django.http import FileResponse, HttpRequest

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)


class _Part:
    """Reads `length` bytes of an open file and no more."""

    def __init__(self, file: BinaryIO, length: int):
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        data = self.file.read(wanted)
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()


class RangeResponse(FileResponse):
    """200 with the whole of `file`, 206 with the one range asked for, 416 where it lies outside.

    Several ranges, and what is no range, are answered with the whole, as the standard allows. `file` has `size`.
    """

    def __init__(self, request: HttpRequest, file, **kwargs):
        size = file.size
        asked = RANGE.match(request.headers.get("Range", ""))
        first, last = _bounds(asked, size) if asked else (0, size - 1)
        outside = first > last and asked is not None
        file.seek(0 if outside else first)
        super().__init__(_Part(file, 0 if outside else last - first + 1), **kwargs)
        self.headers["Accept-Ranges"] = "bytes"
        self.headers["Content-Length"] = str(0 if outside else last - first + 1)
        self.headers["X-Content-Type-Options"] = "nosniff"
        self.headers["Cache-Control"] = "private, max-age=3600"
        if outside:
            self.status_code = 416
            self.headers["Content-Range"] = f"bytes */{size}"
        elif asked:
            self.status_code = 206
            self.headers["Content-Range"] = f"bytes {first}-{last}/{size}"


def _bounds(asked: re.Match, size: int) -> tuple[int, int]:
    """The first and the last byte asked for; first > last where there is nothing to give."""
    start, end = asked.groups()
    if not start:  # the last so many bytes
        return (max(0, size - int(end)), size - 1) if end and int(end) else (1, 0)
    return int(start), min(int(end), size - 1) if end else size - 1
