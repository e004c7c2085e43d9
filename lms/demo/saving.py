"""What a leader of the demo put aside: a lesson to read again, one for the next partner meeting, and a term."""

from curriculum.library.saving import save
from curriculum.library.searching import visible_to
from curriculum.models import LessonPage, Term
from lms.accounts.models import User
from lms.demo import cast

LEADER = f"leader@{cast.DOMAIN}"
SLUGS = ("one-message-before-the-microphone", "buy-and-bill-one-vial-start-to-finish")
TERM = "WAC"


def save_some() -> None:
    """The demo's leader saves lessons of modules that have opened to them, and a term of the glossary."""
    leader = User.objects.get(email=LEADER)
    lessons = [str(pk) for pk in LessonPage.objects.live().filter(slug__in=SLUGS).values_list("pk", flat=True)]
    for entry in visible_to(leader).filter(kind="lesson", object_id__in=lessons).order_by("title"):
        save(user=leader, kind=entry.kind, object_id=entry.object_id)
    save(user=leader, kind="term", object_id=str(Term.objects.get(name=TERM).pk))
