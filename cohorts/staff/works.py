from cohorts.network.models import KeyChange
from cohorts.staff.regrading import COMPARE, REGRADE, note_mended_keys, regrade_practice
from lms.outbox.registry import work


@work(COMPARE)
def compare_keys(ids: dict) -> None:
    """A lesson was published anew: see whether attempts at its checks would come out differently."""
    note_mended_keys(page_id=ids["page"])


@work(REGRADE)
def regrade_attempts(ids: dict) -> None:
    """A mended key was confirmed: grade this practice's attempts again."""
    change = KeyChange.objects.filter(pk=ids["change"]).first()
    if change:  # None: the page is gone, and the attempts with it
        regrade_practice(change=change)
