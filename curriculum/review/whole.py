"""Whether a saved draft could be published as it is: drafts are saved half done, and checked only when sent."""

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.models import Revision

from curriculum.review.eyes import Refused
from curriculum.word.panels import SETTLE_FIRST, waits

NOT_WHOLE = "Something is missing or wrong in this text: open it in the CMS and submit it there, which shows where."


def demand_whole(revision: Revision) -> None:
    """Raise Refused where the editor would refuse to publish this text, or to send it."""
    page = revision.as_object()
    try:
        page.full_clean()
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))
    except ValidationError as error:
        raise Refused(NOT_WHOLE, page_id=page.pk) from error
    if waits(page):
        raise Refused(SETTLE_FIRST, page_id=page.pk)
