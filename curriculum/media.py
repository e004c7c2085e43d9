"""Images and videos of the CMS, handed out by views that check: the web server serves no upload by itself."""

from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from curriculum.models import Video
from curriculum.permissions import reads_curriculum
from curriculum.ranges import RangeResponse
from lms.accounts.queries import opens_cms
from lms.practices.access import admits

# Raster images alone: a type that can carry script, such as SVG, is never sent from our address.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
PUBLIC_SIZES = "images"  # what pages show; beside it lie the originals, which are for the CMS
ORIGINALS = "original_images"


@require_safe
@admits("anyone")
def image(request, path: str):
    """An image of a page, for whoever reads curriculum; an original, for whoever opens the CMS; 404 for all else."""
    name = PurePosixPath(path)
    folder, kind = name.parts[0] if name.parts else "", TYPES.get(name.suffix.lower())
    if kind is None or folder not in (PUBLIC_SIZES, ORIGINALS) or ".." in name.parts:
        raise Http404("No such image.")
    if not (opens_cms(request.user) if folder == ORIGINALS else reads_curriculum(request.user)):
        raise PermissionDenied
    try:
        file = default_storage.open(path)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404("No such image.") from error
    response = FileResponse(file, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@admits("anyone")
def video(request, video: int):
    """A video for whoever reads curriculum, whole or the part that a player asks for."""
    held = _held(request, video)
    return RangeResponse(request, _opened(held.file), content_type=held.content_type)


@require_safe
@admits("anyone")
def captions(request, video: int):
    """The captions of a video, for whoever reads curriculum; 404 where it has none."""
    return FileResponse(_opened(_held(request, video).captions), content_type="text/vtt; charset=utf-8")


def _held(request, pk: int) -> Video:
    if not reads_curriculum(request.user):
        raise PermissionDenied
    held = Video.objects.filter(pk=pk).first()
    if held is None:
        raise Http404("No such video.")
    return held


def _opened(file):
    try:
        return file.open("rb")
    except (OSError, ValueError) as error:
        raise Http404("No such file.") from error
