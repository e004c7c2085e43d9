"""Forms in the design's markup, with errors that say what to do. No database."""

from django import forms

from lms.ui.forms import PlainWords


class Nomination(PlainWords, forms.Form):
    email = forms.EmailField(label="Work email", help_text="We send the invitation here.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    start = forms.DateField(error_messages={"required": "Say when."})
    reply = forms.ChoiceField(label="Your reply", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Keep the time free")


def test_field_ties_hint_and_error_to_its_control():
    html = str(Nomination({"email": "jbaca"})["email"].as_field_group())
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'value="jbaca"' in html


def test_optional_field_says_so():
    form = Nomination()
    assert "(optional)" in form["note"].as_field_group()
    assert "(optional)" not in form["email"].as_field_group()


def test_radio_buttons_are_rows_in_a_fieldset_and_a_check_box_holds_its_label():
    form = Nomination()
    radios = form["reply"].as_field_group()
    assert '<fieldset class="field"' in radios
    assert 'class="choices"' in radios
    assert '<label class="check"><input type="checkbox" name="agree"' in form["agree"].as_field_group()


def test_summary_counts_and_links_every_error():
    html = str(Nomination({"email": "jbaca", "start": "x"}))
    assert "Four things to fix" in html
    assert '<a href="#id_email">Enter an email with an @ sign: Work email</a>' in html
    assert '<a href="#id_start">Enter a date like 2026-05-03: Start</a>' in html
    assert '<a href="#id_reply_0">Choose one: Your reply</a>' in html
    assert '<a href="#id_agree">Check the box to go on: Keep the time free</a>' in html


def test_a_sentence_of_the_form_itself_stays():
    assert Nomination({}).errors["start"] == ["Say when."]


def test_limits_are_said_with_the_field_that_they_are_of():
    class Share(PlainWords, forms.Form):
        share = forms.IntegerField(label="Share in %", min_value=1, max_value=100)
        kind = forms.ChoiceField(label="More than 50%?", choices=[("y", "Yes")])
        note = forms.CharField(max_length=3)

    form = Share({"share": "101", "kind": "x", "note": "four"})
    assert form.errors["share"] == ["Enter 100 or less: Share in %"]
    assert form.errors["kind"] == ["Choose one of the answers offered: More than 50%"]
    assert form.errors["note"] == ["Shorten this to 3 characters, it has 4: Note"]
    form = Share({"share": "0", "kind": "y", "note": "a\x00b"})
    assert form.errors["share"] == ["Enter 1 or more: Share in %"]
    assert form.errors["note"] == ["Type this again, it holds characters that cannot be kept: Note"]
