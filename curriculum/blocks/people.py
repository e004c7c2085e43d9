"""Faculty within a lesson."""

import uuid

from django import forms
from django.contrib.auth import get_user_model
from django.utils.functional import cached_property
from wagtail import blocks

from lms.accounts.enums import NetworkRole


class FacultyChooserBlock(blocks.ChooserBlock):
    """A member of the network's faculty, in a plain list: authors are shown nobody else's name."""

    widget = forms.Select

    @cached_property
    def model_class(self):
        return get_user_model()

    @cached_property
    def field(self):
        on_it = {"network_roles__role": NetworkRole.FACULTY, "network_roles__ended_at": None}
        return forms.ModelChoiceField(
            queryset=self.model_class.objects.filter(**on_it).distinct().order_by("name"),
            widget=self.widget,
            required=self._required,
            error_messages={"invalid_choice": "Choose somebody who is on the faculty now."},
        )

    def get_prep_value(self, value):
        return None if value is None else str(value.pk)

    def to_python(self, value):
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values):
        found = self.model_class.objects.in_bulk([pk for pk in map(_uuid, values) if pk])
        return [found.get(_uuid(value)) for value in values]

    def value_for_form(self, value):
        return str(value.pk) if isinstance(value, self.model_class) else value

    def value_from_form(self, value):
        return value if isinstance(value, self.model_class) else self.to_python(value)

    def get_form_state(self, value):
        return self.field.widget.format_value(self.field.prepare_value(self.value_for_form(value)))


def _uuid(value) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


class FacultyBlock(blocks.StructBlock):
    person = FacultyChooserBlock(label="member of faculty")
    about = blocks.TextBlock(max_length=400, help_text="What makes them the one to ask about this.")

    class Meta:
        icon = "user"
        label = "faculty card"
        template = "curriculum/blocks/faculty.html"
