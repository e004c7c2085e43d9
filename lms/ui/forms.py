"""Forms that say what to do. Pages' forms take `PlainWords` beside Django's Form or ModelForm."""

from typing import Any

from django import forms


class PlainWords:
    """A mixin: replaces Django's stock sentences by ones that name the field and the way out.

    A message that a form sets itself stays.
    """

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = str(field.label or name.replace("_", " ").capitalize()).rstrip("?.: ")
            for code, sentence in (_limits(label) | _sentences(field, label)).items():
                if field.error_messages.get(code) == _default(field, code):
                    field.error_messages[code] = sentence


def _limits(label: str) -> dict[str, str]:
    """What validators say, by their codes. The numbers are theirs, so a percent sign of the label's is doubled."""
    label = label.replace("%", "%%")
    return {
        "max_length": f"Shorten this to %(limit_value)d characters, it has %(show_value)d: {label}",
        "max_value": f"Enter %(limit_value)s or less: {label}",
        "min_value": f"Enter %(limit_value)s or more: {label}",
        "null_characters_not_allowed": f"Type this again, it holds characters that cannot be kept: {label}",
    }


def _default(field: forms.Field, code: str) -> Any:
    """The message that the field's class would give for `code`."""
    for kind in type(field).__mro__:
        messages = getattr(kind, "default_error_messages", {})
        if code in messages:
            return messages[code]
    return None


def _sentences(field: forms.Field, label: str) -> dict[str, str]:
    if isinstance(field, forms.BooleanField):
        return {"required": f"Check the box to go on: {label}"}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return {
            "required": f"Choose one: {label}",
            "invalid_choice": f"Choose one of the answers offered: {label.replace('%', '%%')}",
        }
    if isinstance(field, forms.FileField):
        return {
            "required": f"Choose a file: {label}",
            "empty": f"Choose a file that is not empty: {label}",
        }
    if isinstance(field, forms.EmailField):
        sentence = f"Enter an email with an @ sign: {label}"
        return {"required": sentence, "invalid": sentence}
    if isinstance(field, forms.DateTimeField):
        sentence = f"Enter a date and time like 2026-05-03 17:30: {label}"
    elif isinstance(field, forms.DateField):
        sentence = f"Enter a date like 2026-05-03: {label}"
    elif isinstance(field, forms.TimeField):
        sentence = f"Enter a time like 17:30: {label}"
    elif isinstance(field, forms.IntegerField):
        sentence = f"Enter a whole number: {label}"
    else:
        return {"required": f"Fill this in: {label}"}
    return {"required": sentence, "invalid": sentence}
