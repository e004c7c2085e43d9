from django import forms

from curriculum.banks.enums import Repeated
from curriculum.banks.gift.reading import MOST_BYTES


class GiftFileForm(forms.Form):
    file = forms.FileField(
        label="GIFT file",
        help_text="A question bank as Moodle exports it, 2 MB at most. Nothing is imported before you have seen it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".gift,.txt,text/plain"}),
        error_messages={
            "required": "Choose a file in GIFT format, such as bank.gift or bank.txt.",
            "empty": "This file is empty. Export the questions from Moodle again.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 2 MB: split it, and import the parts.")
        return file


class AgreementForm(forms.Form):
    """What the editor agrees to before a file is imported; only what the file raises is asked."""

    repeated = forms.ChoiceField(
        label="Questions whose title the bank holds already", choices=Repeated, widget=forms.RadioSelect
    )
    leave_out = forms.BooleanField(required=False)

    def __init__(self, *args, repeated: int, troubles: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["repeated"].error_messages["required"] = "Say what becomes of these questions."
        self.fields["leave_out"].label = (
            "Leave out the block that cannot be imported"
            if troubles == 1
            else f"Leave out the {troubles} blocks that cannot be imported"
        )
        self.fields["leave_out"].required = bool(troubles)
        self.fields["leave_out"].error_messages["required"] = (
            "Agree to leave these out, or mend the file and import it again."
        )
        if not repeated:
            del self.fields["repeated"]
        if not troubles:
            del self.fields["leave_out"]


class IntoLessonForm(forms.Form):
    """Which questions of a bank go into which check. A check is named by its lesson and its block."""

    def __init__(self, *args, bank, checks, **kwargs):
        super().__init__(*args, **kwargs)
        gone = "One of these questions is no longer in the bank. Reload the page."
        self.fields["questions"] = forms.ModelMultipleChoiceField(
            bank.questions.all(),
            error_messages={
                "required": "Mark the questions that go into the check.",
                "invalid_choice": gone,
                "invalid_pk_value": gone,
            },
        )
        groups = [
            (str(lesson), [(f"{lesson.pk}/{block.id}", f"{lesson}: {block.value['title']}") for block in blocks])
            for lesson, blocks in checks
        ]
        self.fields["check"] = forms.ChoiceField(
            choices=[("", "Choose a check"), *groups],
            error_messages={"required": "Choose a check.", "invalid_choice": "Choose a check."},
        )
