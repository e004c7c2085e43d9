"""What others do meanwhile, through the actions that their clicks would call."""

from django.utils.text import slugify

from cohorts.network.models import Cohort
from cohorts.practice.checking import submit_check
from cohorts.practice.learning import complete_lesson
from cohorts.practice.models import Enrollment
from cohorts.practice.nominating import add_leader
from curriculum.checking import checks_of
from curriculum.models import LessonPage, ModulePage
from feedback.practice.actions import submit_response
from feedback.practice.models import SurveyInvitation
from lms.accounts.actions import accept_invitation, grant_network_role
from lms.accounts.enums import NetworkRole
from lms.accounts.models import Invitation, User
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.fixtures import make_user

PASSWORD = "a sentence to keep in mind"


def person(email: str, name: str, *, role: NetworkRole | None = None, credentials: str = "MD") -> User:
    """Somebody who has accepted their invitation already. Signs in with PASSWORD."""
    user = make_user(email, name, credentials=credentials)
    user.set_password(PASSWORD)
    user.save()
    if role:
        grant_network_role(user=user, role=role)
    return user


def managing_physician(practice: Practice, email: str, name: str) -> User:
    user = person(email, name)
    grant_membership(user=user, practice=practice, role=PracticeRole.MANAGING_PHYSICIAN)
    return user


def leader(practice: Practice, cohort: Cohort, by: User, name: str) -> Enrollment:
    """A leader whom staff have added, and who has accepted the invitation with PASSWORD."""
    email = f"{slugify(name).replace('-', '.')}@{practice.slug}.example"
    enrollment = add_leader(
        practice=practice, cohort=cohort, by=by, name=name, email=email, why="Ready.", protected_hours=8
    )
    invitation = Invitation.objects.get(user__email=email)
    accept_invitation(
        invitation=invitation,
        generation=invitation.generation,
        password=PASSWORD,
        name=name,
        credentials="MD",
        time_zone=practice.time_zone,
    )
    return enrollment


def finish(practice: Practice, enrollment: Enrollment, module: ModulePage) -> None:
    """Read every lesson of a module and pass its checks."""
    with enter(practice):
        for lesson in LessonPage.objects.child_of(module).live():
            for check in checks_of(lesson):
                right = {question.id: list(question.right_ids) for question in check.questions}
                submit_check(enrollment=enrollment, lesson=lesson, check_id=check.id, chosen=right)
            complete_lesson(enrollment=enrollment, lesson=lesson)


def answer(practice: Practice, enrollment: Enrollment, **answers: int | str) -> None:
    """Answer the survey that `enrollment`'s person was asked last; keys with _ for -."""
    with enter(practice):
        asked = SurveyInvitation.objects.filter(person=enrollment.person).order_by("-invited_on").first()
        assert asked is not None
        submit_response(invitation=asked, answers={key.replace("_", "-"): given for key, given in answers.items()})
