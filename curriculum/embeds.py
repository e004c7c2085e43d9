"""Videos that are hosted elsewhere. Nothing is asked of their host before a reader presses play."""

import re
from dataclasses import dataclass

from django.conf import settings

YOUTUBE_PLAYER, VIMEO_PLAYER = settings.VIDEO_PLAYERS  # the only frames of others that our pages may hold
YOUTUBE = re.compile(
    r"https://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:\S*&)?v=|embed/|live/|shorts/)|youtu\.be/)"
    r"([\w-]{11})(?![\w-])\S*\Z",
    re.ASCII,
)
VIMEO = re.compile(
    r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{5,12})(?:/([0-9a-f]{6,16}))?(?:[?#]\S*)?\Z", re.ASCII
)


@dataclass(frozen=True)
class Embed:
    """`page` is where the video is watched at its host; `player` what plays it in a frame."""

    host: str
    page: str
    player: str


def embed_of(url: str) -> Embed | None:
    """The embed for the address of a video at YouTube or Vimeo; None for any other address."""
    if found := YOUTUBE.match(url):
        name = found[1]
        return Embed("YouTube", f"https://www.youtube.com/watch?v={name}", f"{YOUTUBE_PLAYER}/embed/{name}?autoplay=1")
    if found := VIMEO.match(url):
        name, key = found.groups()
        page = f"https://vimeo.com/{name}" + (f"/{key}" if key else "")
        player = f"{VIMEO_PLAYER}/video/{name}?dnt=1&autoplay=1" + (f"&h={key}" if key else "")
        return Embed("Vimeo", page, player)
    return None
