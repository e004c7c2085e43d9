"""The editor's views of our pages, where they differ from Wagtail's."""

from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from curriculum.models import LessonPage, ModulePage, ProgramPage
from curriculum.panels import EvidenceSidePanel
from curriculum.retiring import RetireView


class CurriculumEditView(EditView):
    """The editor of a lesson or a module, with the evidence beside it."""

    def get_side_panels(self):
        panels = list(super().get_side_panels())
        # An autosave answers with the panels that it changes, and it does not change this one.
        if not self.expects_json_response:
            panels.append(EvidenceSidePanel(self.page, self.request))
        return MediaContainer(sorted(panels, key=lambda panel: panel.order))


class LessonViewSet(PageViewSet):
    model = LessonPage
    edit_view_class = CurriculumEditView
    unpublish_view_class = RetireView


class ModuleViewSet(PageViewSet):
    model = ModulePage
    edit_view_class = CurriculumEditView
    unpublish_view_class = RetireView


class ProgramViewSet(PageViewSet):
    model = ProgramPage
    unpublish_view_class = RetireView
