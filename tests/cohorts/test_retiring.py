"""Retiring instead of deleting: the numbers before, what stays, and what staff read on a cohort's plan."""

import pytest
from django.urls import reverse

from curriculum.models import LessonPage, ModulePage
from tests.cohorts.changing import Office, make_office, reads
from tests.curriculum.factory import make_tree
from tests.curriculum.review.writing import told
from tests.fixtures import signed_in


@pytest.fixture
def office(db, alder, birch, cedar) -> Office:
    """Two in two practices are part-way through the first module."""
    found = make_office(make_tree())
    reads(alder, found.cohort, found.desk.page, "A One")
    reads(birch, found.cohort, found.desk.page, "B One", completes=False)
    return found


def retire_url(page) -> str:
    return f"/cms/pages/{page.pk}/unpublish/"


def asked(office, page) -> str:
    answer = signed_in(office.chair).get(retire_url(page))
    assert answer.status_code == 200
    return answer.content.decode()


def plan(office, staff) -> str:
    answer = signed_in(staff).get(reverse("cohorts_staff:plan", args=[office.cohort.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_module_says_how_many_it_touches_before_it_is_retired(office):
    content = asked(office, office.tree.modules[0])
    assert "2 leaders in 2 practices are part-way through; none have completed this." in content
    assert "It is in the plan of 1 cohort (Cohort)." in content
    assert "Retire it" in content
    assert "npublish it" not in content


def test_lesson_and_program_say_it_too(office):
    assert "1 leader in 1 practice is part-way through; 1 has completed this." in asked(office, office.desk.page)
    assert "It is complete there with its other lessons from now on." in asked(office, office.desk.page)
    office.tree.lessons[1].unpublish()
    assert "It is the last published lesson of Finance" in asked(office, office.desk.page)
    assert "It is the program of 1 cohort (Cohort)." in asked(office, office.tree.program)


def test_chair_retires_their_own_text_and_brings_it_back(office):
    module = office.tree.modules[0]
    answer = signed_in(office.chair).post(retire_url(module), {"include_descendants": "on"})
    assert "is retired: leaders no longer see it" in told(answer)
    assert not ModulePage.objects.get(pk=module.pk).live
    assert not LessonPage.objects.child_of(module).live().exists()
    office.desk.page.latest_revision.publish(user=office.chair)
    assert office.desk.page.live


def test_who_may_not_publish_does_not_retire(office, staff, manager, client):
    module = office.tree.modules[0]
    for user in (office.author, office.reviewer, manager):
        for send in (signed_in(user).get, signed_in(user).post):
            assert send(retire_url(module)).status_code in (302, 403)
    assert client.post(retire_url(module)).status_code == 302
    assert ModulePage.objects.get(pk=module.pk).live
    assert signed_in(staff).get(retire_url(module)).status_code == 200


def test_menus_say_retire(office):
    client = signed_in(office.chair)
    for url in (office.desk.edit_url, f"/cms/pages/{office.tree.program.pk}/"):
        content = client.get(url).content.decode()
        assert "Retire" in content
        assert "Unpublish" not in content


def test_what_is_taught_is_not_retired_in_bulk(office):
    ids = f"id={office.tree.modules[0].pk}&id={office.tree.modules[1].pk}"
    answer = signed_in(office.chair).post(
        f"/cms/bulk/wagtailcore/page/unpublish/?{ids}&next=/cms/pages/{office.tree.program.pk}/",
        {"include_descendants": "on"},
    )
    assert "Nothing was retired. Retire “Finance” and its like one by one" in told(answer)
    assert ModulePage.objects.live().filter(pk__in=[module.pk for module in office.tree.modules]).count() == 2


def test_plan_says_what_a_retired_module_means(office, staff):
    assert "Cannot be completed" not in plan(office, staff)
    office.tree.modules[0].unpublish()
    content = plan(office, staff)
    assert content.count("Cannot be completed") == 1
    assert "It is retired: leaders do not see it." in content
    assert "2 leaders in 2 practices are part-way through; none have completed this." in content
    assert "They keep what they completed." in content


def test_plan_says_that_a_module_without_lessons_cannot_be_completed(office, staff):
    for lesson in office.tree.lessons[2:]:
        lesson.unpublish()
    content = plan(office, staff)
    assert content.count("Cannot be completed") == 1
    assert "No lesson of it is published." in content
    assert "no leader has begun this yet" in content
