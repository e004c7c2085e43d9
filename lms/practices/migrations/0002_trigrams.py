"""pg_trgm, for finding what is nearly the same. It goes into the public schema, which every practice sees behind its own.

PostgreSQL counts it among its trusted extensions, so the database's owner may add it.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]

    operations = [TrigramExtension()]
