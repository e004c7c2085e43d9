"""The CMS's pages for what is defined once for many pages: competencies, glossary, videos."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.text import get_text_list
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.models import ReferenceIndex

from curriculum.models import Competency, Term, Video


class GuardedDeleteView(DeleteView):
    """Refuses, in words, to delete what a page still uses."""

    def dispatch(self, request, *args, **kwargs):
        users = self.used_by(self.object)
        if users:
            named = get_text_list([f"“{title}”" for title in users[:3]] + (["others"] if len(users) > 3 else []), "and")
            messages.error(request, f"“{self.object}” is used by {named}, so it stays. Take it out there first.")
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)

    def used_by(self, used) -> list[str]:
        """The titles of the pages that use it, published or in draft."""
        groups = ReferenceIndex.get_grouped_references_to(used)
        return [str(source) for source, _ in groups]


class CompetencyDeleteView(GuardedDeleteView):
    def used_by(self, used) -> list[str]:
        return list(used.modules.values_list("title", flat=True))


class CompetencyViewSet(ModelViewSet):
    model = Competency
    name = "competencies"
    icon = "list-ol"
    menu_label = "Competencies"
    list_display = ["name", "description", "sort_order"]
    panels = [FieldPanel("name"), FieldPanel("description"), FieldPanel("sort_order")]
    delete_view_class = CompetencyDeleteView
    copy_view_enabled = False


class TermViewSet(ModelViewSet):
    model = Term
    name = "glossary"
    icon = "openquote"
    menu_label = "Glossary"
    list_display = ["name", "definition"]
    panels = [FieldPanel("name"), FieldPanel("spellings"), FieldPanel("definition")]
    copy_view_enabled = False
    add_to_reference_index = False


class VideoViewSet(ModelViewSet):
    model = Video
    name = "videos"
    icon = "media"
    menu_label = "Videos"
    list_display = ["title", "file"]
    panels = [FieldPanel("title"), FieldPanel("file"), FieldPanel("captions")]
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False


class SharedParts(ModelViewSetGroup):
    menu_label = "Shared parts"
    menu_icon = "folder-open-inverse"
    menu_order = 350
    items = (CompetencyViewSet, TermViewSet, VideoViewSet)
