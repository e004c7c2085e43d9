"""What is played, opened or taken home beside the words of a lesson."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from curriculum.choosers import VideoChooserBlock
from curriculum.embeds import Embed, embed_of


class VideoValue(blocks.StructValue):
    @property
    def seconds(self) -> int:
        return seconds_of(self.get("length"))

    @property
    def has_transcript(self) -> bool:
        # The editor sends an empty paragraph for no text.
        return bool(self.get("transcript") and strip_tags(self["transcript"].source).strip())

    @property
    def embed(self) -> Embed | None:
        return embed_of(self.get("url") or "")


def seconds_of(length: str | None) -> int:
    """Whole seconds of a length such as "6:40" or "1:02:30"; 0 where there is none."""
    total = 0
    for part in (length or "0").split(":"):
        total = total * 60 + (int(part) if part.isdecimal() else 0)
    return total


class VideoBlock(blocks.StructBlock):
    """A video of ours, or one at YouTube or Vimeo, which is asked for only when a reader presses play."""

    title = blocks.CharBlock(max_length=120)
    video = VideoChooserBlock(required=False, help_text="One that we hold; or leave this empty and enter an address.")
    url = blocks.URLBlock(
        required=False, label="address", search_index=False, help_text="Of a video at YouTube or Vimeo."
    )
    length = blocks.RegexBlock(
        regex=r"\A(?:\d{1,2}:[0-5]\d|\d{1,3}):[0-5]\d\Z",
        search_index=False,
        help_text="Minutes and seconds, such as 6:40; counted in the lesson’s minutes.",
        error_messages={"invalid": "Enter minutes and seconds, such as 6:40."},
    )
    captioned = blocks.BooleanBlock(
        required=False,
        label="its host shows captions",
        search_index=False,
        help_text="For an address: captions that a person has read through, not automatic ones.",
    )
    transcript = blocks.RichTextBlock(
        required=False, features=["bold", "italic"], help_text="What is said and shown. Needed where captions are not."
    )

    class Meta:
        icon = "media"
        template = "curriculum/blocks/video.html"
        value_class = VideoValue

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if cleaned["video"] and cleaned["url"]:
            errors["url"] = ValidationError("Choose a video or enter an address, not both.")
        elif cleaned["url"] and cleaned.embed is None:
            errors["url"] = ValidationError("Enter the address of one video at YouTube or Vimeo, from https:// on.")
        elif not self.is_deferred_validation:
            errors = _missing(cleaned)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def _missing(cleaned: VideoValue) -> dict[str, ValidationError]:
    """What a video lacks before anybody is to watch it."""
    if not cleaned["video"] and not cleaned["url"]:
        return {"video": ValidationError("Choose a video, or enter the address of one.")}
    captioned = bool(cleaned["video"].captions) if cleaned["video"] else cleaned["captioned"]
    if captioned or cleaned.has_transcript:
        return {}
    return {"transcript": ValidationError("Add a transcript, or captions: not everybody hears the video.")}


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock()
    note = blocks.CharBlock(max_length=160, required=False, help_text="What it is for, in a few words.")

    class Meta:
        icon = "doc-full"
        template = "curriculum/blocks/document.html"


class ChecklistBlock(blocks.StructBlock):
    """Steps to take home: it has a page of its own that is made to be printed."""

    title = blocks.CharBlock(max_length=120)
    items = blocks.ListBlock(blocks.CharBlock(max_length=250), min_num=1, max_num=30)

    class Meta:
        icon = "list-ul"
        label = "checklist to take home"
        template = "curriculum/blocks/checklist.html"
