"""What a transaction has written so far, as PostgreSQL counts it, to see whether a request acted."""

from django.db import connection

# Records of a look, not acts: where one reads, who looked at whom, and that an editor has a page open.
LOOKS = ("cohorts_practice_pagerecord", "people_accesslogentry", "wagtailadmin_editingsession", "pagesubscription")
_COUNTS = """
    SELECT schemaname || '.' || relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


def written(*without: str) -> dict[str, int]:
    """Rows inserted, updated and deleted by table in this transaction; tables named like one of `without` left out."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        counts = dict(cursor.fetchall())
    return {table: n for table, n in counts.items() if not any(part in table for part in ("django_session", *without))}
