import datetime as dt

from django import forms

from lms.ui.forms import PlainWords


class DueField(forms.DateField):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Answer wanted by")
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def clean(self, value) -> dt.date | None:
        return super().clean(value.replace("\x00", "") if isinstance(value, str) else value)


class NamesText(PlainWords, forms.Form):
    """Every answer names the revision that its reader was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class SubmitForm(NamesText):
    due_on = DueField()
    note = forms.CharField(
        label="What should the reader look at?", required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class DueForm(PlainWords, forms.Form):
    due_on = DueField()


class ApproveForm(NamesText):
    comment = forms.CharField(
        label="Comment", required=False, max_length=1000, widget=forms.Textarea({"rows": 2, "id": "id_approve_comment"})
    )


class ChangesForm(NamesText):
    comment = forms.CharField(
        label="What should change?", max_length=1000, widget=forms.Textarea({"rows": 3, "id": "id_changes_comment"})
    )


class EmergencyForm(NamesText):
    reason = forms.CharField(
        label="Why can this not wait for somebody else?",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Everybody who reviews reads it, and it stays in the page’s history.",
    )


class LookForm(PlainWords, forms.Form):
    clearance = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Note", required=False, max_length=1000, widget=forms.Textarea({"rows": 2, "id": "id_look_note"})
    )
