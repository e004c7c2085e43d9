"""What certificates add to the leader's journey, and to the page about a leader."""

from certificates.practice.models import Certificate


def certificate_earned(request, enrollment) -> tuple[str, dict] | None:
    """The newest certificate that stands, and how many there are."""
    standing = list(
        Certificate.objects.filter(enrollment=enrollment, registry__revoked_on=None, registry__superseded_by=None)
        .select_related("registry")
        .order_by("-issued_at")
    )
    if not standing:
        return None
    # The program's says more than that of its last year, issued in the same minute.
    newest = next((one for one in standing if one.year is None), standing[0])
    return "certificates/earned_panel.html", {
        "practice": request.practice,
        "certificate": newest,
        "earned": len(standing),
    }
