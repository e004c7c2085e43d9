"""Forms of topics, by who fills them in."""

from django.core.exceptions import ValidationError


def take_errors(form, error: ValidationError) -> None:
    """Show what an action refused at the fields that it names, and the rest above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        for one in errors:
            form.add_error(name if name in form.fields else None, one)
