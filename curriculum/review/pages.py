"""What every page of ours does with its revisions. Mixed in before Wagtail's Page."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

if TYPE_CHECKING:
    from wagtail.models import Page as BeforePage
else:
    BeforePage = object  # this is loaded while models load

PUBLISHED_MEANWHILE = (
    "The page was published while you were writing, so this was not saved. Copy what you changed, and open it again."
)


class Reviewed(BeforePage):
    """No revision that somebody was asked about, or that was let through, is written over; none is published unread."""

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """As Wagtail's. Autosave that would write over a sealed revision makes a new one."""
        from curriculum.review import asking, eyes

        with transaction.atomic():
            latest = eyes.hold(self.pk)
            if overwrite_revision is not None and overwrite_revision.pk != latest:
                raise PermissionDenied("Somebody saved this page in the meantime. Open it again to go on.")
            if overwrite_revision is not None and eyes.is_sealed(overwrite_revision.pk):
                if overwrite_revision.user_id != getattr(kwargs.get("user"), "pk", None):
                    raise PermissionDenied("This version is somebody else’s. Open the page again to go on.")
                overwrite_revision = None
            revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
            self.taken_back = asking.take_back_if_changed(page=self, revision=revision, by=kwargs.get("user"))
            return revision

    def publish(self, revision, user=None, **kwargs):
        """As Wagtail's. Raises Refused where the revision was not let through, and its text is somebody's."""
        from curriculum.review import eyes

        with transaction.atomic():
            eyes.hold(self.pk)
            eyes.demand_clearance(revision=revision, by=user)
            return super().publish(revision, user=user, **kwargs)

    def save(self, *args, **kwargs):
        """A page begins as a draft; it goes live by a revision that was let through, and by nothing else."""
        from curriculum.review import eyes

        if self._state.adding:
            if not self.alias_of_id:
                self.live, self.live_revision = False, None
            return super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if fields is not None and "live_revision" not in fields:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            self._refuse_stale()
            goes_live = self.live_revision_id and (self.live or fields is not None)
            if goes_live and not eyes.is_cleared(self.live_revision_id):
                raise eyes.Refused(eyes.UNREAD.format(title=self.title), page_id=self.pk)
            return super().save(*args, **kwargs)

    def with_content_json(self, content):
        page = super().with_content_json(content)
        # A revision remembers what was live when it was saved; what is live now is the page's to say.
        page.live_revision_id = page.live_revision_when_read = self.live_revision_id
        return page

    def _refuse_stale(self) -> None:
        """A draft of a page that was not live is written to the page itself, and would undo a publication since."""
        if not hasattr(self, "live_revision_when_read") or self.live_revision_id != self.live_revision_when_read:
            return
        from curriculum.review import eyes

        eyes.hold(self.pk)
        now = type(self).objects.filter(pk=self.pk).values_list("live_revision_id", flat=True).get()
        if now != self.live_revision_when_read:
            raise PermissionDenied(PUBLISHED_MEANWHILE)
