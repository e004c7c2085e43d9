"""Whether the process is up, and whether the site can work."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection

from lms.practices.access import admits
from lms.practices.management.commands.migrate import practices_behind
from lms.practices.models import SchemaDDL

BROKER_SECONDS = 2


@admits("public")
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks neither database nor broker."""
    return JsonResponse({"up": True})


@admits("public")
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Database, migrations and broker: "ok" or what is wrong, and 503 where anything is."""
    found = {"database": _said(_database), "migrations": _said(_migrations), "broker": _said(_broker)}
    is_ready = all(word == "ok" for word in found.values())
    return JsonResponse({"ready": is_ready, **found}, status=200 if is_ready else 503)


def _said(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError:
        return "The database does not answer."


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "Migrations wait: run manage.py migrate."
    ddl = SchemaDDL.objects.filter(id=1).first()
    if ddl is None or set(executor.loader.graph.nodes) - {tuple(pair) for pair in ddl.migrations}:
        return "The template of a practice is behind: run manage.py migrate."
    if behind := len(practices_behind()):
        return f"{behind} practice{'s are' if behind > 1 else ' is'} behind: run manage.py migrate."
    return "ok"


def _broker() -> str:
    options = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with Connection(
            settings.CELERY_BROKER_URL, connect_timeout=BROKER_SECONDS, transport_options=options
        ) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
    except Exception:  # each transport has its own
        return "The broker does not answer."
    return "ok"
