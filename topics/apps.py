from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "topics"
    verbose_name = "Topics and conferences"

    def ready(self):
        from lms.practices.access import ROLES
        from topics.permissions import proposes

        # Not of one practice: any physician of any practice, faculty and the advisory group.
        ROLES["proposer"] = lambda request: proposes(request.user)
