"""Forms of program staff. Times are typed in the zone that is chosen beside them."""

import datetime as dt
from typing import cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from cohorts.network.enums import SessionMode
from cohorts.network.models import Cohort, CohortSession
from cohorts.network.times import comes_twice, moment
from cohorts.practice.nomination_forms import NominationForm
from curriculum.models import ProgramPage
from lms.accounts.enums import US_TIME_ZONES, NetworkRole
from lms.accounts.models import User
from lms.practices.models import Practice
from lms.ui.dates import day, time_of_day
from lms.ui.forms import PlainWords

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
MOST_PEOPLE = 500


class DayField(forms.DateField):
    """A calendar day of this century, so that counting months from it never leaves the calendar."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
            error_messages={"min_value": "Choose a day from 2000 on.", "max_value": "Choose a day before 2101."},
            **kwargs,
        )


class TimeField(forms.TimeField):
    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
            **kwargs,
        )


class CohortForm(PlainWords, forms.Form):
    """A new cohort, laid out from a program's template."""

    program = forms.ModelChoiceField(ProgramPage.objects.none(), empty_label=None)
    name = forms.CharField(max_length=80, help_text="Such as Cohort 2026–28.")
    starts_on = DayField(label="First day", help_text="Every opening and due date counts from here.")
    capacity = forms.IntegerField(label="Places", min_value=1, max_value=MOST_PEOPLE, initial=30)
    nominations_close_on = DayField(
        label="Last day for nominations", required=False, help_text="Left empty: the day before the first day."
    )
    time_zone = forms.ChoiceField(
        label="Time zone of the first session times",
        choices=US_TIME_ZONES,
        initial="America/Chicago",
        help_text="Virtual sessions get a Thursday at 5:30 pm, others a Friday at 9:00 am. You move them afterward.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["program"]).queryset = ProgramPage.objects.live().order_by("title")

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        starts_on, close_on = cleaned.get("starts_on"), cleaned.get("nominations_close_on")
        if starts_on and close_on and close_on > starts_on + dt.timedelta(days=92):
            self.add_error("nominations_close_on", "Choose a day no later than three months after the first day.")
        return cleaned


class CohortEditForm(PlainWords, forms.Form):
    """What of a cohort may change without moving its plan."""

    name = forms.CharField(max_length=80)
    capacity = forms.IntegerField(label="Places", min_value=1, max_value=MOST_PEOPLE)
    nominations_close_on = DayField(
        label="Last day for nominations", required=False, help_text="Left empty: the day before the first day."
    )


class RequirementDaysForm(PlainWords, forms.Form):
    """Staff's own days in place of a requirement's offsets."""

    opens_on = DayField(label="Opens on", required=False, help_text="Left empty: as the plan counts it.")
    due_on = DayField(label="Due on", required=False, help_text="Left empty: as the plan counts it.")


class SessionForm(PlainWords, forms.Form):
    """A session of a cohort. `values()` is what the actions take; `notes` are sentences to show once it is saved."""

    title = forms.CharField(max_length=120)
    about = forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="What leaders prepare."
    )
    mode = forms.ChoiceField(choices=SessionMode, widget=forms.RadioSelect)
    day = DayField(label="Day")
    starts = TimeField(label="Starts")
    last_day = DayField(label="Last day", required=False, help_text="Only if it ends on a later day.")
    ends = TimeField(label="Ends")
    time_zone = forms.ChoiceField(
        choices=US_TIME_ZONES, help_text="The venue’s, or the host’s for a virtual session. Both times are in it."
    )
    venue = forms.CharField(max_length=120, required=False)
    address = forms.CharField(max_length=200, required=False)
    meeting_url = forms.URLField(
        label="Meeting link",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Leaders never see it; the join button opens it 15 minutes before.",
        error_messages={"invalid": "Enter a web address like https://meet.example.com/room."},
    )
    capacity = forms.IntegerField(label="Seats", min_value=1, max_value=MOST_PEOPLE, required=False)
    faculty = forms.ModelMultipleChoiceField(User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    short_title = forms.CharField(
        max_length=24, required=False, help_text="For timelines and boards. Left empty: from the title."
    )
    required = forms.BooleanField(label="The plan requires this session", required=False, initial=True)

    def __init__(self, *args, cohort_session: CohortSession | None = None, **kwargs):
        if cohort_session is not None:
            kwargs["initial"] = _typed(cohort_session)
        super().__init__(*args, **kwargs)
        faculty = User.objects.filter(
            network_roles__role=NetworkRole.FACULTY, network_roles__ended_at=None, is_active=True
        )
        cast(forms.ModelMultipleChoiceField, self.fields["faculty"]).queryset = faculty.order_by("name").distinct()
        self.notes: list[str] = []

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        starts_at = self._moment(cleaned, "day", "starts")
        ends_at = self._moment(
            {**cleaned, "last_day": cleaned.get("last_day") or cleaned.get("day")}, "last_day", "ends"
        )
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends", "The session must end after it starts.")
        if starts_at and ends_at and ends_at - starts_at > dt.timedelta(days=14):
            self.add_error("last_day", "A session lasts two weeks at most. Add several sessions instead.")
        cleaned["starts_at"], cleaned["ends_at"] = starts_at, ends_at
        return cleaned

    def _moment(self, cleaned: dict, date: str, time: str) -> dt.datetime | None:
        on, at, zone = cleaned.get(date), cleaned.get(time), cleaned.get("time_zone")
        if on is None or at is None or not zone:
            return None
        try:
            found = moment(on, at, zone)
        except ValidationError as error:
            self.add_error(time, error)
            return None
        if comes_twice(on, at, zone):
            self.notes.append(f"Clocks go back on {day(on)}, so {time_of_day(at)} comes twice. The first one is meant.")
        return found

    def values(self) -> dict:
        """The fields that add_session and edit_session take."""
        typed = {"day", "starts", "last_day", "ends"}
        return {name: value for name, value in self.cleaned_data.items() if name not in typed}


def _typed(cohort_session: CohortSession) -> dict:
    zone = ZoneInfo(cohort_session.time_zone)
    start, end = cohort_session.starts_at.astimezone(zone), cohort_session.ends_at.astimezone(zone)
    same = ("title", "about", "mode", "time_zone", "venue", "address", "meeting_url", "capacity")
    return {
        **{name: getattr(cohort_session, name) for name in same},
        "day": start.date(),
        "starts": start.time(),
        "last_day": end.date() if end.date() != start.date() else None,
        "ends": end.time(),
        "faculty": [user.pk for user in cohort_session.faculty.all()],
        "short_title": cohort_session.requirement.short_title,
        "required": cohort_session.requirement.required,
    }


class LeaderForm(NominationForm):
    """A leader whom staff add: the practice is chosen, the cohort is known, and the physician has agreed."""

    practice = forms.ModelChoiceField(Practice.objects.none(), empty_label="Choose a practice")

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, cohorts=[cohort], **kwargs)
        del self.fields["cohort"]
        cast(forms.ModelChoiceField, self.fields["practice"]).queryset = Practice.objects.all()
        self.fields["agrees"].label = "The practice and the physician have agreed to this"
        self.fields["agrees"].error_messages["required"] = "Ask both first: nobody is asked by mail on this way."
        self.order_fields(["practice", *self.fields])


class DeclineForm(PlainWords, forms.Form):
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The sponsor reads it, the physician not.",
        error_messages={"required": "Say why: the sponsor reads it."},
    )


class AnswerForm(PlainWords, forms.Form):
    """An answer to a leader: words, a session, or both; and perhaps for everybody who reads the page."""

    answer = forms.CharField(label="Answer", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    show = forms.BooleanField(label="Show question and answer with the page, to every leader", required=False)
    shown_as = forms.CharField(
        label="The question, as everybody reads it",
        help_text="In words that name nobody: leave out the leader, the practice and patients.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions = {str(cohort_session.pk): cohort_session for cohort_session in sessions}
        self.fields["taken_to"] = forms.ChoiceField(
            label="Take it to a session",
            required=False,
            choices=[("", "Answer here only"), *((pk, str(held)) for pk, held in self.sessions.items())],
        )
        if not sessions:
            del self.fields["taken_to"]
            self.fields["answer"].required = True
            self.fields["answer"].error_messages["required"] = "Write an answer first."

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("show") and not cleaned.get("shown_as") and "shown_as" not in self.errors:
            self.add_error("shown_as", "Put the question in words that name nobody.")
        return cleaned

    def values(self) -> dict:
        """The arguments of `answer_question`."""
        return {
            "answer": self.cleaned_data["answer"],
            "taken_to": self.sessions.get(self.cleaned_data.get("taken_to", "")),
            "shown_as": self.cleaned_data["shown_as"] if self.cleaned_data["show"] else "",
        }
