import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.network import plan
from cohorts.network.models import Cohort, CohortSession, Requirement
from feedback.network.enums import Outcome, SubjectKind
from feedback.network.models import Answer, Decision, Question, Survey, Window
from feedback.network.standard import SURVEYS
from feedback.network.windows import takes_answers
from lms import clock


@transaction.atomic
def make_standard_surveys() -> None:
    """Make the module's and the session's survey where they are missing. What is there stays as it is."""
    for about, (title, questions) in SURVEYS.items():
        survey, made = Survey.objects.get_or_create(about=about, defaults={"title": title})
        if made:
            Question.objects.bulk_create(
                Question(survey=survey, position=position, **question)
                for position, question in enumerate(questions, start=1)
            )


@transaction.atomic
def open_module_window(*, requirement: Requirement) -> Window | None:
    """The window in which the cohort is asked about the requirement's module, opened at the first completion.

    It closes some weeks after the due day, as that stands now. None once it has ended: who finishes
    later is not asked, and no second window opens.
    """
    cohort = requirement.cohort
    survey = _survey(SubjectKind.MODULE)
    return _open(
        survey=survey,
        cohort=cohort,
        subject={"module_id": requirement.module_id},
        title=requirement.title,
        opens_on=clock.today(cohort.westernmost_zone),
        closes_on=plan.due_on(requirement) + dt.timedelta(weeks=survey.weeks_open),
    )


@transaction.atomic
def open_session_window(*, cohort_session: CohortSession) -> Window | None:
    """The window in which the cohort is asked about a session that has ended. None once it has ended itself."""
    cohort = cohort_session.cohort
    survey = _survey(SubjectKind.SESSION)
    ended_on = cohort_session.ends_at.astimezone(ZoneInfo(cohort.westernmost_zone)).date()
    return _open(
        survey=survey,
        cohort=cohort,
        subject={"cohort_session_id": cohort_session.pk},
        title=cohort_session.title,
        opens_on=ended_on,
        closes_on=ended_on + dt.timedelta(weeks=survey.weeks_open),
    )


@transaction.atomic
def publish_decision(
    *,
    by,
    cohort: Cohort,
    said: str,
    did: str,
    outcome: Outcome | str = Outcome.ADOPTED,
    reason: str = "",
    window: Window | None = None,
    comments=(),
    page=None,
) -> Decision:
    """Answer a cohort in public: what it said, and what is done about it, or why nothing is.

    `comments` are ids of released comments of that cohort. Raises ValidationError, keyed by field, for a
    declined one without its reason, a comment that is not released or another cohort's, or a foreign window.
    """
    decision = Decision(
        cohort=cohort,
        window=window,
        said=said.strip(),
        did=did.strip(),
        outcome=Outcome(outcome),
        reason=reason.strip(),
        page=page,
        by=by,
        published_at=clock.now(),
    )
    decision.full_clean()
    if decision.outcome == Outcome.DECLINED and not decision.reason:
        raise ValidationError({"reason": "Say why: the cohort reads the reason."})
    if window is not None and window.cohort_id != cohort.pk:
        raise ValidationError({"window": "Choose a survey of this cohort."})
    # The answers first, then the join: in the shuffle's own order, so that neither waits for the other.
    picked = list(
        Answer.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=set(comments), response__window__cohort=cohort, shown_in__isnull=False)
        .exclude(text="")
    )
    if len(picked) != len(set(comments)):
        raise ValidationError({"comments": "Choose among this cohort’s released comments."})
    decision.save()
    decision.comments.set(picked)
    return decision


def _survey(about: SubjectKind) -> Survey:
    make_standard_surveys()
    return Survey.objects.get(about=about)


def _open(
    *, survey: Survey, cohort: Cohort, subject: dict, title: str, opens_on: dt.date, closes_on: dt.date
) -> Window | None:
    window = Window.objects.filter(cohort=cohort, **subject).first()
    if window is None:
        if clock.today(cohort.westernmost_zone) > closes_on:
            return None
        window, _ = Window.objects.get_or_create(
            cohort=cohort,
            **subject,
            defaults={
                "survey": survey,
                "title": title[:150],
                "questions": [
                    {
                        "key": question.key,
                        "kind": question.kind,
                        "text": question.text,
                        "low": question.low,
                        "high": question.high,
                        "required": question.required,
                    }
                    for question in survey.questions.all()
                ],
                "opens_on": opens_on,
                "closes_on": closes_on,
            },
        )
    return window if takes_answers(window) else None
