"""Building curriculum from plain values. What is made here is edited in the CMS afterward like any page."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from curriculum.blocks.checks import PARTS
from curriculum.enums import LessonKind
from curriculum.fields import BlocksField
from curriculum.models import (
    Competency,
    FrontPage,
    InfoPage,
    LessonPage,
    ModuleFaculty,
    ModulePage,
    PlanModule,
    PlanSession,
    ProgramPage,
)
from curriculum.review.actions import establish_review
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User

WRITES = ("add_page", "change_page")
PUBLISHES = (*WRITES, "publish_page", "lock_page", "unlock_page")
# Nobody gets "bulk_delete": a page with others below it is unpublished, not deleted.
CMS_RIGHTS = {
    NetworkRole.AUTHOR: WRITES,
    NetworkRole.REVIEWER: WRITES,
    NetworkRole.PUBLISHER: PUBLISHES,
    NetworkRole.STAFF: PUBLISHES,
}
MODELS_EDITED_IN_CMS = ("curriculum_banks",)  # apps whose models have Wagtail's own forms
# What many pages share is kept by whoever writes pages.
SHARED_RIGHTS = [
    f"{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in ("competency", "term", "video")
]
FILE_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@transaction.atomic
def open_cms_to_roles() -> None:
    """Give the groups of the advisory group and of staff their rights in the CMS, and only those.

    Authors and reviewers write, and send a page to be reviewed; the chair and staff publish what others wrote, too.
    Reviewers approve without a right to publish (see curriculum.review). Repeating changes nothing.
    """
    root, files = Page.get_first_root_node(), Collection.get_first_root_node()
    enters = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    file_rights = Permission.objects.filter(codename__in=FILE_RIGHTS)
    model_rights = Permission.objects.filter(content_type__app_label__in=MODELS_EDITED_IN_CMS)
    shared = Permission.objects.filter(content_type__app_label="curriculum", codename__in=SHARED_RIGHTS)
    for role, rights in CMS_RIGHTS.items():
        group = Group.objects.get_or_create(name=role.label)[0]
        group.permissions.set([enters, *model_rights, *shared])
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=rights):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for permission in file_rights:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    establish_review()
    # Wagtail's own two groups: nobody is in them, and rights that nobody gave are better gone.
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()


@transaction.atomic
def make_front_page(*, title: str, lede: str, body: str = "") -> FrontPage:
    """The root of the site, at BASE_URL, made if there is none; one that is there is left alone."""
    front = FrontPage.objects.first()
    if front is None:
        root = Page.get_first_root_node()
        for welcome in root.get_children().exact_type(Page):
            welcome.delete()
        root.refresh_from_db()
        front = _add(root, FrontPage(title=title, slug="home", lede=lede, body=body))
    base = urlsplit(settings.BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": base.hostname or "localhost",
            "port": base.port or (443 if base.scheme == "https" else 80),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": front,
        },
    )
    return front


@transaction.atomic
def make_info_page(*, parent: FrontPage, title: str, slug: str, body: str, lede: str = "") -> InfoPage:
    """A public page of words below the front page; one with this slug that is there is left alone."""
    found = InfoPage.objects.child_of(parent).filter(slug=slug).first()
    return found or _add(parent, InfoPage(title=title, slug=slug, lede=lede, body=body))


@transaction.atomic
def make_program(
    *,
    parent: FrontPage,
    title: str,
    slug: str,
    years: int = 2,
    lede: str = "",
    modules: Iterable[Mapping[str, Any]] = (),
    sessions: Iterable[Mapping[str, Any]] = (),
) -> ProgramPage:
    """A program with its modules and its plan; one with this slug that is there is left alone, plan included.

    `modules` are as in the curriculum's TOML files (see `publish_module`), and say where the plan places them:
    `year`, `opens_month`, `due_month` and perhaps `required`. `sessions` have title, year, month, mode, minutes,
    and perhaps `required`.
    """
    found = ProgramPage.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    program = _add(parent, ProgramPage(title=title, slug=slug, years=years, lede=lede))
    for module in modules:
        page = publish_module(program=program, data=module, faculty=module.get("faculty", ()))
        program.plan_modules.add(
            PlanModule(
                module=page,
                year=module.get("year", 1),
                opens_month=module["opens_month"],
                due_month=module["due_month"],
                required=module.get("required", True),
            )
        )
    program.plan_sessions.add(*(PlanSession(**session) for session in sessions))
    program.save_revision(clean=True).publish()
    return program


@transaction.atomic
def publish_curriculum(*, program: ProgramPage, data: Iterable[Mapping[str, Any]]) -> list[ModulePage]:
    """Publish modules with their lessons below `program`, in the order given. See `publish_module`."""
    return [publish_module(program=program, data=module) for module in data]


@transaction.atomic
def publish_module(*, program: ProgramPage, data: Mapping[str, Any], faculty: Iterable[Mapping] = ()) -> ModulePage:
    """Publish one module and its lessons, in the order of `data["lessons"]`. Pages that are there are left alone.

    `data` has title, slug, short_title, summary, objectives, competencies, perhaps references, and lessons; a lesson
    has title, slug, summary, objectives, references and body, a list of blocks with their "type", and perhaps kind
    and given_by, an address. A competency that the framework lacks is added to it. `faculty` has user and about.
    Raises ValidationError where the CMS would refuse the same.
    """
    module = ModulePage.objects.child_of(program).filter(slug=data["slug"]).first()
    if module is None:
        module = ModulePage(
            title=data["title"],
            slug=data["slug"],
            short_title=data["short_title"],
            lede=data["summary"],
            objectives=_list_of("objective", data.get("objectives", ())),
            references=_references(data),
            minutes_set=data.get("minutes"),
        )
        module.competencies = [Competency.objects.get_or_create(name=name)[0] for name in data.get("competencies", ())]
        module.faculty.add(*(ModuleFaculty(**member) for member in faculty))
        module = _add(program, module)
    there = set(LessonPage.objects.child_of(module).values_list("slug", flat=True))
    for lesson in data.get("lessons", ()):
        if lesson["slug"] not in there:
            _add(module, _lesson(lesson))
    return module


def _lesson(data: Mapping[str, Any]) -> LessonPage:
    return LessonPage(
        title=data["title"],
        slug=data["slug"],
        lede=data["summary"],
        kind=data.get("kind", LessonKind.LESSON),
        given_by=User.objects.get(email=data["given_by"]) if "given_by" in data else None,
        objectives=_list_of("objective", data.get("objectives", ())),
        body=[_block(block) for block in data["body"]],
        references=_references(data),
        minutes_set=data.get("minutes"),
    )


def _references(data: Mapping[str, Any]) -> list[dict]:
    return _list_of("reference", ({"url": "", "doi": "", **reference} for reference in data.get("references", ())))


def _list_of(kind: str, values: Iterable) -> list[dict]:
    return [_item(kind, value) for value in values]


def _item(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _block(block: Mapping[str, Any]) -> dict:
    """A body's block in Wagtail's raw form. Heading and text have a bare "value"; the rest are made of their keys."""
    fields = {key: value for key, value in block.items() if key != "type"}
    match block["type"]:
        case "heading" | "text":
            return _item(block["type"], fields["value"])
        case "table":
            fields["columns"] = _list_of("item", fields["columns"])
            fields["rows"] = _list_of("item", (_list_of("item", row) for row in fields["rows"]))
        case "check":
            fields["questions"] = _list_of("item", map(_question, fields["questions"]))
        case "checklist":
            fields["items"] = _list_of("item", fields["items"])
        case "chart":
            fields["rows"] = _list_of(
                "item", ({"label": label, "value": str(value)} for label, value in fields["rows"])
            )
        case "video":
            fields = {"video": None, "url": "", "captioned": False, "transcript": "", **fields}
        case "faculty":
            fields["person"] = str(User.objects.get(email=fields["person"]).pk)
    return _item(block["type"], fields)


def _question(question: Mapping[str, Any]) -> dict:
    """`options`; for a number `answers` (value, tolerance, share, reason); for an order `steps` (text, reason)."""
    parts = {name: _list_of("item", map(_part, question[name])) for name in PARTS if name in question}
    return {**question, **parts}


def _part(part: Mapping[str, Any]) -> dict:
    """Numbers may be written bare in TOML; they are kept as text."""
    return {key: str(value) if key in ("value", "tolerance") else value for key, value in part.items()}


def _add(parent, page):
    """Add `page` below `parent` as the CMS would: checked, with a revision, published."""
    page.live = False
    parent.add_child(instance=page)
    for field in page._meta.get_fields():
        if isinstance(field, BlocksField):  # the CMS checks blocks in its form, not in the model
            field.stream_block.clean(getattr(page, field.name))
    page.save_revision().publish()
    page.refresh_from_db()
    return page
