from cohorts.practice.changed_lessons import TELL, tell_of_change
from curriculum.models import SubstantialChange
from lms.outbox.registry import work


@work(TELL)
def tell_completed(ids: dict) -> None:
    """A lesson was changed in substance: promise each mail."""
    change = SubstantialChange.objects.filter(pk=ids["change"]).first()
    if change:  # None: the page is gone
        tell_of_change(change=change)
