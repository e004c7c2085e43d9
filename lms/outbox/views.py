from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lms.outbox import mail_folder, queries
from lms.outbox.actions import give_up, retry
from lms.outbox.models import OutboxRow
from lms.practices.access import admits

A_PAGE = 25


@require_safe
@admits("staff")
def outbox(request):
    """What failed and why, and what still waits."""
    waiting = Paginator(queries.waiting(), A_PAGE).get_page(request.GET.get("page"))
    context = {"stopped": queries.stopped()[:200], "page": waiting, "refuses": queries.mail_server_refuses()}
    return render(request, "outbox/outbox.html", context)


@require_POST
@admits("staff")
def settle(request, row):
    """Try a stopped row again, or give it up."""
    found = get_object_or_404(OutboxRow, pk=row)
    if request.POST.get("what") == "give_up":
        give_up(row=found)
        messages.success(request, "Given up. It will not be tried again.")
    else:
        retry(row=found)
        messages.success(request, "It is being tried again.")
    return redirect("outbox:outbox")


@require_safe
@admits("staff")
def demo_mails(request):
    """The demo's mail, as sent. There is no such page outside the demo."""
    if not settings.DEMO:
        raise Http404
    number = request.GET.get("page", "1")
    number = int(number) if number.isdecimal() and len(number) < 6 and int(number) > 0 else 1
    mails, more = mail_folder.newest(A_PAGE, skip=(number - 1) * A_PAGE)
    return render(request, "outbox/demo_mails.html", {"mails": mails, "number": number, "more": more})


@require_safe
@admits("staff")
def demo_mail(request, name):
    mail = mail_folder.one(name) if settings.DEMO else None
    if mail is None:
        raise Http404
    return render(request, "outbox/demo_mail.html", {"mail": mail})
