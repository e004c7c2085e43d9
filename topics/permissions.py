"""Who proposes, who sits on the board, who sees what others scored."""

import re

from lms.accounts.queries import is_advisor, is_faculty
from lms.practices.enums import PracticeRole
from lms.practices.queries import held_memberships
from topics.models import SpeakerPage

PHYSICIANS = (PracticeRole.PHYSICIAN, PracticeRole.MANAGING_PHYSICIAN)
# A sponsor may be an executive; their letters say whether they are a physician.
PHYSICIANS_LETTERS = re.compile(r"\b(MD|DO|MBBS|MBChB)\b", re.IGNORECASE)


def proposes(user) -> bool:
    """Whether `user` may propose topics: a physician of any practice, faculty, or of the advisory group."""
    if not user.is_authenticated:
        return False
    if is_faculty(user) or is_advisor(user):
        return True
    roles = {membership.role for membership in held_memberships(user)}
    if roles & set(PHYSICIANS):
        return True
    letters = user.credentials.replace(".", "")
    return PracticeRole.SPONSOR in roles and bool(PHYSICIANS_LETTERS.search(letters))


def holds_page(user) -> bool:
    """Whether `user` has written a speaker page."""
    return user.is_authenticated and SpeakerPage.objects.filter(user=user).exists()
