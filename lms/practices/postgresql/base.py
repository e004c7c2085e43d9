"""django-tenants' database backend with its one soft spot hardened.

Upstream swallows a failed `SET search_path`, after which the connection may answer from
the schema it had before. Here the failure is raised, so no query ever runs in a schema
that was not asked for.
"""

from django.db.utils import Error
from django_tenants.postgresql_backend import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def set_tenant(self, tenant, include_public=True):
        # As upstream, without emptying the content-type cache at each switch: content types
        # live in the public schema only and are the same from everywhere.
        self.tenant = tenant
        self.schema_name = tenant.schema_name
        self.include_public_schema = include_public
        self.set_settings_schema(self.schema_name)
        self.search_path_set_schemas = None

    def _handle_search_path(self, cursor=None):
        was_setting = self._setting_search_path
        super()._handle_search_path(cursor)
        if was_setting or self.search_path_set_schemas is not None:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR and self.in_atomic_block:
            return  # only a rollback can follow, and PostgreSQL refuses everything else itself
        raise SearchPathRefused(f"The search path could not be set to {self.schema_name!r}.")


class SearchPathRefused(Error):
    """The practice's schema could not be entered; nothing was read or written."""


__all__ = ["DatabaseWrapper", "SearchPathRefused"]
