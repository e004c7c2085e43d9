"""What stands around a body: objectives, competencies, sources."""

from wagtail import blocks


class Objectives(blocks.StreamBlock):
    objective = blocks.CharBlock(max_length=250)


class Competencies(blocks.StreamBlock):
    competency = blocks.CharBlock(max_length=80)


class ReferenceBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=400)
    url = blocks.URLBlock(required=False)
    doi = blocks.RegexBlock(
        regex=r"^10\.\d{4,9}/\S+\Z",
        required=False,
        error_messages={"invalid": "Enter a DOI that starts with 10., such as 10.1200/JCO.19.01234."},
    )

    class Meta:
        icon = "doc-full"


class References(blocks.StreamBlock):
    reference = ReferenceBlock()
