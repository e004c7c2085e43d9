"""What stands around a body: objectives and sources."""

import re

from wagtail import blocks

DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


class Objectives(blocks.StreamBlock):
    objective = blocks.CharBlock(max_length=250)


class DoiBlock(blocks.RegexBlock):
    """A DOI, also where its address was pasted."""

    def value_from_form(self, value):
        return DOI_ADDRESS.sub("", (super().value_from_form(value) or "").strip())


class ReferenceBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=400)
    url = blocks.URLBlock(required=False)
    doi = DoiBlock(
        regex=r"^10\.\d{4,9}/\S+\Z",
        required=False,
        error_messages={"invalid": "Enter a DOI that starts with 10., such as 10.1200/JCO.19.01234."},
    )

    class Meta:
        icon = "doc-full"


class References(blocks.StreamBlock):
    reference = ReferenceBlock()
