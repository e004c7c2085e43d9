import re

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from certificates.network.states import state_of, statement_of
from certificates.practice import files
from certificates.practice.permissions import acting_as, sees_all, visible
from lms.people.actions import record_access
from lms.practices.access import admits

A_PAGE = 25
# What file systems refuse in names.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@require_safe
@admits("leadership", "staff", "holder", "leader", "former leader")
def certificates(request, practice):
    """A leader's own certificates; for leadership and staff those of the practice's leaders."""
    page = Paginator(visible(request), A_PAGE).get_page(request.GET.get("page"))
    rows = [(certificate, state_of(certificate.registry)) for certificate in page.object_list]
    context = {"page": page, "rows": rows, "practice": practice, "all_leaders": sees_all(request)}
    return render(request, "certificates/certificates.html", context)


@require_safe
@admits("leadership", "staff", "holder", "leader", "former leader")
def download(request, practice, certificate):
    """The PDF. Another's look is written to the leader's access log."""
    found = get_object_or_404(visible(request), pk=certificate)
    content = files.read(found.file)
    if content is None:
        raise Http404("The file of this certificate cannot be read. Write to the program office.")
    record_access(
        person=found.person,
        viewer=request.user,
        role=acting_as(request),
        what=f"Certificate {found.registry.number}",
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_file_name(found))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(certificate) -> str:
    """ "Name - Award.pdf", with the name that is printed on it."""
    statement = statement_of(certificate.registry)
    name = statement.name if statement else certificate.person.user.name
    return f"{_plain(name)} - {_plain(certificate.title)}.pdf"


def _plain(words: str) -> str:
    return " ".join(_UNSAFE.sub(" ", words).split())
