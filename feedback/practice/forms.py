from django import forms
from django.core.exceptions import ValidationError

from feedback.network.enums import QuestionKind
from feedback.network.suppression import STEPS
from feedback.practice.actions import LONGEST

AGREEMENT = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]
CHOOSE = "Choose an answer, please: this one is needed."


class Words(forms.CharField):
    """A comment. NUL bytes, which PostgreSQL cannot keep, are left out."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value):
        return super().to_python((value or "").replace("\x00", ""))


class SurveyForm(forms.Form):
    """The questions that a window opened with. Nothing of it is kept before it is sent."""

    def __init__(self, *args, questions: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question["key"]] = _field(question)

    def rows(self):
        """Each question with its bound field, in order."""
        return [(question, self[question["key"]]) for question in self.questions]

    def clean(self):
        cleaned = super().clean() or {}
        if not self.errors and not any(value not in ("", None) for value in cleaned.values()):
            raise ValidationError("Answer at least one question.")
        return cleaned


def _field(question: dict) -> forms.Field:
    words = {"label": question["text"], "required": question["required"]}
    if question["kind"] == QuestionKind.TEXT:
        return Words(
            max_length=LONGEST,
            help_text=f"No patient details, please, and nothing that points to you. Up to {LONGEST} characters.",
            error_messages={"required": "Write a few words, please: this one is needed."},
            **words,
        )
    steps = list(STEPS[QuestionKind(question["kind"])])
    names = AGREEMENT if question["kind"] == QuestionKind.LIKERT5 else map(str, steps)
    return forms.TypedChoiceField(
        choices=list(zip(steps, names, strict=True)),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": "Choose one of the answers offered."},
        **words,
    )
