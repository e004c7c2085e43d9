"""Nobody lets their own text through, whichever way they try; and no approval outlives the text that was read."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import Revision

from curriculum.models import LessonPage
from curriculum.review import eyes
from curriculum.review.deciding import publish_due
from curriculum.review.models import Clearance, ReviewState
from lms import clock
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from tests.curriculum.editor import lesson_form
from tests.curriculum.review.writing import told
from tests.fixtures import make_user, signed_in

OWN = "nobody approves their own"


@pytest.fixture
def second_chair(db):
    user = make_user("second-chair@network.example", "Noor Haddad")
    grant_network_role(user=user, role=NetworkRole.PUBLISHER)
    return user


def unchanged(desk, live_revision) -> bool:
    return desk.page.live_revision_id == live_revision


@pytest.fixture
def live(desk) -> int:
    return desk.page.live_revision_id


# Ways around


def test_own_text_is_not_published_directly(desk, chair, live):
    answer = desk.publish(chair, "Words of the chair.")
    assert OWN in told(answer)
    assert answer.url == f"/reviews/{desk.pk}/"
    assert unchanged(desk, live)
    assert "Words of the chair." in str(desk.latest.as_object().body)  # kept as a draft


def test_others_text_is_published_directly_by_who_has_it_on_screen(desk, author, chair):
    desk.save(author, "Words of the author.")
    assert desk.publish(chair).status_code == 302
    assert "Words of the author." in desk.live_text


def test_one_who_corrects_a_comma_is_an_author_too(desk, author, chair, live):
    desk.save(author, "Words of the author.")
    assert OWN in told(desk.publish(chair, "Words of the author, corrected."))
    assert unchanged(desk, live)


def test_two_do_not_take_turns(desk, chair, second_chair, live):
    desk.save(chair, "All of it by the chair.")
    desk.save(second_chair, "All of it by the chair!")
    assert OWN in told(desk.publish(chair))
    assert OWN in told(desk.publish(second_chair))
    assert unchanged(desk, live)


def test_new_page_of_ones_own_begins_as_a_draft(tree, chair):
    module = tree.modules[0]
    form = lesson_form(tree.lessons[0], title="New", slug="new") | {"action-publish": "on"}
    answer = signed_in(chair).post(f"/cms/pages/add/curriculum/lessonpage/{module.pk}/", form)
    assert OWN in told(answer)
    page = LessonPage.objects.get(slug="new")
    assert not page.live
    assert page.live_revision is None


def test_own_text_is_not_scheduled(desk, chair, live):
    soon = (clock.now() + dt.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    assert OWN in told(desk.publish(chair, "Words of the chair.", go_live_at=soon))
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    with clock.at(clock.now() + dt.timedelta(days=3)):
        assert publish_due() == 0
    assert unchanged(desk, live)


def test_date_set_behind_the_editor_is_refused(desk, chair):
    desk.save(chair, "Words of the chair.")
    revision = desk.latest
    revision.approved_go_live_at = clock.now()
    with pytest.raises(eyes.Refused):
        revision.save()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=clock.now())
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        assert publish_due() == 0
    assert "Words of the chair." not in desk.live_text


def test_own_text_is_not_approved(desk, chair, live):
    desk.submit(chair, "Words of the chair.")
    answer = desk.approve(chair)
    assert answer.status_code == 409
    assert "somebody else has to approve it" in told(answer)
    assert "approve/" not in desk.review(chair)
    assert unchanged(desk, live)


def test_wagtails_own_approval_is_no_way(desk, author, chair, reviewer, live):
    desk.submit(author, "Words of the author.")
    state = ReviewState.objects.get()
    for user in (author, reviewer, chair):
        signed_in(user).post(f"/cms/pages/workflow/action/{desk.pk}/approve/{state.pk}/", {"comment": ""})
        desk.save(user, **{"action-workflow-action": "true", "workflow-action-name": "approve"})
    assert unchanged(desk, live)
    assert not Clearance.objects.filter(revision=state.revision).exists()


def test_nothing_unread_is_published_in_bulk(desk, tree, author, chair, live):
    for user in (chair, author):
        desk.save(user, f"Words of {user.name}.")
        ids = f"id={desk.pk}&id={tree.lessons[1].pk}"
        answer = signed_in(chair).post(f"/cms/bulk/wagtailcore/page/publish/?{ids}&next=/cms/", {})
        assert "Not published" in told(answer) or "Nothing was published" in told(answer)
        assert unchanged(desk, live)
    module = tree.modules[0]
    desk.page.unpublish()
    answer = signed_in(chair).post(
        f"/cms/bulk/wagtailcore/page/publish/?id={module.pk}&next=/cms/", {"include_descendants": "on"}
    )
    assert "ublished" in told(answer)
    assert not desk.page.live


def test_what_was_approved_is_published_in_bulk(desk, author, reviewer, chair):
    desk.submit(author, "Words of the author.")
    desk.approve(reviewer)
    desk.page.unpublish()
    signed_in(chair).post(f"/cms/bulk/wagtailcore/page/publish/?id={desk.pk}&next=/cms/", {})
    assert desk.page.live


def test_reverting_is_writing(desk, author, reviewer, chair):
    first = desk.page.live_revision_id
    desk.submit(author, "Words of the author.")
    desk.approve(reviewer)
    live = desk.page.live_revision_id
    form = desk.form("The text of reading a packet.") | {"action-publish": "on"}
    answer = signed_in(chair).post(f"/cms/pages/{desk.pk}/revisions/{first}/revert/", form)
    assert OWN in told(answer)
    assert unchanged(desk, live)


def test_copy_begins_as_a_draft(desk, tree, chair):
    base = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(tree.modules[0].pk)}
    client = signed_in(chair)
    for extra, sentence in (({"publish_copies": "on"}, "begins as a draft"), ({"alias": "on"}, "has one place")):
        assert sentence in told(client.post(f"/cms/pages/{desk.pk}/copy/", base | extra))
        assert not LessonPage.objects.filter(slug="copy").exists()
    client.post(f"/cms/pages/{desk.pk}/copy/", base)
    copy = LessonPage.objects.get(slug="copy")
    assert not copy.live
    answer = client.post(f"/cms/bulk/wagtailcore/page/publish/?id={copy.pk}&next=/cms/", {})
    assert OWN in told(answer)
    copy.refresh_from_db()
    assert not copy.live


def test_live_copy_by_code_is_refused(desk, chair):
    with pytest.raises(eyes.Refused):
        desk.page.copy(update_attrs={"slug": "copy"}, keep_live=True, user=chair)


def test_taking_back_and_publishing_is_no_way(desk, chair, live):
    desk.submit(chair, "Words of the chair.")
    desk.save(chair, **{"action-cancel-workflow": "on"})
    assert not ReviewState.objects.filter(status="in_progress").exists()
    assert OWN in told(desk.publish(chair))
    assert unchanged(desk, live)


def test_locking_and_unlocking_is_no_way(desk, chair, live):
    desk.save(chair, "Words of the chair.")
    client = signed_in(chair)
    client.post(f"/cms/pages/{desk.pk}/lock/")
    client.post(f"/cms/pages/{desk.pk}/unlock/")
    assert OWN in told(desk.publish(chair))
    assert unchanged(desk, live)


def test_moving_is_no_way(desk, tree, chair, live):
    desk.save(chair, "Words of the chair.")
    signed_in(chair).post(f"/cms/pages/{desk.pk}/move/{tree.modules[1].pk}/confirm/")
    assert unchanged(desk, live)


def test_reviewer_does_not_publish_in_the_editor(desk, author, reviewer, live):
    desk.save(author, "Words of the author.")
    desk.publish(reviewer)
    assert unchanged(desk, live)


# The text that was read


def test_old_tab_does_not_approve_a_newer_text(desk, author, reviewer, live):
    desk.submit(author, "What the reviewer read.")
    read = desk.latest.pk
    desk.save(author, **{"action-cancel-workflow": "on"})
    desk.save(author, "What nobody read.")
    answer = desk.decide(reviewer, "approve", revision=read)
    assert answer.status_code == 409
    assert "no longer waits" in told(answer)
    assert f"/cms/pages/{desk.pk}/revisions/compare/{read}...{desk.latest.pk}/" in told(answer)
    desk.submit(author)
    answer = desk.decide(reviewer, "approve", revision=read)
    assert "A newer text was submitted" in told(answer)
    assert f"/cms/pages/{desk.pk}/revisions/compare/{read}...{desk.latest.pk}/" in told(answer)
    compared = signed_in(reviewer).get(f"/cms/pages/{desk.pk}/revisions/compare/{read}...{desk.latest.pk}/")
    assert "What nobody read." in compared.content.decode().replace("</span>", "").replace("<span>", "") or (
        compared.status_code == 200
    )
    assert unchanged(desk, live)


def test_change_during_the_review_takes_it_back(desk, author, reviewer, chair, live):
    desk.submit(author, "What the reviewer read.")
    read = desk.latest.pk
    answer = desk.save(chair, "What the chair made of it.")
    assert "waits for its review no longer" in told(answer)
    assert desk.decide(reviewer, "approve", revision=read).status_code == 409
    assert desk.approve(reviewer).status_code == 409
    assert unchanged(desk, live)
    desk.submit(author)
    assert desk.approve(chair).status_code == 409  # an author by now
    assert desk.approve(reviewer).status_code == 302
    assert "What the chair made of it." in desk.live_text


def test_author_does_not_write_during_the_review(desk, author):
    desk.submit(author, "What the reviewer read.")
    before = desk.latest.pk
    desk.save(author, "What nobody read.")
    answer = desk.autosave(author, "What nobody read.", over=before)
    assert answer.json()["success"] is False
    assert desk.latest.pk == before


def test_comments_during_the_review_take_nothing_back(desk, author, reviewer):
    desk.submit(author, "What the reviewer read.")
    read = desk.latest.pk
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-0-text": "Name a source here.",
        "comments-0-contentpath": "lede",
        "comments-0-id": "",
        "comments-0-deleted": "",
        "comments-0-resolved": "",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    assert desk.save(reviewer, **comment).status_code == 302
    assert desk.latest.pk != read
    assert "Name a source here." in desk.review(author)
    assert desk.decide(reviewer, "approve", revision=read).status_code == 302
    page = desk.page
    assert page.live_revision_id == read
    assert not page.has_unpublished_changes


def test_autosave_writes_over_a_draft_and_never_over_what_was_submitted(desk, author, reviewer):
    first = desk.autosave(author, "W").json()
    second = desk.autosave(author, "What I mean.", over=first["revision_id"]).json()
    assert second["revision_id"] == first["revision_id"]
    desk.submit(author)
    submitted = desk.latest
    desk.save(author, **{"action-cancel-workflow": "on"})
    for over in (first["revision_id"], submitted.pk):
        desk.autosave(author, "Something else.", over=over)
    assert Revision.objects.get(pk=submitted.pk).content == submitted.content


def test_autosave_never_writes_over_what_is_live(desk, author, reviewer):
    desk.submit(author, "What the reviewer read.")
    desk.approve(reviewer)
    live = desk.latest
    answer = desk.autosave(author, "What nobody read.", over=live.pk).json()
    assert answer["success"]
    assert answer["revision_id"] != live.pk
    again = desk.autosave(author, "What nobody read yet.", over=answer["revision_id"]).json()
    assert again["revision_id"] == answer["revision_id"]
    assert Revision.objects.get(pk=live.pk).content == live.content
    assert "nobody" not in desk.live_text


def test_database_refuses_to_change_what_is_sealed(desk):
    live = Revision.objects.get(pk=desk.page.live_revision_id)
    content = {**live.content, "title": "Forged"}
    with pytest.raises(IntegrityError, match="never changes again"), transaction.atomic():
        Revision.objects.filter(pk=live.pk).update(content=content)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_revision SET content = '{}' WHERE id = %s", [live.pk])


# Schedules


def test_scheduled_text_goes_live_once_by_the_products_clock(desk, author, reviewer):
    soon = clock.now() + dt.timedelta(days=400)
    desk.submit(author, "For next year.")
    desk.save(author, **{"action-cancel-workflow": "on"})
    desk.save(author, "For next year.", go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
    desk.submit(author)
    desk.save(author, "For next year.", **{"action-cancel-workflow": "on"})
    desk.save(author, go_live_at=soon.strftime("%Y-%m-%d %H:%M"), **{"action-submit": "on"})
    answer = desk.approve(reviewer)
    assert "Approved, and scheduled." in told(answer)
    assert "For next year." not in desk.live_text
    assert publish_due() == 0
    with clock.at(soon + dt.timedelta(minutes=1)):
        assert publish_due() == 1
        assert publish_due() == 0
        assert "For next year." in desk.live_text
        assert desk.page.last_published_at == clock.now()


# The chair's way around


def test_emergency_needs_a_reason_and_is_shown_until_another_looked(desk, chair, reviewer, author, live):
    desk.save(chair, "The dose was wrong.")
    assert desk.decide(chair, "emergency", reason="now").status_code == 422
    assert unchanged(desk, live)
    answer = desk.decide(chair, "emergency", reason="A wrong dose in the table.")
    assert answer.status_code == 302
    assert "The dose was wrong." in desk.live_text
    row = Clearance.objects.get(kind="emergency")
    for url in ("/cms/", "/advisory/", "/reviews/", f"/reviews/{desk.pk}/"):
        assert "A wrong dose in the table." in signed_in(reviewer).get(url).content.decode(), url
    assert "A wrong dose in the table." in signed_in(reviewer).get(f"/cms/pages/{desk.pk}/history/").content.decode()
    assert desk.decide(chair, "look", clearance=row.pk).status_code == 409
    assert signed_in(author).post(f"/reviews/{desk.pk}/look/", {"clearance": row.pk}).status_code == 403
    assert desk.decide(reviewer, "look", clearance=row.pk, note="Right now.").status_code == 302
    for url in ("/cms/", "/advisory/", "/reviews/"):
        assert "A wrong dose" not in signed_in(reviewer).get(url).content.decode(), url
    row.refresh_from_db()
    assert row.looked_by == reviewer
    assert "Right now." in desk.review(chair)


def test_emergency_is_the_chairs_alone_and_for_the_text_on_screen(desk, chair, reviewer, author, staff, live):
    desk.save(author, "Words of the author.")
    for user in (author, reviewer, staff):
        assert desk.decide(user, "emergency", reason="It cannot wait for anybody.").status_code == 403
    assert desk.decide(chair, "emergency", reason="It cannot wait for anybody.").status_code == 409  # not theirs
    desk.save(chair, "Words of the chair.")
    read = desk.latest.pk
    desk.save(author, "Something else.")
    assert desk.decide(chair, "emergency", revision=read, reason="It cannot wait for anybody.").status_code == 409
    assert unchanged(desk, live)


def test_emergency_does_not_launder_what_nobody_looked_at(desk, chair, author):
    desk.save(chair, "Words of the chair.")
    desk.decide(chair, "emergency", reason="It cannot wait for anybody.")
    live = desk.page.live_revision_id
    desk.save(author, "Words of the chair!")
    assert OWN in told(desk.publish(chair))
    assert unchanged(desk, live)
