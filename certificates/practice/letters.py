from django.urls import reverse

from certificates.practice.models import Certificate
from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.practices.schema import current_practice


@letter("certificate_ready")
def certificate_ready(ids: dict) -> Letter | None:
    """Tells the leader where the certificate is. The PDF stays behind sign-in; none goes out once it is revoked."""
    certificate = (
        Certificate.objects.select_related("person__user", "registry")
        .filter(pk=ids["certificate"], registry__revoked_on=None)
        .first()
    )
    if certificate is None or not certificate.person.user.is_active:
        return None
    page = reverse("certificates_practice:certificates", kwargs={"practice": current_practice().slug})
    return Letter(
        to=certificate.person.user.email,
        subject=f"Your certificate: {certificate.title}",
        paragraphs=[
            f"You have completed {certificate.title}. Your certificate is ready.",
            "Sign in to download it as a PDF. Anyone can check it by the code or the number printed on it.",
        ],
        why="You get this mail because you have earned a certificate of the program.",
        button=("See your certificates", absolute(page)),
        person=certificate.person,
    )
