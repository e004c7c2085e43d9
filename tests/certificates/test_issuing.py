"""From a completed year to one certificate, by the outbox's own path."""

import datetime as dt
import hashlib
import io
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from certificates.network.actions import make_standard_designs
from certificates.network.models import Design, Registry
from certificates.practice import actions, files
from certificates.practice.models import Certificate
from certificates.rendering import Statement
from certificates.staff.actions import revoke
from lms import clock
from lms.accounts.models import User
from lms.outbox.delivery import LEASE, deliver
from lms.outbox.models import OutboxRow
from lms.outbox.registry import writers
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.certificates.leaders import SIGNATORIES, complete_year, enroll, issued, take_back, work
from tests.certificates.samples import SVG_LOGO
from tests.cohorts.programs import make_cohort

NOON = dt.datetime(2026, 8, 21, 19, tzinfo=dt.UTC)


@pytest.fixture
def cohort(db):
    return make_cohort()


@pytest.fixture
def leader(alder, cohort):
    return enroll(alder, cohort)


def pdf_of(certificate) -> bytes:
    with storages["private"].open(certificate.file) as file:
        return file.read()


def text_of(pdf: bytes) -> str:
    [page] = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text().split())


def test_standard_designs_are_made_once_and_keep_their_words(db):
    make_standard_designs(signatories=SIGNATORIES)
    Design.objects.filter(kind="year").update(title="Year {year} of {program}")
    make_standard_designs()
    assert set(Design.objects.values_list("kind", "title")) == {
        ("year", "Year {year} of {program}"),
        ("program", "{program}"),
    }
    assert Design.objects.get(kind="year").signatories == [list(pair) for pair in SIGNATORIES]


def test_completed_year_makes_one_certificate_that_states_what_counted(alder, leader):
    with clock.at(NOON):
        certificate = issued(alder, leader)
    entry = certificate.registry
    assert (entry.practice, entry.kind, entry.subject) == (alder, "year", f"{leader.cohort.pk}:1")
    assert (entry.issued_on, entry.user_id) == (dt.date(2026, 8, 21), leader.person.user_id)
    statement = Statement.from_json(entry.statement)
    assert statement.printed_name == "Leela Raghunathan, MD"
    assert statement.award_title == "Physician Leadership Program, year one"
    assert statement.context_line == "Year one of the Physician Leadership Program, Cohort 2025–27."
    assert statement.counted == (
        "Two modules: Media and Speaker Training and Ins and Outs of Drug Reimbursement.",
        "One session.",
    )
    assert statement.practice_place == "Reno, Nevada"
    assert statement.verify_url == f"http://testserver/verify/{entry.number}/"
    pdf = pdf_of(certificate)
    assert certificate.file == f"certificates/{entry.sha256}.pdf"
    assert hashlib.sha256(pdf).hexdigest() == entry.sha256
    text = text_of(pdf)
    for words in (
        statement.printed_name,
        statement.award_title,
        statement.context_line,
        *statement.counted,
        statement.practice_name,
        statement.practice_place,
        statement.number,
        statement.printed_date,
        statement.issuer,
        *(word for pair in statement.signatories for word in pair),
    ):
        assert words in text


def test_day_of_issue_is_the_leaders_own(alder, leader):
    with clock.at(dt.datetime(2026, 8, 22, 5, tzinfo=dt.UTC)):  # still August 21 in Reno
        assert issued(alder, leader).registry.issued_on == dt.date(2026, 8, 21)


def test_last_year_makes_the_programs_certificate_too(alder, leader):
    issued(alder, leader, 1)
    assert not Registry.objects.filter(kind="program").exists()
    complete_year(alder, leader, 2, [{"kind": "module", "title": "Leading Care Teams"}])
    work()
    assert sorted(Registry.objects.values_list("kind", "subject")) == [
        ("program", str(leader.cohort.pk)),
        ("year", f"{leader.cohort.pk}:1"),
        ("year", f"{leader.cohort.pk}:2"),
    ]
    statement = Statement.from_json(Registry.objects.get(kind="program").statement)
    assert statement.award_title == "Physician Leadership Program"
    assert statement.counted[0].startswith("Three modules: Media and Speaker Training, ")


def test_repeated_announcements_and_deliveries_make_one(alder, leader):
    completion = complete_year(alder, leader)
    with enter(alder):
        actions.promise_certificates(year_completion=completion)
        row = OutboxRow.objects.get(kind="issue_certificate")
        for _again in range(3):
            deliver(str(row.pk))
            actions.issue(enrollment_id=leader.pk, kind="year", year=1)
        assert Certificate.objects.count() == Registry.objects.count() == 1
    assert OutboxRow.objects.filter(kind="certificate_ready").count() == 1


def test_award_is_unique_in_the_registry_itself(alder, leader):
    entry = issued(alder, leader).registry
    entry.pk, entry.number = None, "another"
    with pytest.raises(IntegrityError, match="one_certificate_per_award"), transaction.atomic():
        Registry(**{f.attname: getattr(entry, f.attname) for f in Registry._meta.fields if f.name != "id"}).save()


def test_year_taken_back_before_the_worker_comes_makes_none(alder, leader):
    take_back(alder, complete_year(alder, leader))
    work()
    assert not Registry.objects.exists()
    complete_year(alder, leader)
    work()
    assert Registry.objects.count() == 1


def test_year_completed_again_keeps_a_standing_certificate_and_replaces_a_revoked_one(alder, leader, staff):
    first = complete_year(alder, leader)
    work()
    entry = Registry.objects.get()
    take_back(alder, first)
    second = complete_year(alder, leader)
    work()
    assert Registry.objects.get() == entry
    revoke(entry=entry, reason="issued_in_error", note="", by=staff)
    take_back(alder, second)
    complete_year(alder, leader)
    work()
    assert Registry.objects.filter(revoked_on=None).count() == 1
    assert Registry.objects.count() == 2


def test_name_that_no_font_can_print_stops_with_a_sentence_and_goes_on_once_mended(alder, leader):
    user = leader.person.user
    User.objects.filter(pk=user.pk).update(name="李 Wei")
    complete_year(alder, leader)
    work()
    row = OutboxRow.objects.get(kind="issue_certificate")
    assert row.stopped_at is not None
    assert row.attempts == 1
    assert "U+674E of the name as printed" in row.last_error
    assert "李" not in row.last_error
    assert not Registry.objects.exists()
    User.objects.filter(pk=user.pk).update(name="Li Wei")
    OutboxRow.objects.update(stopped_at=None)
    work()
    assert Registry.objects.get().statement["name"] == "Li Wei"


def test_missing_design_stops_with_a_sentence(alder, leader):
    Design.objects.all().delete()
    complete_year(alder, leader)
    work()
    assert "Make the standard designs." in OutboxRow.objects.get().last_error


def test_practices_logo_and_color_are_used(alder, birch, cohort):
    alder.logo.save("mark.svg", ContentFile(SVG_LOGO))
    branded = pdf_of(issued(alder, enroll(alder, cohort)))
    plain = pdf_of(issued(birch, enroll(birch, cohort, email="sam@birch.example", name="Samuel Adeyemi")))
    assert "Logo of Alder Oncology" in _alternates(branded)
    assert _alternates(plain) == []


def _alternates(pdf: bytes) -> list[str]:
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/Alt" in node and str(node["/Alt"]).startswith("Logo"):
                found.append(str(node["/Alt"]))
            walk(node.get("/K", []))

    walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_logo_that_is_gone_stops_with_a_sentence(alder, leader):
    Practice.objects.filter(pk=alder.pk).update(logo="logos/gone.png")
    complete_year(alder, leader)
    work()
    assert "Upload it again" in OutboxRow.objects.get().last_error


def test_store_that_refuses_is_tried_again_and_not_taken_for_the_mail_server(alder, leader, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    complete_year(alder, leader)
    with monkeypatch.context() as patch:
        patch.setattr(type(storages["private"]), "save", full)
        with pytest.raises(RuntimeError, match="No space left on device"):
            work()
    row = OutboxRow.objects.get()
    assert (row.refused_at, row.stopped_at) == (None, None)
    assert not Registry.objects.exists()


def test_file_is_never_overwritten(db):
    name, digest = files.store(b"%PDF one")
    before = storages["private"].get_modified_time(name)
    assert files.store(b"%PDF one") == (name, digest)
    assert storages["private"].get_modified_time(name) == before
    assert len([n for n in storages["private"].listdir("certificates")[1] if n.startswith(digest[:16])]) == 1


def test_file_that_is_not_what_its_name_says_is_not_handed_out(db):
    name, _digest = files.store(b"%PDF two")
    with open(storages["private"].path(name), "wb") as file:
        file.write(b"%PDF 2")
    assert files.read(name) is None
    assert files.read("certificates/none.pdf") is None


def test_letter_leads_to_the_page_and_never_to_the_file(alder, leader):
    certificate = issued(alder, leader)
    row = OutboxRow.objects.get(kind="certificate_ready")
    with enter(alder):
        letter = writers["certificate_ready"](row.ids)
        assert letter.to == "leela@alder.example"
        assert letter.button[1] == "http://testserver/practices/alder-oncology/certificates/"
        assert letter.attachments == []
        assert certificate.registry.number not in str(letter)
        Registry.objects.update(revoked_on=clock.today("UTC"))
        assert writers["certificate_ready"](row.ids) is None
    Registry.objects.update(revoked_on=None)
    assert deliver(str(row.pk))
    with enter(alder):
        [line] = certificate.person.mail_lines.all()
    assert line.subject == "Your certificate: Physician Leadership Program, year one"


class Killed(BaseException):
    """Stands for the end of a process: nothing catches it."""


def test_worker_killed_between_file_and_commit_leaves_no_row_and_the_retry_makes_one(own_database, monkeypatch):
    alder = Practice.objects.get(slug="alder-oncology")
    leader = enroll(alder, make_cohort())
    complete_year(alder, leader)
    store, stored = files.store, []

    def store_and_die(pdf):
        stored.append(store(pdf)[0])
        raise Killed

    row = OutboxRow.objects.get(kind="issue_certificate")
    with monkeypatch.context() as patch:
        patch.setattr(files, "store", store_and_die)
        with pytest.raises(Killed):
            deliver(str(row.pk))
    assert storages["private"].exists(stored[0])
    assert not Registry.objects.exists()
    assert not deliver(str(row.pk))  # its lease still holds
    with clock.at(clock.now() + 2 * LEASE):
        assert deliver(str(row.pk))
    with enter(alder):
        certificate = Certificate.objects.select_related("registry").get()
    assert Registry.objects.get() == certificate.registry
    assert certificate.file != stored[0]
    assert files.read(certificate.file) is not None


def test_parallel_workers_make_exactly_one(own_database):
    alder = Practice.objects.get(slug="alder-oncology")
    leader = enroll(alder, make_cohort())
    complete_year(alder, leader)
    row = OutboxRow.objects.get(kind="issue_certificate")
    start, errors = threading.Barrier(4), []

    def run(task):
        try:
            start.wait()
            task()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    def past_the_row():  # as if each had a promise of its own
        with enter(alder):
            actions.issue(enrollment_id=leader.pk, kind="year", year=1)

    threads = [threading.Thread(target=run, args=(task,)) for task in (past_the_row, past_the_row, past_the_row)]
    threads.append(threading.Thread(target=run, args=(lambda: deliver(str(row.pk)),)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Registry.objects.count() == 1
    with enter(alder):
        assert Certificate.objects.count() == 1
    assert OutboxRow.objects.filter(kind="certificate_ready").count() == 1
