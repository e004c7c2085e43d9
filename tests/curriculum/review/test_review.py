"""Asking for a review and answering it, from the editor and from the review's page."""

import datetime as dt

import pytest
from wagtail.models import Workflow

from curriculum.actions import open_cms_to_roles
from curriculum.review.models import Clearance, ReviewState
from curriculum.review.reminding import remind_of_due
from lms import clock
from lms.outbox.models import OutboxRow
from lms.outbox.registry import writers
from tests.curriculum.review.writing import told
from tests.fixtures import signed_in
from tests.queries import count_queries


def letters(kind: str) -> list:
    """The mails of this kind that still have something to say."""
    rows = OutboxRow.objects.filter(kind=kind).order_by("created_at")
    return [letter for row in rows if (letter := writers[kind](row.ids))]


def test_author_submits_reviewer_approves_and_it_is_published(desk, author, reviewer, chair):
    answer = desk.submit(author, "What a packet says, and what it leaves out.")
    assert answer.status_code == 302
    assert answer.url == f"/reviews/{desk.pk}/"
    assert "leaves out" not in desk.live_text
    assert [letter.to for letter in letters("review_asked")] == [reviewer.email, chair.email]
    answer = desk.approve(reviewer, comment="Reads well.")
    assert answer.status_code == 302
    assert "Approved, and published." in told(answer)
    page = desk.page
    assert "leaves out" in desk.live_text
    assert page.live
    assert not page.has_unpublished_changes
    row = Clearance.objects.get(revision_id=page.live_revision_id)
    assert (row.kind, row.by) == ("approved", reviewer)
    (answered,) = letters("review_answered")
    assert answered.to == author.email
    assert "Reads well." in " ".join(answered.paragraphs)
    assert letters("review_asked") == []  # nothing is left to answer


def test_mail_leads_to_the_page_with_the_buttons_after_sign_in(desk, author, reviewer, client, settings):
    desk.submit(author, "A better sentence.")
    (letter,) = letters("review_asked")
    assert letter.button[1] == f"{settings.BASE_URL.rstrip('/')}/reviews/{desk.pk}/"
    asked = client.get(f"/reviews/{desk.pk}/")
    assert asked.status_code == 302
    assert asked.url == f"/accounts/login/?next=/reviews/{desk.pk}/"
    shown = desk.review(reviewer)
    assert f'action="/reviews/{desk.pk}/approve/"' in shown
    assert f'name="revision" value="{desk.latest.pk}"' in shown
    assert f"/cms/pages/{desk.pk}/revisions/{desk.latest.pk}/view/" in shown
    text = signed_in(reviewer).get(f"/cms/pages/{desk.pk}/revisions/{desk.latest.pk}/view/")
    assert "A better sentence." in text.content.decode()


def test_changes_are_asked_for_with_a_comment_and_sent_again(desk, author, reviewer):
    desk.submit(author, "First try.")
    assert desk.decide(reviewer, "changes", comment=" ").status_code == 422
    assert desk.decide(reviewer, "changes", comment="Name a source.").status_code == 302
    assert "Changes are wanted" in desk.review(author)
    assert "Name a source." in " ".join(letters("review_answered")[0].paragraphs)
    desk.submit(author, "Second try, with a source.")
    assert desk.approve(reviewer).status_code == 302
    assert "Second try" in desk.live_text
    assert ReviewState.objects.filter(workflow_state__object_id=str(desk.pk)).count() == 2


def test_who_sends_it_says_until_when(desk, author, reviewer):
    desk.save(author, "A better sentence.")
    day = clock.today(author.time_zone)
    for wrong in ("", "yesterday", "2020-01-01", "9999-12-31", "nul\x00"):
        assert desk.decide(author, "submit", due_on=wrong).status_code == 422, wrong
    wanted = day + dt.timedelta(days=3)
    assert desk.decide(author, "submit", due_on=str(wanted), note="The table is new.").status_code == 302
    state = ReviewState.objects.get()
    assert (state.due_on, state.note) == (wanted, "The table is new.")
    assert "The table is new." in desk.review(reviewer)
    assert desk.decide(reviewer, "due", due_on=str(day)).status_code == 403
    assert desk.decide(author, "due", due_on=str(day)).status_code == 302
    assert ReviewState.objects.get().due_on == day


def test_submitted_in_the_editor_it_is_due_in_ten_days(desk, author):
    desk.submit(author, "A better sentence.")
    assert ReviewState.objects.get().due_on == clock.today(author.time_zone) + dt.timedelta(days=10)


def test_reader_is_reminded_once_on_the_day(desk, author, reviewer):
    desk.submit(author, "A better sentence.")
    due = ReviewState.objects.get().due_on
    for hours, expected in ((-24, 0), (0, 1), (2, 1), (30, 1)):
        moment = dt.datetime.combine(due, dt.time(15), dt.UTC) + dt.timedelta(hours=hours)  # 9 in Chicago
        with clock.at(moment):
            remind_of_due()
            remind_of_due()
        assert OutboxRow.objects.filter(kind="review_due").count() == expected
    assert letters("review_due")[0].to == reviewer.email


def test_lists_show_what_one_may_act_on_with_overdue_marked(desk, author, reviewer, chair):
    desk.submit(chair, "Words of the chair.")
    for url in ("/reviews/", "/cms/"):
        assert "Reading a packet" in signed_in(reviewer).get(url).content.decode()
    assert "Nothing waits for you" in signed_in(chair).get("/cms/").content.decode()
    assert "Nothing waits for you" in signed_in(author).get("/reviews/").content.decode()
    assert "Yours, being read by others" in signed_in(chair).get("/reviews/").content.decode()
    ReviewState.objects.update(due_on=clock.today("America/Chicago") - dt.timedelta(days=1))
    assert "Overdue" in signed_in(reviewer).get("/reviews/").content.decode()
    assert "(overdue)" in signed_in(reviewer).get("/cms/").content.decode()


@pytest.mark.parametrize("url", ["/reviews/", "/advisory/", "/cms/"])
def test_lists_ask_as_often_for_three_as_for_one(url, tree, author, reviewer):
    from tests.curriculum.review.writing import Desk

    client = signed_in(reviewer)
    Desk(tree.lessons[0]).submit(author, "A better sentence.")
    client.get(url)
    with count_queries() as one:
        client.get(url)
    for lesson in tree.lessons[1:3]:
        Desk(lesson).submit(author, "A better sentence.")
    with count_queries() as three:
        answer = client.get(url)
    assert answer.status_code == 200
    assert len(one) == len(three)


def test_wagtails_own_workflow_is_gone_and_setting_up_again_changes_nothing(tree):
    open_cms_to_roles()
    open_cms_to_roles()
    assert [workflow.name for workflow in Workflow.objects.active()] == ["Four eyes"]
    assert tree.lessons[0].get_workflow().name == "Four eyes"


def test_other_roles_see_no_review(desk, author, faculty, manager, outsider):
    desk.submit(author, "A better sentence.")
    for user in (faculty, manager, outsider):
        client = signed_in(user)
        assert client.get("/reviews/").status_code == 403
        assert client.get(f"/reviews/{desk.pk}/").status_code == 403
        assert desk.approve(user).status_code == 403
    assert "A better sentence." not in desk.live_text


def test_page_that_is_none_of_ours_has_no_review(tree, reviewer):
    for pk in (1, 999_999, 2**40):
        assert signed_in(reviewer).get(f"/reviews/{pk}/").status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 400, "999999", "1\x00"])
def test_hostile_revision_is_refused_in_place(revision, desk, author, reviewer):
    desk.submit(author, "A better sentence.")
    assert desk.decide(reviewer, "approve", revision=revision).status_code in (409, 422)
    assert desk.decide(reviewer, "look", clearance=revision).status_code in (404, 422)
    assert "A better sentence." not in desk.live_text


def test_draft_that_is_half_done_is_not_sent(desk, author, chair):
    desk.save(chair, "A better sentence.", lede="")
    for user, door, data in (
        (author, "submit", {"due_on": str(clock.today("America/Chicago"))}),
        (chair, "emergency", {"reason": "It cannot wait for anybody."}),
    ):
        answer = desk.decide(user, door, **data)
        assert answer.status_code == 409
        assert "Something is missing or wrong in this text" in told(answer)
    assert "A better sentence." not in desk.live_text
