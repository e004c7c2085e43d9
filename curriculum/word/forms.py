from django import forms

from lms.ui.forms import PlainWords


class BringInForm(PlainWords, forms.Form):
    file = forms.FileField(
        label="File",
        help_text="A Word document (.docx, up to 50 MB) becomes the text of a draft. "
        "A PowerPoint presentation (.pptx) or a PDF, up to 20 MB, becomes a document on one.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pptx,.pdf"}),
        error_messages={
            "required": "Choose a file first, such as lesson.docx.",
            "empty": "This file is empty. Save the lesson in Word again, and choose that file.",
        },
    )
    changes = forms.ChoiceField(
        label="Tracked changes in a Word document",
        choices=[
            ("leave", "Leave them out: the text reads as before they were proposed"),
            ("take", "Take them: the text reads as if all were accepted"),
        ],
        initial="leave",
        widget=forms.RadioSelect,
        help_text="Either way each of them is listed, with who proposed it.",
    )
