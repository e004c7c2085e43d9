from django.conf import settings
from django.utils.functional import SimpleLazyObject

from lms.accounts.queries import is_staff
from lms.outbox.queries import mail_server_refuses
from lms.portal import homes


def page(request) -> dict:
    """What every page's frame shows: the way around, one's homes, the practice's color, warnings for staff.

    What needs the database is read when the frame asks for it, so a fragment costs nothing. Four queries at most.
    """
    context = {
        "network_name": settings.NETWORK_NAME,
        "program_name": settings.PROGRAM_NAME,
        "office_email": settings.PROGRAM_OFFICE_EMAIL,
        "demo": settings.DEMO,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    practice = getattr(request, "practice", None)
    return context | {
        "home_url": "/home/",
        "account_name": user.name,
        "brand": practice.accent if practice else "",
        "nav_items": SimpleLazyObject(lambda: homes.navigation(request)),
        "account_links": SimpleLazyObject(lambda: homes.account_links(request)),
        "banners": SimpleLazyObject(lambda: banners(user)),
    }


def banners(user) -> list[dict]:
    """Warnings for staff, and for nobody else."""
    if not is_staff(user) or not mail_server_refuses():
        return []
    return [
        {
            "text": "The mail server refuses our mail. Nothing is lost: it is tried again until the server takes it.",
            "url": "/staff/outbox/",
            "link": "See the outbox",
        }
    ]
