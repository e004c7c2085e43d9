"""A real worker, killed between the file and the commit, and after: one certificate in the end."""

import psycopg

from certificates.network.models import Registry
from certificates.practice.models import Certificate
from lms.outbox.delivery import LEASE
from lms.outbox.models import OutboxRow
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.certificates.leaders import complete_year, enroll
from tests.cohorts.programs import make_cohort
from tests.live import shift_clock, wait_for


def test_certificate_is_issued_once_though_workers_are_killed(processes, own_database, settings, tmp_path):
    alder = Practice.objects.get(slug="alder-oncology")
    leader = enroll(alder, make_cohort())
    complete_year(alder, leader)
    folder = tmp_path / "private" / "certificates"
    done = OutboxRow.objects.filter(kind="issue_certificate", done_at__isnull=False)
    processes.beat()
    with psycopg.connect(own_database) as blocker:
        # The worker can read the registry and write its file, then waits here to enter the certificate.
        blocker.execute("LOCK TABLE certificates_network_registry IN SHARE MODE")
        first = processes.worker()
        [orphan] = wait_for(lambda: list(folder.glob("*.pdf")), 60, "the file")
        processes.kill(first)
        blocker.rollback()
    assert not Registry.objects.exists()

    shift_clock(settings, LEASE.total_seconds() + 1)
    second = processes.worker()
    wait_for(done.exists, 60, "the certificate")
    processes.kill(second)
    OutboxRow.objects.filter(kind="issue_certificate").update(done_at=None, leased_until=None)  # as if its end was lost
    processes.worker()
    wait_for(done.exists, 60, "the row's end")

    entry = Registry.objects.get()
    with enter(alder):
        certificate = Certificate.objects.get()
    assert certificate.pk == entry.pk
    assert (folder / f"{entry.sha256}.pdf").is_file()
    assert orphan.stem != entry.sha256
    assert OutboxRow.objects.filter(kind="certificate_ready").count() == 1
