import uuid

from django import forms
from wagtail.models import Page

from curriculum.models import LessonPage, ModulePage
from feedback.network.enums import Outcome
from feedback.network.models import Answer, Decision, Window
from lms.ui.forms import PlainWords


def as_uuids(values) -> list[uuid.UUID]:
    """Those of `values` that are UUIDs."""
    found = []
    for value in values:
        try:
            found.append(uuid.UUID(value))
        except ValueError:
            continue
    return found


class PageChoice(forms.ModelChoiceField):
    def label_from_instance(self, page):
        return f"{'– ' if page.depth > 4 else ''}{page.title}"


class DecisionForm(PlainWords, forms.ModelForm):
    """You said, we did. `picked` are the ids of comments that were picked on the review page."""

    outcome = forms.ChoiceField(
        label="What was decided",
        choices=[(Outcome.ADOPTED, "We do it"), (Outcome.DECLINED, "We decide against it")],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Decision
        fields = ["window", "said", "did", "outcome", "reason", "page"]
        widgets = {
            "said": forms.Textarea(attrs={"rows": 2}),
            "did": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "said": "In your words, and so that nobody can be recognized.",
            "did": "What changes, or what stays as it is.",
            "reason": "Needed when you decide against it: the cohort reads the reason.",
        }

    def __init__(self, *args, cohort, picked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.cohort = cohort
        self.fields["window"] = forms.ModelChoiceField(
            Window.objects.filter(cohort=cohort), required=False, label="Survey", empty_label="None in particular"
        )
        self.fields["page"] = PageChoice(
            Page.objects.live().type(ModulePage, LessonPage).order_by("path"),
            required=False,
            label="Page that changed",
            empty_label="None",
            help_text="Leaders get a link.",
        )
        offered = Answer.objects.filter(
            pk__in=as_uuids(picked), response__window__cohort=cohort, shown_in__isnull=False
        ).exclude(text="")
        comments = [(str(answer.pk), answer.text) for answer in offered.order_by("pk")]
        if comments:
            self.fields["comments"] = forms.MultipleChoiceField(
                choices=comments,
                required=False,
                label="Comments that it answers",
                widget=forms.CheckboxSelectMultiple,
                help_text="Staff and the advisory group see which. Leaders do not.",
            )

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.DECLINED and not cleaned.get("reason"):
            self.add_error("reason", "Say why: the cohort reads the reason.")
        return cleaned
