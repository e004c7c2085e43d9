"""The name that django-tenants' documentation uses; the same as `migrate`."""

from lms.practices.management.commands.migrate import Command

__all__ = ["Command"]
