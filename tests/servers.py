"""Starts the tests' PostgreSQL and Valkey, unless other servers are named in the environment.

Loaded with `-p tests.servers` (see pyproject.toml): earlier than pytest-django, which reads the settings at once.
"""

import os
from pathlib import Path

from lms import embedded

if "DATABASE_URL" not in os.environ or "CELERY_BROKER_URL" not in os.environ:
    _endpoints = embedded.start(Path(__file__).resolve().parents[1] / "var" / "test", durable=False)
    os.environ["DATABASE_URL"] = _endpoints.database_url
    os.environ["CELERY_BROKER_URL"] = _endpoints.broker_url
