from django.db.models import TextChoices


class NominationState(TextChoices):
    SUBMITTED = "submitted", "Waiting for the physician"
    CONFIRMED = "confirmed", "Confirmed by the physician"
    REFUSED = "refused", "Physician said no"
    WAITLISTED = "waitlisted", "Waitlisted"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


# A user has one of these at most per cohort, across all practices.
LIVE_NOMINATIONS = (
    NominationState.SUBMITTED,
    NominationState.CONFIRMED,
    NominationState.WAITLISTED,
    NominationState.ACCEPTED,
)


class EnrollmentState(TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    COMPLETED = "completed", "Completed"


class RulingKind(TextChoices):
    WAIVED = "waived", "Excused"
    EXTENDED = "extended", "Extended"
    SIGNED_OFF = "signed_off", "Signed off"


class Rsvp(TextChoices):
    NONE = "", "No reply"
    GOING = "going", "Going"
    CANNOT = "cannot", "Can’t come"


class Attendance(TextChoices):
    NONE = "", "Not recorded"
    ATTENDED = "attended", "Attended"
    ABSENT = "absent", "Absent"
    EXCUSED = "excused", "Excused"


class AttendedHow(TextChoices):
    NONE = "", "Not recorded"
    IN_PERSON = "in_person", "In person"
    VIRTUAL = "virtual", "Virtually"
