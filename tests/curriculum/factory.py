"""A small page tree for everyone's tests: front page, program, two modules of two lessons each, one check."""

from dataclasses import dataclass

from curriculum.actions import make_front_page, make_program
from curriculum.models import FrontPage, LessonPage, ModulePage, ProgramPage

RIGHT = "It rises with drug prices"
REASON = "With drugs in the base, the fee follows them."

CHECK = {
    "type": "check",
    "title": "Check yourself",
    "pass_mark": 70,
    "attempts": 3,
    "questions": [
        {
            "kind": "single",
            "text": "What happens to the fee?",
            "options": [
                {"text": "It stays flat", "correct": False, "reason": "It does not follow visits."},
                {"text": RIGHT, "correct": True, "reason": REASON},
            ],
        },
        {
            "kind": "multiple",
            "text": "Which figures belong on the page?",
            "options": [
                {"text": "Days in receivables", "correct": True, "reason": "They say how long you lend."},
                {"text": "Net drug margin", "correct": True, "reason": "It says whether infusion pays its way."},
                {"text": "The weather", "correct": False, "reason": "It explains little here."},
            ],
        },
    ],
}


@dataclass
class Tree:
    front: FrontPage
    program: ProgramPage
    modules: list[ModulePage]
    lessons: list[LessonPage]  # of both modules, in order; the second has the check

    @property
    def checked(self) -> LessonPage:
        return self.lessons[1]


def lesson(title: str, *, more=()) -> dict:
    return {
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "summary": f"What {title.lower()} is about.",
        "objectives": [f"explain {title.lower()}"],
        "body": [{"type": "text", "value": f"<p>The text of {title.lower()}.</p>"}, *more],
        "references": [{"text": "A source, 2020.", "url": "https://source.example/"}],
    }


def module(title: str, lessons: list[dict], *, year: int = 1, opens: int = 0, due: int = 3) -> dict:
    return {
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "short_title": title[:24],
        "summary": f"What {title.lower()} is about.",
        "objectives": [f"lead with {title.lower()}"],
        "competencies": ["Finance"],
        "year": year,
        "opens_month": opens,
        "due_month": due,
        "lessons": lessons,
    }


def make_tree() -> Tree:
    """The tree, published. The front page is the site's root, and the program's plan places both modules.

    It stands in every test database, so this finds it (and makes it only where somebody deleted it).
    """
    front = make_front_page(title="Physician Leadership Program", lede="Two years for physicians who lead.")
    program = make_program(
        parent=front,
        title="Leadership Program",
        slug="program",
        modules=[
            module(
                "Finance",
                [
                    lesson("Reading a packet"),
                    lesson(
                        "Five numbers",
                        more=[CHECK, {"type": "reflection", "prompt": "Which number would start an argument?"}],
                    ),
                ],
            ),
            module("Speaking", [lesson("One message"), lesson("The interview")], year=2, opens=12, due=15),
        ],
        sessions=[{"title": "Opening days", "year": 1, "month": 0, "mode": "in_person", "minutes": 480}],
    )
    modules = list(ModulePage.objects.child_of(program).order_by("path"))
    lessons = list(LessonPage.objects.descendant_of(program).order_by("path"))
    return Tree(front=front, program=program, modules=modules, lessons=lessons)


def add_live(parent, page):
    """`page` below `parent`, published as it is: a page begins as a draft."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
