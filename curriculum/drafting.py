"""Drafts that begin outside the CMS and go on in it."""

from django.db import transaction
from django.utils.text import Truncator, slugify
from wagtail.log_actions import log

from curriculum.models import ModulePage, ProgramPage

LONGEST_SLUG = 80


@transaction.atomic
def draft_module(*, program: ProgramPage, title: str, summary: str, by) -> ModulePage:
    """An unpublished module below `program`, written by `by`: it goes through the review as every page does."""
    page = ModulePage(
        title=title,
        slug=_free_slug(program, title),
        short_title=Truncator(title).chars(24),
        lede=Truncator(summary).chars(400),
        live=False,
        owner=by,
    )
    program.add_child(instance=page)
    page.save_revision(user=by)
    log(instance=page, action="wagtail.create", user=by)
    return page


def _free_slug(program: ProgramPage, title: str) -> str:
    taken = set(program.get_children().values_list("slug", flat=True))
    base = slugify(title)[:LONGEST_SLUG].strip("-") or "module"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
