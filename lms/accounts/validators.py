"""Names and credentials as Django validators; what they keep is normalized by `printed`."""

from django.core.exceptions import ValidationError

from lms.accounts.names import check_name, check_text

LONGEST_CREDENTIALS = 60


def printed(name: str, credentials: str) -> tuple[str, str]:
    """Both as they are printed. Raises ValidationError by field, with sentences for the person who typed them."""
    errors = {}
    try:
        name = check_name(name)
    except ValueError as error:
        errors["name"] = str(error)
    try:
        credentials = check_text(credentials, what="credentials", longest=LONGEST_CREDENTIALS)
    except ValueError as error:
        errors["credentials"] = str(error)
    if errors:
        raise ValidationError(errors)
    return name, credentials


def printable_name(value: str) -> None:
    try:
        check_name(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def printable_credentials(value: str) -> None:
    try:
        check_text(value, what="credentials", longest=LONGEST_CREDENTIALS)
    except ValueError as error:
        raise ValidationError(str(error)) from error
