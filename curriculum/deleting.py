"""Where Wagtail deletes and moves: refused in words before, and a deletion looked at again before it is final."""

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.shortcuts import redirect
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.models import Page

from curriculum.guards import INSTEAD, below_refusal, lock_refusal, move_refusal, refusal
from lms.accounts.models import User


def before_delete_page(request, page):
    return _refuse(request, [page], _listing_of(page))


def after_delete_page(request, page):
    return _undo_if_missed(request, _listing_of(page))


class GuardedBulkDelete(DeleteBulkAction):
    """Wagtail's own, which says "no permission" where its index knows of a reference. Ours counts, and says why."""

    def prepare_action(self, objects, objects_without_access):
        return _refuse(self.request, objects, _back(self.request, self))


class GuardedBulkMove(MoveBulkAction):
    """Wagtail's own; what records point at stays, and so does what somebody has locked."""

    def prepare_action(self, pages, pages_without_access):
        destination = self.cleaned_form.cleaned_data["chooser"]
        sentence = lock_refusal(pages, self.request.user) or move_refusal(pages, destination)
        if sentence:
            messages.error(self.request, sentence)
            return _back(self.request, self)
        return super().prepare_action(pages, pages_without_access)


def before_move_page(request, page, destination):
    sentence = lock_refusal([page], request.user) or move_refusal([page], destination)
    if not sentence:
        return None
    messages.error(request, sentence)
    return _listing_of(page)


def before_bulk_action(request, action_type, objects, action):
    """Ending access is a date, on the people page; nobody is deleted, nor are roles given in bulk."""
    if action.model is not User:
        return None
    messages.info(request, "People are kept on the people page, not in the CMS.")
    return redirect("wagtailadmin_home")


def after_bulk_action(request, action_type, objects, action):
    return _undo_if_missed(request, _back(request, action)) if action_type == "delete" else None


def _refuse(request, pages: list[Page], answer):
    user = request.user
    sentence = refusal(pages) or lock_refusal(pages, user) or below_refusal(pages, user)
    if not sentence:
        return None
    messages.error(request, sentence)
    return answer


def _undo_if_missed(request, answer):
    """Look for rows that still point at what was deleted, while it can be undone: Wagtail's transaction is open."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        transaction.set_rollback(True)
        list(get_messages(request))  # reading them drops Wagtail's word that it was deleted
        messages.error(request, f"Nothing was deleted: records in a practice still point at it. {INSTEAD}")
        return answer
    return None


def _back(request, action):
    """Where the editor came from; without that Wagtail's address names no pages, and would not be found."""
    return redirect("wagtailadmin_explore_root" if action.next_url == request.path else action.next_url)


def _listing_of(page: Page):
    return redirect("wagtailadmin_explore", page.get_parent().pk)
