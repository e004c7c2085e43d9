import uuid

import pytest

from lms.outbox.actions import promise
from lms.outbox.models import OutboxRow
from tests.fixtures import signed_in


@pytest.fixture
def stopped_row(alder):
    row = promise(kind="invitation", ids={}, practice=alder)
    OutboxRow.objects.filter(pk=row.pk).update(stopped_at=row.created_at, last_error="TimeoutError: no answer")
    return row


@pytest.mark.parametrize("path", ["/staff/outbox/", "/demo/mail/", "/demo/mail/20260101T000000.0-abcdef12.eml/"])
def test_outbox_pages_turn_the_wrong_role_away(path, stopped_row, manager, faculty, advisor, client):
    for user in (manager, faculty, advisor):
        assert signed_in(user).get(path).status_code in (403, 404)
    assert client.get(path).status_code == 302


def test_outbox_page_shows_what_stopped_and_why(staff, stopped_row):
    page = signed_in(staff).get("/staff/outbox/").content.decode()
    assert "TimeoutError: no answer" in page
    assert "Alder Oncology" in page


def test_outbox_row_is_retried_and_given_up_by_staff_alone(staff, manager, stopped_row):
    path = f"/staff/outbox/{stopped_row.pk}/"
    assert signed_in(manager).post(path, {"what": "retry"}).status_code == 403
    assert signed_in(staff).get(path).status_code == 405
    assert signed_in(staff).post(path, {"what": "retry"}).status_code == 302
    stopped_row.refresh_from_db()
    assert stopped_row.stopped_at is None
    signed_in(staff).post(path, {"what": "give_up"})
    stopped_row.refresh_from_db()
    assert stopped_row.dropped_at is not None
    assert signed_in(staff).post(f"/staff/outbox/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=%00", "?page=99999999999999", "?page=x"])
def test_mail_page_survives_hostile_page_numbers(staff, query):
    assert signed_in(staff).get("/demo/mail/" + query).status_code == 200
    assert signed_in(staff).get("/staff/outbox/" + query).status_code == 200


def test_mail_page_reads_nothing_outside_its_folder(staff):
    for name in ("..%2f..%2fetc%2fpasswd", "passwd", "%00", "20260101T000000.0-abcdef12.eml"):
        assert signed_in(staff).get(f"/demo/mail/{name}/").status_code == 404


def test_mail_page_is_not_there_outside_the_demo(staff, settings):
    settings.DEMO = False
    assert signed_in(staff).get("/demo/mail/").status_code == 404
