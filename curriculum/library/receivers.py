"""When the index is kept: each change to what readers find is followed within its transaction."""

from django.db import connection
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from curriculum.library.derived import DOCUMENTS, FACULTY
from curriculum.library.indexing import settle
from curriculum.library.models import LibraryEntry
from curriculum.library.pages import LESSONS, MODULES
from curriculum.library.sources import SOURCES
from curriculum.library.terms import TERMS
from curriculum.models import LessonPage, ModulePage, ProgramPage, Term
from lms.accounts.models import User

KINDS = (ProgramPage, ModulePage, LessonPage)


@receiver([page_published, page_unpublished, post_page_move], dispatch_uid="library.page_changed")
def page_changed(sender, instance, **kwargs):
    """A page and all below it: what stands below a page that is not live is found no more than the page."""
    if isinstance(instance.specific, KINDS):
        settle_tree(instance)


def settle_tree(page: Page) -> None:
    tree = {"path__startswith": page.path}
    settle(MODULES.kind, ModulePage.objects.filter(**tree).values_list("pk", flat=True))
    settle(LESSONS.kind, LessonPage.objects.filter(**tree).values_list("pk", flat=True))


@receiver(post_delete, sender=Page, dispatch_uid="library.page_deleted")
def page_deleted(sender, instance, **kwargs):
    for source in (MODULES, LESSONS):
        settle_if_there(source.kind, instance.pk)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="library.page_closed")
def page_closed(sender, instance, **kwargs):
    settle_tree(instance.page)


@receiver([post_save, post_delete], sender=CollectionViewRestriction, dispatch_uid="library.collection_closed")
def collection_closed(sender, instance, **kwargs):
    settle(DOCUMENTS.kind, DOCUMENTS.ids())


@receiver(post_save, sender=get_document_model(), dispatch_uid="library.document_saved")
@receiver(post_delete, sender=get_document_model(), dispatch_uid="library.document_deleted")
def document_changed(sender, instance, **kwargs):
    settle_if_there(DOCUMENTS.kind, instance.pk)


@receiver(post_save, sender=User, dispatch_uid="library.faculty_renamed")
def faculty_renamed(sender, instance, created, update_fields, **kwargs):
    if not created and (update_fields is None or {"name", "credentials"} & set(update_fields)):
        settle_if_there(FACULTY.kind, instance.pk)


@receiver([post_save, post_delete], sender=Term, dispatch_uid="library.term_changed")
def term_changed(sender, instance, **kwargs):
    settle(TERMS.kind, [instance.pk])


def settle_if_there(kind: str, object_id) -> None:
    """Settle what the index holds; one query for what it does not hold."""
    if LibraryEntry.objects.filter(kind=kind, object_id=str(object_id)).exists():
        settle(kind, [object_id])


@receiver(post_migrate, dispatch_uid="library.filled")
def fill_when_new(sender, plan=(), **kwargs):
    """A site that had pages before it had a library, or terms before those were found: it has them after `migrate`.

    Not after one that goes back: what is to be found may have no table any more.
    """
    goes_back = any(backwards for _, backwards in plan)
    if getattr(connection, "schema_name", "") == "public" and sender.name == "curriculum.library" and not goes_back:
        for source in SOURCES.values():
            if not LibraryEntry.objects.filter(kind=source.kind).exists():
                settle(source.kind, source.ids())
