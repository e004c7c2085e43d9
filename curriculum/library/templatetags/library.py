from django import template

from curriculum.library.saving import can_save, kept_by

register = template.Library()


@register.inclusion_tag("library/includes/save.html", takes_context=True)
def save_button(context, kind: str, object_id, title: str = "") -> dict:
    """The button that saves a thing of the library, for whoever may save; nothing for others."""
    user = context["request"].user
    if not can_save(user):
        return {}
    return {
        "kind": kind,
        "object_id": str(object_id),
        "title": title,
        "is_saved": (kind, str(object_id)) in kept_by(user),
        "csrf_token": context.get("csrf_token"),
        "next": context["request"].get_full_path(),
    }
