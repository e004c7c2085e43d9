"""Making the strategy page from plain values; it is edited in the CMS afterward like any page."""

import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction

from curriculum.models import FrontPage
from topics.models import StrategyPage


@transaction.atomic
def make_strategy_page(
    *, parent: FrontPage, title: str, lede: str, aims: Iterable[Mapping[str, str]] = (), body: str = ""
) -> StrategyPage:
    """The published strategy page below the front page; one that is there is left alone."""
    found = StrategyPage.objects.child_of(parent).first()
    if found is not None:
        return found
    blocks = [{"type": "aim", "value": dict(aim), "id": str(uuid.uuid4())} for aim in aims]
    page = StrategyPage(title=title, slug="strategy", lede=lede, aims=blocks, body=body, live=False)
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
