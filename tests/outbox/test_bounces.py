"""Bounces that a mail service reports: only by who knows the secret."""

import importlib
import json

import pytest
from django.test import Client
from django.urls import clear_url_caches

from lms.urls import network

ADDRESS = "/anymail/postmark/tracking/"


@pytest.fixture
def door(settings):
    """The site's addresses read again for the settings that a test chose."""

    def read(**anymail):
        settings.ANYMAIL = anymail
        importlib.reload(network)
        clear_url_caches()

    yield read
    read()


def report(email: str, **headers):
    bounce = {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "ID": 1, "MessageID": "m", "Email": email}
    return Client(headers=headers).post(ADDRESS, json.dumps(bounce), content_type="application/json")


def test_nobody_marks_an_address_where_there_is_no_secret(manager):
    assert report(manager.email).status_code == 404
    manager.refresh_from_db()
    assert manager.bounced_at is None


def test_service_marks_an_address_with_the_secret_alone(manager, door):
    door(WEBHOOK_SECRET="service:known to both")
    assert report(manager.email).status_code == 400
    assert report(manager.email, authorization="Basic c2VydmljZTp3cm9uZw==").status_code == 400
    manager.refresh_from_db()
    assert manager.bounced_at is None
    assert report(manager.email, authorization="Basic c2VydmljZTprbm93biB0byBib3Ro").status_code == 200
    manager.refresh_from_db()
    assert manager.bounced_at is not None
