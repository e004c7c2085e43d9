"""Videos: captions that can be read, a part at a time, and nothing asked of others before play is pressed."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from curriculum.captions import read_captions
from curriculum.embeds import embed_of
from curriculum.models import LessonPage, Video
from curriculum.reading import lesson_minutes
from tests.curriculum.editor import lesson_form
from tests.curriculum.test_blocks import make, read, refusal
from tests.fixtures import signed_in

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.500\nGood morning.\n\n1\n00:01:02.500 --> 00:01:04.000 line:90%\nAnd welcome.\n"
WEBM = b"\x1a\x45\xdf\xa3" + bytes(range(96))
TRANSCRIPT = "<p>Good morning, and welcome.</p>"
HOSTED = {
    "type": "video",
    "title": "Building the page",
    "url": "https://youtu.be/abcdefghi_1",
    "length": "6:40",
    "transcript": TRANSCRIPT,
}


@pytest.fixture
def video(db, settings, tmp_path) -> Video:
    settings.MEDIA_ROOT = str(tmp_path)
    return Video.objects.create(
        title="Opening", file=ContentFile(WEBM, "opening.webm"), captions=ContentFile(VTT, "opening.vtt")
    )


def test_captions_are_read():
    assert read_captions(ContentFile(VTT)) == 2
    assert read_captions(ContentFile(b"\xef\xbb\xbf" + VTT.replace(b"\n", b"\r\n"))) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "first line says WEBVTT"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nSubRip\n", "first line says WEBVTT"),
        (b"WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nx\n", "Line 3"),
        (b"WEBVTT\n\n00:05.000 --> 00:04.000\nx\n", "ends before it begins"),
        (b"WEBVTT\n\n00:75.000 --> 01:90.000\nx\n", "Line 3"),
        (b"WEBVTT\n\nNothing said.\n", "no captions"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\xfe\n", "UTF-8"),
        (b"WEBVTT" + b" " * 2_000_000, "1 MB"),
    ],
)
def test_captions_that_cannot_be_shown_are_refused_in_words(text, words):
    with pytest.raises(ValidationError, match=words):
        read_captions(ContentFile(text))


@pytest.mark.parametrize(
    ("url", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghi_1&t=3s",
            "https://www.youtube-nocookie.com/embed/abcdefghi_1?autoplay=1",
        ),
        (
            "https://www.youtube.com/watch?t=3s&v=abcdefghi_1",
            "https://www.youtube-nocookie.com/embed/abcdefghi_1?autoplay=1",
        ),
        ("https://youtu.be/abcdefghi_1?si=x", "https://www.youtube-nocookie.com/embed/abcdefghi_1?autoplay=1"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1"),
        (
            "https://vimeo.com/123456789/abcdef0123",
            "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1&h=abcdef0123",
        ),
    ],
)
def test_hosted_video_gets_its_player(url, player):
    assert embed_of(url).player == player


@pytest.mark.parametrize(
    "url",
    [
        "http://youtu.be/abcdefghi_1",
        "https://youtu.be.example/abcdefghi_1",
        "https://evil.example/?https://youtu.be/abcdefghi_1",
        'https://youtu.be/abcdefghi_1" onload="x',
        "https://youtu.be/short",
        "https://vimeo.com/channels/staff",
        "javascript:alert(1)",
        "",
    ],
)
def test_other_addresses_get_none(url):
    assert embed_of(url) is None


def test_video_needs_captions_or_a_transcript(video):
    given = {"title": "T", "video": None, "url": "", "length": "1:00", "captioned": False, "transcript": ""}
    assert "Choose a video" in refusal("video", **given)
    assert "Add a transcript" in refusal("video", **{**given, "url": HOSTED["url"]})
    assert "not both" in refusal("video", **{**given, "url": HOSTED["url"], "video": video.pk})
    assert "YouTube or Vimeo" in refusal("video", **{**given, "url": "https://video.example/1"})
    assert "6:40" in refusal("video", **{**given, "video": video.pk, "length": "six"})
    video.captions = ""
    video.save()
    assert "Add a transcript" in refusal("video", **{**given, "video": video.pk})


def test_hosted_video_asks_nothing_of_its_host_before(tree, physician):
    page = make(tree, HOSTED)
    answer = signed_in(physician).get(page.url)
    content = answer.content.decode()
    assert "<iframe" not in content
    assert 'src="https://www.youtube' not in content
    assert 'href="https://www.youtube.com/watch?v=abcdefghi_1"' in content
    assert (
        "frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com"
        in (answer.headers["Content-Security-Policy"])
    )
    assert lesson_minutes(page) == 7


def test_own_video_is_played_a_part_at_a_time(tree, video, physician, no_role, client):
    page = make(tree, {"type": "video", "title": "Opening", "video": video.pk, "length": "0:30"})
    url = f"/videos/{video.pk}/"
    content = read(page, physician)
    assert f'src="{url}"' in content
    assert f'src="{url}captions.vtt"' in content
    reader = signed_in(physician)
    whole = reader.get(url)
    assert (whole.status_code, whole.getvalue(), whole.headers["Content-Type"]) == (200, WEBM, "video/webm")
    for asked, status, start, end in (
        ("bytes=0-9", 206, 0, 9),
        ("bytes=90-", 206, 90, 99),
        ("bytes=-5", 206, 95, 99),
        ("bytes=50-9999", 206, 50, 99),
    ):
        part = reader.get(url, headers={"Range": asked})
        assert (part.status_code, part.getvalue()) == (status, WEBM[start : end + 1])
        assert part.headers["Content-Range"] == f"bytes {start}-{end}/100"
        assert part.headers["Content-Length"] == str(end - start + 1)
    for outside in ("bytes=100-", "bytes=9-3", "bytes=-0", "bytes=-", f"bytes={10**17}-"):
        answer = reader.get(url, headers={"Range": outside})
        assert (answer.status_code, answer.getvalue()) == (416, b"")
    for strange in ("bytes=0-1,4-5", "lines=1-2", "bytes=" + "9" * 5000 + "-", "bytes=a-b"):
        assert reader.get(url, headers={"Range": strange}).status_code == 200
    assert reader.get(f"{url}captions.vtt").getvalue() == VTT
    for path in (url, f"{url}captions.vtt"):
        assert signed_in(no_role).get(path).status_code == 403
        assert client.get(path).status_code == 302
    assert reader.get(f"/videos/{2**70}/").status_code == 404
    assert reader.get(f"/media/{video.file.name}").status_code == 404


def test_upload_that_is_no_video_is_refused_in_words(as_advisor, db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    for name, data, vtt, words in (
        ("a.mp4", b"MZ not a video at all", VTT, "no MP4 or WebM"),
        ("a.webm", b"\x00\x00\x00\x18ftypisom", VTT, "no MP4 or WebM"),
        ("a.svg", b"<svg/>", VTT, "not allowed"),
        ("a.webm", WEBM, b"no captions", "first line says WEBVTT"),
    ):
        form = {"title": "T", "file": SimpleUploadedFile(name, data), "captions": SimpleUploadedFile("a.vtt", vtt)}
        answer = as_advisor.post("/cms/videos/new/", form)
        assert answer.status_code == 200
        assert words in answer.content.decode()
    assert not Video.objects.exists()
    form = {"title": "T", "file": SimpleUploadedFile("a.webm", WEBM), "captions": SimpleUploadedFile("a.vtt", VTT)}
    assert as_advisor.post("/cms/videos/new/", form).status_code == 302
    assert Video.objects.get().content_type == "video/webm"


def test_video_that_a_page_shows_is_not_deleted(tree, video, as_advisor):
    make(tree, {"type": "video", "title": "Opening", "video": video.pk, "length": "0:30"})
    answer = as_advisor.post(f"/cms/videos/delete/{video.pk}/", follow=True)
    assert "is used by" in answer.content.decode()
    assert Video.objects.exists()


def test_topic_overview_needs_its_owner_and_a_transcript(tree, video, as_advisor, faculty):
    page = make(tree, {"type": "video", "title": "Opening", "video": video.pk, "length": "0:30"})
    publish = {"kind": "overview", "action-publish": "action-publish"}
    url = f"/cms/pages/{page.pk}/edit/"
    answer = as_advisor.post(url, lesson_form(page, **publish))
    assert answer.status_code == 200
    assert "Choose who gives this topic overview." in answer.content.decode()
    assert "Add a video with its transcript to the body" in answer.content.decode()
    page = make(tree)
    raw = [{**item} for item in page.body.raw_data]
    raw[-1]["value"]["transcript"] = TRANSCRIPT
    page.body = raw
    answer = as_advisor.post(url, lesson_form(page, **publish, given_by=str(faculty.pk)))
    assert answer.status_code == 302
    assert LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object().given_by == faculty
