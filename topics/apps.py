from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "topics"
    verbose_name = "Topics and conferences"

    def ready(self):
        from cohorts.network.origins import register_origin
        from curriculum.evidence import register_evidence
        from lms.practices.access import ROLES
        from topics.origins import of_module, of_session
        from topics.permissions import holds_page, proposes

        # Not of one practice: any physician of any practice, faculty and the advisory group.
        ROLES["proposer"] = lambda request: proposes(request.user)
        # Whoever published a page can take it down, also once they lead no more.
        ROLES["page holder"] = lambda request: holds_page(request.user)
        register_origin(of_session)
        register_evidence(of_module)
