"""The relay and a real worker, on a real broker."""

import redis
from django.conf import settings as django_settings

from lms.accounts.actions import invite
from lms.outbox.models import OutboxRow
from tests.fixtures import make_user
from tests.live import shift_clock, wait_for


def test_mail_promised_while_the_broker_was_away_is_delivered_by_the_relay(processes, settings):
    user = make_user("new@alder.example", "New Person")
    user.set_unusable_password()
    invite(user=user, key="test:1")
    with redis.Redis.from_url(django_settings.CELERY_BROKER_URL) as broker:
        broker.flushdb()  # whatever the commit handed over is lost
    processes.worker()
    processes.beat()
    wait_for(lambda: OutboxRow.objects.exclude(done_at=None).exists(), 60, "the relay")
    assert len(list(settings.MAIL_FOLDER.glob("*.eml"))) == 1


def test_mail_of_a_killed_worker_is_taken_up_after_its_lease(processes, settings):
    invite(user=make_user("new@alder.example", "New Person"), key="test:1")
    row = OutboxRow.objects.get()
    from lms import clock
    from lms.outbox.delivery import LEASE

    OutboxRow.objects.filter(pk=row.pk).update(leased_until=clock.now() + LEASE, sending_at=clock.now())
    processes.worker()
    processes.beat()
    shift_clock(settings, LEASE.total_seconds() + 1)
    wait_for(lambda: OutboxRow.objects.exclude(done_at=None).exists(), 60, "the relay")
    row.refresh_from_db()
    assert row.possible_repeat is True
