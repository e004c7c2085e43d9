"""What leaders said about a page or a session, for the evidence beside it: sums of releases, and nothing else."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Page

from cohorts.network.models import CohortSession
from curriculum.evidence import Section
from curriculum.models import LessonPage, ModulePage
from feedback.network import suppression
from feedback.network.enums import QuestionKind, ToDoState
from feedback.network.models import Answer, Release, Window
from feedback.network.queries import to_dos, windows_about
from feedback.network.suppression import Figure

FIRST_COMMENTS = 4
FIRST_TO_DOS = 5
MOST = {QuestionKind.LIKERT5: 5, QuestionKind.SCALE11: 10}


@dataclass(frozen=True)
class Step:
    """A score in one release."""

    label: str
    figure: Figure
    percent: float | None  # of the highest answer


@dataclass(frozen=True)
class Score:
    figure: Figure
    most: int
    steps: list[Step]


@dataclass(frozen=True)
class Comments:
    """The comments of the newest release that shows any, to one question."""

    figure: Figure
    latest: list[Answer]
    all_url: str


def said(request, subject, *, as_faculty: bool = False) -> Section | None:
    """Scores with their trend by release, the latest released comments, and the to-dos. Faculty: the scores alone."""
    if not isinstance(subject, LessonPage | ModulePage | CohortSession):
        return None
    windows = list(suppression.windows_with_releases(windows_about(subject)))
    shown = suppression.shown(windows)
    # Before the first release one sentence says so, for all questions.
    scores = [_score(figure, windows) for figure in shown.of(*MOST)] if shown.people else []
    context = {
        "windows": windows,
        "shown": shown,
        "scores": scores,
        "of_lesson": isinstance(subject, LessonPage),
        "as_faculty": as_faculty,
        "floor": suppression.FLOOR,
    }
    if not as_faculty:
        of_page = isinstance(subject, Page)
        key = "page" if of_page else "cohort_session"
        own = to_dos().filter(**{key: subject.pk}, state=ToDoState.OPEN)
        comments = [_comments(figure, windows) for figure in shown.of(QuestionKind.TEXT)] if shown.people else []
        context |= {
            "comments": comments,
            "can_pick": any(one.latest for one in comments),
            "to_dos": own[:FIRST_TO_DOS],
            "new_to_do": reverse("to_dos:new"),
            "about": f"{key}={subject.pk}",
            "about_key": key,
            "about_value": subject.pk,
        }
    return "feedback/evidence.html", context


def _score(figure: Figure, windows: list[Window]) -> Score:
    most = MOST[QuestionKind(figure.kind)]
    steps = []
    for window, release in _releases(windows):
        one = _in_release(figure, window, release)
        if one is not None:
            percent = None if one.mean is None else 100 * one.mean / most
            steps.append(Step(f"{window.cohort}, release {release.number}", one, percent))
    return Score(figure, most, steps)


def _comments(figure: Figure, windows: list[Window]) -> Comments:
    latest: list[Answer] = []
    # A release shows five comments or more to a question, or none: those of the newest that shows some.
    for window, release in [] if figure.withheld else reversed(_releases(windows)):
        one = _in_release(figure, window, release)
        if one is not None and not one.withheld:
            found = suppression.comments([window], question=figure.key, release=release.number)
            latest = list(found[:FIRST_COMMENTS])
            break
    first = windows[0]
    value = f"session-{first.cohort_session_id}" if first.cohort_session_id else f"module-{first.module_id}"
    return Comments(figure, latest, f"{reverse('feedback_staff:comments', args=[figure.key])}?about={value}")


def _releases(windows: list[Window]) -> list[tuple[Window, Release]]:
    """Every release of `windows`, oldest first."""
    made = [(window, release) for window in windows for release in window.releases.all()]
    return sorted(made, key=lambda pair: (pair[1].released_on, pair[0].cohort.name, pair[1].number))


def _in_release(figure: Figure, window: Window, release: Release) -> Figure | None:
    """The same question in one release of one window; None where that window did not ask it."""
    asked = suppression.shown([window], release=release.number).figures
    return next((one for one in asked if one.key == figure.key), None)
