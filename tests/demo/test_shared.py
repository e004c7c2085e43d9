"""What the demo's lessons share fits the lessons that are written, and is taken as the CMS would take it."""

import pytest

from curriculum.actions import publish_curriculum
from curriculum.glossary import Explaining, explaining
from curriculum.models import Competency, LessonPage, Term, Video
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.demo import cast, shared
from tests.curriculum.factory import make_tree
from tests.fixtures import make_user


@pytest.fixture
def faculty(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    people = []
    for name, credentials, *_ in cast.read("people.toml")["faculty"]:
        user = make_user(f"{name.split()[0].lower()}@network.example", name, credentials=credentials)
        grant_network_role(user=user, role=NetworkRole.FACULTY)
        people.append(user)
    return people


def test_shared_parts_are_made_and_shown_where_they_say(faculty):
    Competency.objects.all().delete()
    blocks = shared.furnish(faculty=faculty)
    modules = [shared.shown_in(module, blocks, faculty) for module in cast.curriculum()]
    publish_curriculum(program=make_tree().program, data=modules)
    assert Term.objects.count() >= 40
    named = {name for module in modules for name in module["competencies"]}
    standard = set(Competency.objects.values_list("name", flat=True)) - {"Finance"}
    assert named <= standard
    assert len(standard) == 11
    for slug, shown in blocks.items():
        body = LessonPage.objects.get(slug=slug).body
        assert [block.block_type for block in body][-len(shown) :] == [block["type"] for block in shown]
    assert Video.objects.get().captions
    overview = LessonPage.objects.get(kind="overview")
    assert overview.given_by.name == cast.read("shared.toml")["overview_by"]


def test_most_terms_occur_in_the_lessons(faculty):
    shared.furnish(faculty=faculty)
    met: set[int] = set()
    matcher = explaining().matcher
    for module in cast.curriculum():
        for lesson in module["lessons"]:
            in_lesson = Explaining(matcher)
            for block in lesson["body"]:
                if block["type"] in ("text", "callout"):
                    in_lesson.explain(block["value"])
            met |= in_lesson.met
    assert len(met) >= 20
