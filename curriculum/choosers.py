"""Choosing, in the editor, what is defined once for many pages."""

from wagtail.admin.viewsets.chooser import ChooserViewSet


class VideoChooserViewSet(ChooserViewSet):
    model = "curriculum.Video"
    icon = "media"
    choose_one_text = "Choose a video"
    choose_another_text = "Choose another video"
    form_fields = ["title", "file", "captions"]


video_chooser = VideoChooserViewSet("video_chooser")
VideoChooserBlock = video_chooser.get_block_class(name="VideoChooserBlock", module_path="curriculum.choosers")
