"""What the CMS's editor posts, made from a page as it is."""

from django.db.models import Model
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.test.utils.form_data import rich_text

from curriculum.models import LessonPage
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from tests.fixtures import make_user, signed_in


def lesson_form(lesson: LessonPage, **changes) -> dict[str, str]:
    """The whole form of `lesson`, with `changes`; publish by adding "action-publish" (see `published_by_two`)."""
    form = {
        "title": lesson.title,
        "slug": lesson.slug,
        "seo_title": "",
        "search_description": "",
        "lede": lesson.lede,
        "kind": lesson.kind,
        "given_by": str(lesson.given_by_id or ""),
        "minutes_set": "",
        "change_kind": lesson.change_kind,
        "change_note": lesson.change_note,
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    for name in ("objectives", "body", "references"):
        value = getattr(lesson, name)
        form.update(_posted(value.stream_block, value, name))
    return {**form, **changes}


def published_by_two(client, page: LessonPage, form: dict[str, str]):
    """Send what `form` writes to be reviewed, and let somebody else approve it. Gives the editor's answer."""
    form = {name: value for name, value in form.items() if name != "action-publish"} | {"action-submit": "on"}
    answer = client.post(f"/cms/pages/{page.pk}/edit/", form)
    page.refresh_from_db()
    approval = signed_in(second_reader()).post(f"/reviews/{page.pk}/approve/", {"revision": page.latest_revision_id})
    assert approval.status_code == 302, approval.content.decode()
    return answer


def second_reader() -> User:
    """A reviewer who writes nothing."""
    found = User.objects.filter(email="second@network.example").first()
    if found is None:
        found = make_user("second@network.example", "Sam Second")
        grant_network_role(user=found, role=NetworkRole.REVIEWER)
    return found


def _posted(block, value, prefix: str) -> dict[str, str]:
    if isinstance(block, StreamBlock):
        return _items(list(value), prefix, typed=True)
    if isinstance(block, ListBlock):
        return _items(value.bound_blocks, prefix, typed=False)
    if isinstance(block, ImageBlock):
        described = {"image": str(value.pk), "alt_text": value.contextual_alt_text or ""}
        described |= {"decorative": "on"} if value.decorative else {}
        return {f"{prefix}-{name}": posted for name, posted in described.items()}
    if isinstance(block, StructBlock):
        return {
            key: posted
            for name, inner in block.child_blocks.items()
            for key, posted in _posted(inner, value[name], f"{prefix}-{name}").items()
        }
    if isinstance(block, RichTextBlock):
        return {prefix: rich_text(value.source, features=block.features)}
    if value is False:
        return {}
    if isinstance(value, Model):
        return {prefix: str(value.pk)}
    return {prefix: "on" if value is True else str(value if value is not None else "")}


def _items(children, prefix: str, *, typed: bool) -> dict[str, str]:
    form = {f"{prefix}-count": str(len(children))}
    for index, child in enumerate(children):
        at = f"{prefix}-{index}"
        form |= {f"{at}-id": child.id, f"{at}-order": str(index), f"{at}-deleted": ""}
        if typed:
            form[f"{at}-type"] = child.block_type
        form |= _posted(child.block, child.value, f"{at}-value")
    return form
