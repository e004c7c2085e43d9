"""The evidence's own page and the editor's panel: who may open them. What they show is tested where it comes from."""

import pytest
from django.urls import reverse

from tests.fixtures import signed_in


def evidence_url(page) -> str:
    return reverse("curriculum:evidence", args=[page.pk])


def test_evidence_is_for_the_advisory_group_and_staff(tree, advisor, staff):
    for user in (advisor, staff):
        for page in (tree.checked, tree.modules[0]):
            answer = signed_in(user).get(evidence_url(page))
            assert answer.status_code == 200
            assert page.title in answer.content.decode()


def test_evidence_is_closed_to_other_roles(tree, faculty, physician, manager, outsider, no_role, client):
    for user in (faculty, physician, manager, outsider, no_role):
        assert signed_in(user).get(evidence_url(tree.checked)).status_code == 403
    assert client.get(evidence_url(tree.checked)).status_code == 302


def test_evidence_is_about_lessons_and_modules_alone(tree, as_advisor):
    for page in (tree.front, tree.program):
        assert as_advisor.get(evidence_url(page)).status_code == 404
    for pk in (999_999, 2**31, 10**30):
        assert as_advisor.get(f"/advisory/evidence/{pk}/").status_code == 404


def test_panel_holds_the_sections_and_no_frame(tree, as_advisor):
    content = as_advisor.get(evidence_url(tree.checked) + "?panel").content.decode()
    assert "<html" not in content
    assert "<h1" not in content


def test_evidence_of_a_draft_may_be_read(tree, as_advisor):
    tree.checked.unpublish()
    assert as_advisor.get(evidence_url(tree.checked)).status_code == 200


@pytest.mark.parametrize("kind", ["lesson", "module"])
def test_editor_has_a_panel_that_loads_by_itself(tree, as_advisor, kind):
    page = tree.checked if kind == "lesson" else tree.modules[0]
    content = as_advisor.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert f'data-evidence="{evidence_url(page)}?panel"' in content
    assert 'data-side-panel-toggle="evidence"' in content
    assert "js/evidence-panel" in content
    assert "css/evidence-panel" in content


def test_editor_of_other_pages_has_no_such_panel(tree, as_advisor):
    assert "data-evidence" not in as_advisor.get(f"/cms/pages/{tree.program.pk}/edit/").content.decode()
