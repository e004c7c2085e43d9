"""The one place that decides what any page, mail or file may show of anonymous feedback.

Everything is a sum of releases, and of nothing else: never a count of responses or answers. A question without a
released answer is withheld, and looks the same for none as for four: it carries no number at all.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from feedback.network.enums import QuestionKind, SubjectKind
from feedback.network.models import Answer, Release, Window

# Nothing is shown under this many people. It is code and no setting, so that nobody lowers it.
FLOOR = 5

STEPS = {QuestionKind.LIKERT5: range(1, 6), QuestionKind.SCALE11: range(11)}


@dataclass(frozen=True)
class Figure:
    """One question over some releases. `n` and `counts` are None where it is withheld."""

    key: str
    kind: str
    text: str
    low: str
    high: str
    about: str
    n: int | None = None
    counts: tuple[int, ...] | None = None

    @property
    def withheld(self) -> bool:
        return self.n is None

    @property
    def mean(self) -> float | None:
        """The average of the values, for questions that have values."""
        if not self.counts or self.n is None:
            return None
        values = STEPS[QuestionKind(self.kind)]
        return sum(value * count for value, count in zip(values, self.counts, strict=True)) / self.n


@dataclass(frozen=True)
class Rate:
    """How many of those asked have answered, as of a release of one window."""

    window: Window
    number: int
    released_on: dt.date
    people: int
    asked: int

    @property
    def percent(self) -> float:
        return 100 * self.people / self.asked


@dataclass(frozen=True)
class Shown:
    """What may be shown of some windows. Withheld figures come last."""

    figures: list[Figure]
    rates: list[Rate]
    people: int | None = field(default=None)
    asked: int | None = field(default=None)

    @property
    def percent(self) -> float | None:
        return 100 * self.people / self.asked if self.people and self.asked else None

    def of(self, *kinds: str) -> list[Figure]:
        return [figure for figure in self.figures if figure.kind in kinds]


def windows_with_releases(windows: QuerySet[Window]) -> QuerySet[Window]:
    """`windows` with what `shown` reads of them, in two queries however many they are."""
    return windows.select_related("survey", "cohort__program", "module", "cohort_session").prefetch_related(
        Prefetch("releases", queryset=Release.objects.order_by("number"))
    )


def figures(
    *, program=None, cohort=None, module=None, cohort_session=None, window=None, release: int | None = None
) -> Shown:
    """What may be shown of the windows of a program, cohort, module (over all cohorts), session or one window.

    `release` narrows one window to one of its releases; there are no other ways to cut it, and no dates.
    """
    chosen = {
        "cohort__program": program,
        "cohort": cohort,
        "module": module,
        "cohort_session": cohort_session,
        "pk": window.pk if window else None,
    }
    windows = Window.objects.filter(**{name: value for name, value in chosen.items() if value is not None})
    return shown(windows_with_releases(windows), release=release)


def shown(windows: Iterable[Window], *, release: int | None = None) -> Shown:
    """Sum the releases of `windows` (from `windows_with_releases`); only release number `release`, if given."""
    questions: dict[str, tuple[dict, str]] = {}
    sums: dict[str, dict] = {}
    rates = []
    people = asked = 0
    for window in sorted(windows, key=lambda window: window.opens_on):
        for question in window.questions:
            questions[question["key"]] = (question, window.survey.about)  # the latest wording stands
        so_far = 0
        last = None
        for made in window.releases.all():
            so_far += made.people
            if release is not None and made.number != release:
                continue
            last = Rate(window, made.number, made.released_on, so_far, made.asked)
            rates.append(last)
            for key, figure in made.figures.items():
                _add(sums.setdefault(key, {"n": 0, "counts": {}}), figure)
        if last is not None:
            people += last.people
            asked += last.asked
    rows = [_figure(question, about, sums.get(key)) for key, (question, about) in questions.items()]
    rows.sort(key=lambda row: row.withheld)  # stable: the surveys' own order within each
    return Shown(rows, rates, people or None, asked or None)


def comments(windows: Iterable[Window], *, question: str, release: int | None = None) -> QuerySet[Answer]:
    """The released comments to one question: without a date, in a random order of their own that stays.

    The order is that of their random ids, which says nothing about responses. Show `id` and `text`, no more.
    """
    answers = Answer.objects.filter(
        response__window__in=[window.pk for window in windows], question_key=question, shown_in__isnull=False
    ).exclude(text="")
    if release is not None:
        answers = answers.filter(shown_in=release)
    return answers.only("id", "text", "question_key").order_by("pk")


def _add(total: dict, figure: dict) -> None:
    total["n"] += figure["n"]
    for value, count in figure["counts"].items():
        total["counts"][value] = total["counts"].get(value, 0) + count


def _figure(question: dict, about: str, total: dict | None) -> Figure:
    words = {name: question[name] for name in ("key", "kind", "text", "low", "high")}
    if total is None or total["n"] < FLOOR:
        return Figure(**words, about=SubjectKind(about))
    if question["kind"] == QuestionKind.TEXT:
        return Figure(**words, about=SubjectKind(about), n=total["n"])
    counts = tuple(total["counts"].get(str(value), 0) for value in STEPS[QuestionKind(question["kind"])])
    return Figure(**words, about=SubjectKind(about), n=total["n"], counts=counts)
