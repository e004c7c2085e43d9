"""What all tables hold, to see whether a request changed any of it."""

from django.db import connection

from lms.practices.schema import in_network

# Sessions and what the framework keeps for itself are no records of anybody.
_LEFT_OUT = (
    "django_session",
    "django_migrations",
    "wagtailsearch",
    "practices_schemaddl",
    "wagtailcore_referenceindex",
)
_TABLES = """
    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
    WHERE schemaname = 'public' OR schemaname LIKE 'practice\\_%'
"""


def fingerprints(*without: str) -> dict[str, str]:
    """A fingerprint of the rows of each table, except of those whose names contain one of `without`."""
    with in_network(), connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall() if not any(part in name for part in (*_LEFT_OUT, *without))]
        union = " UNION ALL ".join(
            f"SELECT '{table}', md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t" for table in tables
        )
        cursor.execute(union)
        return {table: digest for table, digest in cursor.fetchall() if digest}
