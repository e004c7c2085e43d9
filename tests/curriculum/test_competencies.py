"""The framework of competencies: chosen from, edited in the CMS, and carried over from each module's own words."""

import json

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from curriculum.actions import open_cms_to_roles
from curriculum.models import Competency, ModulePage
from curriculum.shared_actions import make_standard_framework
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from tests.curriculum.factory import make_tree
from tests.fixtures import make_user, signed_in


def test_standard_framework_is_made_once_and_then_the_groups_own(db):
    Competency.objects.all().delete()
    assert 8 <= make_standard_framework() <= 12
    Competency.objects.first().delete()
    assert make_standard_framework() == 0


def test_framework_is_edited_by_authors_and_closed_to_others(tree, faculty, physician):
    open_cms_to_roles()
    author = make_user("author@network.example")
    grant_network_role(user=author, role=NetworkRole.AUTHOR)
    form = {"name": "Foresight", "description": "Sees it coming.", "sort_order": "5"}
    assert signed_in(author).post("/cms/competencies/new/", form).status_code == 302
    assert Competency.objects.filter(name="Foresight").exists()
    for user in (faculty, physician):
        answer = signed_in(user).post("/cms/competencies/new/", {**form, "name": "Mine"})
        assert answer.status_code in (302, 403)
    assert not Competency.objects.filter(name="Mine").exists()


def test_competency_that_a_module_names_is_not_deleted(tree, as_advisor):
    finance = Competency.objects.get(name="Finance")
    answer = as_advisor.post(f"/cms/competencies/delete/{finance.pk}/", follow=True)
    assert "is used by “Finance” and “Speaking”" in answer.content.decode()
    spare = Competency.objects.create(name="Spare")
    as_advisor.post(f"/cms/competencies/delete/{spare.pk}/")
    assert list(Competency.objects.values_list("name", flat=True)) == ["Finance"]


def test_module_shows_its_competencies_and_its_year(tree, physician):
    Competency.objects.update(description="Reads a packet and argues with it.")
    content = signed_in(physician).get(tree.modules[1].url).content.decode()
    assert "Reads a packet and argues with it." in content
    assert "Year 2 ·" in content


def test_words_of_modules_become_competencies_and_back(own_database):
    make_tree()
    _migrate("0002_brought_in")
    with connection.cursor() as cursor:
        cursor.execute("SELECT competencies::text FROM curriculum_modulepage")
        assert [[item["value"] for item in json.loads(row[0])] for row in cursor.fetchall()] == [["Finance"]] * 2
    _migrate(None)
    assert [[c.name for c in module.competencies.all()] for module in ModulePage.objects.all()] == [["Finance"]] * 2
    older = ModulePage.objects.first().serializable_data()
    older["competencies"] = json.dumps([{"type": "competency", "value": "Finance", "id": "1"}])
    assert [c.name for c in ModulePage.from_serializable_data(older).competencies.all()] == ["Finance"]


def _migrate(target: str | None) -> None:
    executor = MigrationExecutor(connection)
    latest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "curriculum"]
    executor.migrate([("curriculum", target)] if target else latest)
