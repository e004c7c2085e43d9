"""Two at once, with real commits: whoever comes second finds what the first has done."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from wagtail.models import Revision

from curriculum.review.deciding import publish_due
from curriculum.review.models import Clearance, ReviewState
from curriculum.review.text import digest
from lms import clock
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from tests.curriculum.factory import make_tree
from tests.curriculum.review.writing import Desk
from tests.fixtures import make_user


@pytest.fixture
def group(own_database):
    """An author and two reviewers, and the lesson that they work on, in a database with real commits."""
    people = []
    for name, role in (("ines", "author"), ("gabriel", "reviewer"), ("noor", "reviewer")):
        user = make_user(f"{name}@network.example")
        grant_network_role(user=user, role=NetworkRole(role))
        people.append(user)
    return Desk(make_tree().lessons[0]), *people


def at_once(*calls):
    """Let every call begin at the same moment, each with a connection of its own."""
    start = threading.Barrier(len(calls))

    def run(call):
        try:
            start.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_approvals_at_once_are_one(group):
    desk, author, one, other = group
    desk.submit(author, "What both read.")
    read = desk.latest.pk
    answers = at_once(
        lambda: desk.decide(one, "approve", revision=read), lambda: desk.decide(other, "approve", revision=read)
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert desk.page.live_revision_id == read
    assert Clearance.objects.filter(revision_id=read).count() == 1
    assert ReviewState.objects.filter(status="approved").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_approval_and_a_change_at_once_publish_what_was_read_or_nothing(turn, group):
    desk, author, one, other = group
    before = desk.page.live_revision_id
    desk.submit(author, "What was read.")
    read = desk.latest
    approved, written = at_once(
        lambda: desk.decide(one, "approve", revision=read.pk),
        lambda: desk.autosave(other, "What nobody read."),
    )
    page = desk.page
    assert Revision.objects.get(pk=read.pk).content == read.content
    assert "nobody read" not in desk.live_text
    if approved.status_code == 302:
        assert page.live_revision_id == read.pk
        assert digest(page.live_revision.content) == digest(read.content)
    else:
        assert approved.status_code == 409
        assert page.live_revision_id == before
        assert written.json()["success"]


def test_autosave_of_a_page_that_goes_live_meanwhile_does_not_undo_it(group):
    desk, author, one, other = group
    desk.page.unpublish()
    desk.submit(author, "What was read.")
    read = desk.latest.pk
    approved, _ = at_once(
        lambda: desk.decide(one, "approve", revision=read), lambda: desk.autosave(other, "What nobody read.")
    )
    page = desk.page
    assert page.live == (approved.status_code == 302)
    assert page.live_revision_id == (read if page.live else None)
    if page.live:
        assert "nobody read" not in desk.live_text


def test_schedule_met_by_two_workers_goes_live_once(group):
    desk, author, one, _ = group
    desk.submit(author, "For later.")
    desk.decide(one, "approve")
    revision = desk.page.live_revision
    desk.page.unpublish()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=clock.now())
    assert sum(at_once(publish_due, publish_due)) == 1
    assert desk.page.live_revision_id == revision.pk
