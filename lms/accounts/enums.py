from django.db.models import TextChoices


class NetworkRole(TextChoices):
    """Roles held in the network."""

    STAFF = "staff", "Program staff"
    FACULTY = "faculty", "Faculty"
    AUTHOR = "author", "Advisory group author"
    REVIEWER = "reviewer", "Advisory group reviewer"
    PUBLISHER = "publisher", "Advisory group chair"


ADVISORY_ROLES = (NetworkRole.AUTHOR, NetworkRole.REVIEWER, NetworkRole.PUBLISHER)
CMS_ROLES = (*ADVISORY_ROLES, NetworkRole.STAFF)

DEMO_PASSWORD = "demo"  # noqa: S105 - of the demo network, refused outside its settings

US_TIME_ZONES = [
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
]
