"""Lessons and modules in the index: those that are live, below a live module of a live program."""

from collections.abc import Iterable, Iterator, Sequence

from wagtail.documents import get_document_model
from wagtail.models import Page

from curriculum.library.models import LibraryEntry
from curriculum.library.shelves import places_of
from curriculum.library.sources import Draft, Source
from curriculum.library.texts import stream_text
from curriculum.models import LessonPage, ModulePage, PlanModule, ProgramPage


def open_modules(paths: Iterable[str] | None = None) -> dict[str, ModulePage]:
    """The modules that readers find, by path; of `paths` if these are given."""
    modules = ModulePage.objects.live().public()
    if paths is not None:
        modules = modules.filter(path__in=set(paths))
    programs = set(ProgramPage.objects.live().public().values_list("path", flat=True))
    return {module.path: module for module in modules if _above(module) in programs}


def _above(page: Page) -> str:
    return page.path[: -page.steplen]


def _module_ids() -> list[str]:
    return [str(module.pk) for module in open_modules().values()]


def _lesson_ids() -> list[str]:
    modules = open_modules()
    rows = LessonPage.objects.live().public().order_by("path")
    return [str(row.pk) for row in rows.only("pk", "path") if _above(row) in modules]


def _module_drafts(ids: Sequence[str]) -> Iterator[Draft]:
    paths = Page.objects.filter(pk__in=map(int, ids)).values_list("path", flat=True)
    modules = open_modules(paths)
    years = _years(modules)
    for module in modules.values():
        yield Draft(
            object_id=str(module.pk),
            title=module.title,
            summary=module.lede,
            body="\n".join([module.short_title, stream_text(module.objectives)]),
            year=years.get(module.pk),
            modules=[module.pk],
            topics=topics_of(module),
            uses=[f"faculty:{user}" for user in module.faculty.values_list("user_id", flat=True)],
            until=module.expire_at,
        )


def _lesson_drafts(ids: Sequence[str]) -> Iterator[Draft]:
    lessons = list(LessonPage.objects.live().public().filter(pk__in=map(int, ids)))
    modules = open_modules(_above(lesson) for lesson in lessons)
    years = _years(modules)
    for lesson in lessons:
        module = modules.get(_above(lesson))
        if module is not None:
            ends = [moment for moment in (lesson.expire_at, module.expire_at) if moment]
            yield Draft(
                object_id=str(lesson.pk),
                title=lesson.title,
                summary=lesson.lede,
                body="\n".join(map(stream_text, (lesson.objectives, lesson.body, lesson.references))),
                year=years.get(module.pk),
                modules=[module.pk],
                topics=topics_of(module),
                uses=sorted(_uses(lesson)),
                until=min(ends, default=None),
            )


def topics_of(module: ModulePage) -> list[str]:
    return [competency.name for competency in module.competencies.all()]


def _years(modules: dict[str, ModulePage]) -> dict[int, int]:
    """The year in which the program's plan places each module; the earliest, if it places one twice."""
    ids = [module.pk for module in modules.values()]
    rows = PlanModule.objects.filter(module__in=ids).order_by("-year").values_list("module_id", "year")
    return dict(rows)


def _uses(lesson: LessonPage) -> set[str]:
    document = get_document_model()
    found = lesson._meta.get_field("body").extract_references(lesson.body)
    return {f"document:{object_id}" for model, object_id, _, _ in found if model is document}


def _module_addresses(user, entries: Sequence[LibraryEntry]) -> dict[str, str]:
    return _addresses(user, entries, lambda place, page: place.module)


def _lesson_addresses(user, entries: Sequence[LibraryEntry]) -> dict[str, str]:
    return _addresses(user, entries, lambda place, page: place.lesson(page))


def _addresses(user, entries: Sequence[LibraryEntry], within) -> dict[str, str]:
    places = places_of(user)
    pages = Page.objects.in_bulk([int(entry.object_id) for entry in entries])
    return {
        str(pk): within(places[module], pk) if (module := _module_of(pk, entries)) in places else page.url
        for pk, page in pages.items()
    }


def _module_of(pk: int, entries: Sequence[LibraryEntry]) -> int | None:
    return next((entry.modules[0] for entry in entries if entry.object_id == str(pk) and entry.modules), None)


MODULES = Source("module", "Module", "Modules", "book-open", _module_ids, _module_drafts, _module_addresses)
LESSONS = Source(
    "lesson", "Lesson", "Lessons", "file-text", _lesson_ids, _lesson_drafts, _lesson_addresses, can_be_saved=True
)
