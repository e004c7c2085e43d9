"""The rules of the line between network and practice, as system checks."""

from collections import Counter

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connection, models

FEWEST_LOCKS = 256


def _is_practice(model) -> bool:
    return model._meta.app_config.name in settings.TENANT_APPS


@register(Tags.models)
def relations_across_the_line(app_configs=None, **kwargs):
    """Practice -> network keys never act on delete; nothing points the other way; one key per network table."""
    found = []
    keys_into: Counter = Counter()
    owners: dict = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            target = field.related_model
            if not isinstance(target, type) or _is_practice(model) == _is_practice(target):
                continue
            name = f"{model._meta.label}.{field.name}"
            if field.many_to_many:
                found.append(Error(f"{name} is many-to-many across the line.", obj=model, id="practices.E001"))
            elif not _is_practice(model):
                found.append(Error(f"{name} points from the network into a practice.", obj=model, id="practices.E002"))
            else:
                key = field.remote_field
                if key is None or key.on_delete is not models.DO_NOTHING or not key.hidden:
                    found.append(
                        Error(
                            f'{name} crosses the line: give it on_delete=DO_NOTHING and related_name="+".',
                            obj=model,
                            id="practices.E003",
                        )
                    )
                keys_into[target] += 1
                owners.setdefault(target, []).append(name)
    for target, count in keys_into.items():
        if count > 1:
            names = ", ".join(owners[target])
            found.append(
                Error(
                    f"{target._meta.label} is pointed at by {names}: one key from a practice schema to each network "
                    "table, the rest goes through the row that holds it.",
                    obj=target,
                    id="practices.E004",
                )
            )
    return found


@register(Tags.models)
def apps_on_one_side(app_configs=None, **kwargs):
    """An app in both schemas would leave empty twins that swallow rows."""
    both = set(settings.SHARED_APPS) & set(settings.TENANT_APPS)
    return [Error(f"{name} is in both NETWORK_APPS and PRACTICE_APPS.", id="practices.E005") for name in sorted(both)]


@register(Tags.models)
def practice_keys_are_random(app_configs=None, **kwargs):
    """Equal ids in two practices let a stray id find somebody else's row, so practice records have UUID keys."""
    return [
        Error(f"{model._meta.label} has no UUID primary key.", obj=model, id="practices.E006")
        for model in apps.get_models()
        if _is_practice(model) and not isinstance(model._meta.pk, models.UUIDField | models.OneToOneField)
    ]


@register(Tags.database)
def enough_locks(app_configs=None, databases=None, **kwargs):
    """Deleting a user takes a lock in every practice schema. Outside the demo too few are an error."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_locks_per_transaction")
        locks = int(cursor.fetchone()[0])
    if locks >= FEWEST_LOCKS:
        return []
    message = CheckWarning if settings.DEMO else Error
    return [
        message(
            f"max_locks_per_transaction is {locks}: set it to 1024 in postgresql.conf, else deleting one person fails "
            "once there are some hundred practices.",
            id="practices.W001" if settings.DEMO else "practices.E007",
        )
    ]
