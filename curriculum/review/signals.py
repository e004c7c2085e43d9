"""Where Wagtail's own signals meet the review."""

from django.db.models.signals import pre_save
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted


def connect() -> None:
    """Guard schedules, and let our letters speak in place of Wagtail's mails."""
    pre_save.connect(refuse_uncleared_schedule, sender=Revision, dispatch_uid="curriculum_review.schedule")
    task_submitted.disconnect(sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
    for signal, told in (
        (workflow_submitted, "submitted"),
        (workflow_rejected, "rejected"),
        (workflow_approved, "approved"),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{told}_email_notification")


def refuse_uncleared_schedule(sender, instance: Revision, **kwargs) -> None:
    """A date makes a revision go live by itself later on, when nobody is asked any more."""
    from curriculum.review import eyes
    from curriculum.review.pages import Reviewed

    if instance.approved_go_live_at is None or not issubclass(instance.content_type.model_class() or object, Reviewed):
        return
    if instance.pk is None or not eyes.is_cleared(instance.pk):
        raise eyes.Refused(eyes.UNREAD.format(title=instance.object_str), page_id=int(instance.object_id))
