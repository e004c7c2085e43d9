"""What the CMS's editor and the review's page send, as a person at a desk."""

import re

from django.contrib.messages import get_messages
from wagtail.models import Revision
from wagtail.test.utils.form_data import rich_text

from curriculum.models import LessonPage
from tests.curriculum.editor import lesson_form
from tests.fixtures import signed_in


class Desk:
    """One lesson, and what people do to it through the doors that a browser uses."""

    def __init__(self, lesson: LessonPage):
        self.pk = lesson.pk

    @property
    def page(self) -> LessonPage:
        return LessonPage.objects.get(pk=self.pk)

    @property
    def latest(self) -> Revision:
        return self.page.latest_revision

    @property
    def live_text(self) -> str:
        return str(self.page.body)

    @property
    def edit_url(self) -> str:
        return f"/cms/pages/{self.pk}/edit/"

    def form(self, words: str | None = None, **changes) -> dict[str, str]:
        """The editor's form with the latest text, or with `words` in its first paragraph."""
        form = lesson_form(self.page.get_latest_revision_as_object(), **changes)
        if words is not None:
            form["body-0-value"] = rich_text(f"<p>{words}</p>")
        return form

    def save(self, user, words: str | None = None, **more):
        return signed_in(user).post(self.edit_url, self.form(words, **more))

    def autosave(self, user, words: str, *, over: int | None = None):
        """What Wagtail 8's editor sends by itself: JSON is wanted, and the revision to write over is named."""
        form = self.form(words)
        loaded = self.latest
        form["loaded_revision_id"] = str(loaded.pk)
        form["loaded_revision_created_at"] = loaded.created_at.isoformat()
        if over is not None:
            form["overwrite_revision_id"] = str(over)
        return signed_in(user).post(self.edit_url, form, headers={"accept": "application/json"})

    def submit(self, user, words: str | None = None):
        return self.save(user, words, **{"action-submit": "action-submit"})

    def publish(self, user, words: str | None = None, **more):
        return self.save(user, words, **{"action-publish": "action-publish", **more})

    def decide(self, user, what: str, **data):
        """Press a button of the review's page, naming the latest revision unless another is said."""
        return signed_in(user).post(f"/reviews/{self.pk}/{what}/", {"revision": self.latest.pk, **data})

    def approve(self, user, **data):
        return self.decide(user, "approve", **data)

    def review(self, user) -> str:
        answer = signed_in(user).get(f"/reviews/{self.pk}/")
        assert answer.status_code == 200
        return answer.content.decode()


def told(answer) -> str:
    """What is said after a redirect, or on the page that came at once."""
    said = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    text = answer.content.decode() if answer.status_code != 302 else ""
    return re.sub(r"\s+", " ", f"{said} {text}")
