"""What a session and a module say of the topic that they came from."""

from django.urls import reverse

from cohorts.network.models import CohortSession
from cohorts.network.origins import Origin
from curriculum.models import ModulePage
from topics.models import Topic


def of_session(cohort_session: CohortSession) -> Origin | None:
    """For the session's page of those who run it."""
    topic = Topic.objects.filter(cohort_session=cohort_session).first()
    if topic is None:
        return None
    return Origin(f"The topic “{topic.title}”", reverse("topics:board_topic", args=[topic.pk]))


def of_module(request, subject, as_faculty: bool = False):
    """For the evidence beside a module in the editor: the board's topic, which faculty do not open."""
    if not isinstance(subject, ModulePage):
        return None
    topic = Topic.objects.filter(module=subject).first()
    return None if topic is None else ("topics/origin.html", {"topic": topic, "opens_board": not as_faculty})
