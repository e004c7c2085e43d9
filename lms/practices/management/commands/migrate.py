"""Migrate the network, the template schema, and those practices that lag behind it."""

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from lms.practices import ddl
from lms.practices.across import read_across
from lms.practices.models import Practice, SchemaDDL
from lms.practices.schema import TEMPLATE_SCHEMA


class Command(DjangoMigrate):
    help = "Migrates the public schema, then the practice template, then each practice whose migrations differ."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        connection.set_schema_to_public()
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(TEMPLATE_SCHEMA)))
        changed = self._migrate_schema(TEMPLATE_SCHEMA, args, options)
        if changed or not SchemaDDL.objects.exists():
            ddl.capture()
        behind = practices_behind()
        for number, practice in enumerate(behind, start=1):
            if options["verbosity"]:
                self.stdout.write(f"[{number}/{len(behind)}] {practice.name}")
            self._migrate_schema(practice.schema_name, args, options)

    def _migrate_schema(self, schema: str, args, options) -> bool:
        """Bring one schema up to date; says whether it changed."""
        connection.set_schema(schema, include_public=False)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        before = set(recorder.applied_migrations())
        connection.set_schema(schema)
        try:
            if set(self._wanted()) - before or options.get("app_label"):
                super().handle(*args, **{**options, "verbosity": max(options["verbosity"] - 1, 0)})
            connection.set_schema(schema, include_public=False)
            return set(MigrationRecorder(connection).applied_migrations()) != before
        finally:
            connection.set_schema_to_public()

    @staticmethod
    def _wanted() -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM public.django_migrations")
            return cursor.fetchall()


def practices_behind() -> list[Practice]:
    """The practices whose recorded migrations are not the template's, found without visiting each."""
    wanted = {tuple(pair) for pair in SchemaDDL.objects.get(id=1).migrations}
    digest = "md5(string_agg(app || '.' || name, ',' ORDER BY app, name))"
    practices = {practice.id: practice for practice in Practice.objects.all()}
    if not practices:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {digest} FROM unnest(%s::text[], %s::text[]) AS t(app, name)",  # noqa: S608
            [[app for app, _ in wanted], [name for _, name in wanted]],
        )
        current = cursor.fetchone()[0]
    rows = read_across(
        f"SELECT {{practice}} AS practice, {digest} AS digest FROM {{s}}.django_migrations",  # noqa: S608
        practices=practices.values(),
    )
    return [practices[row["practice"]] for row in rows if row["digest"] != current]
