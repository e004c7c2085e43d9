"""Side panels of the editor."""

from django import forms
from django.urls import reverse
from wagtail.admin.ui.side_panels import BaseSidePanel


class EvidenceSidePanel(BaseSidePanel):
    """What leaders did and said, beside the text. It loads when it is opened, so that the editor stays quick."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle evidence"
        icon_name = "clipboard-list"
        has_counter = False

    name = "evidence"
    title = "Evidence"
    template_name = "curriculum/evidence/side_panel.html"
    order = 150

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return {**context, "url": reverse("curriculum:evidence", args=[self.object.pk])}

    @property
    def media(self):
        return forms.Media(js=["js/evidence-panel.js"], css={"all": ["css/evidence-panel.css"]})
