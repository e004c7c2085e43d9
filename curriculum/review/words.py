from django.urls import reverse
from django.utils.html import format_html

from curriculum.review.eyes import Refused


def compare_url(page_id: int, earlier: int | str, later: int | str) -> str:
    """Wagtail's comparison of two revisions; "live" and "earliest" stand for revisions too."""
    return reverse("wagtailadmin_pages:revisions_compare", args=[page_id, earlier, later])


def in_words(refused: Refused) -> str:
    """The sentence, with a link to the comparison where there is one."""
    if refused.compare is None:
        return str(refused)
    url = compare_url(refused.page_id, *refused.compare)
    return format_html('{} <a href="{}">Compare the two texts</a>', str(refused), url)
