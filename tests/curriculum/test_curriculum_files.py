"""The demo's files become pages that the CMS would have accepted."""

import tomllib
from pathlib import Path

from curriculum.actions import make_front_page, make_program, publish_curriculum
from curriculum.checking import checks_of
from curriculum.models import LessonPage
from curriculum.reading import modules_of

FOLDER = Path(__file__).parents[2] / "lms" / "demo" / "curriculum"
FILES = [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]


def test_each_file_becomes_pages_in_its_order(db):
    front = make_front_page(title="Program", lede="Two years.")
    program = make_program(parent=front, title="Program", slug="from-files")
    publish_curriculum(program=program, data=FILES)
    modules = modules_of(program)
    assert [module.slug for module in modules] == [data["slug"] for data in FILES]
    for module, data in zip(modules, FILES, strict=True):
        assert [lesson.slug for lesson in module.lessons] == [lesson["slug"] for lesson in data["lessons"]]
        for lesson, told in zip(module.lessons, data["lessons"], strict=True):
            assert lesson.live
            assert lesson.live_revision is not None
            assert [block.block_type for block in lesson.body] == [block["type"] for block in told["body"]]
        assert sum(len(checks_of(lesson)) for lesson in module.lessons) >= 1


def test_publishing_again_leaves_pages_alone(db):
    front = make_front_page(title="Program", lede="Two years.")
    program = make_program(parent=front, title="Program", slug="from-files")
    publish_curriculum(program=program, data=FILES[:1])
    lesson = LessonPage.objects.descendant_of(program).first()
    lesson.title = "Edited since"
    lesson.save_revision().publish()
    before = list(LessonPage.objects.order_by("pk").values_list("pk", "title", "live_revision"))
    publish_curriculum(program=program, data=FILES[:1])
    assert list(LessonPage.objects.order_by("pk").values_list("pk", "title", "live_revision")) == before
