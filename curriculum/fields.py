import uuid

from wagtail.blocks import ListBlock, StreamBlock, StructBlock, StructValue
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A StreamField whose blocks stay out of migrations: they change often, and no table changes with them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*(args or [[]]), **kwargs)

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def settle_ids(stream) -> None:
    """Give every item of a stream, lists within included, an id of its own that is a UUID and keeps.

    Records of people name questions and prompts by these ids. Raw JSON may lack them, and a form may send
    anything: an id that is no UUID, or that was met before in this stream, is replaced.
    """
    met: set[str] = set()
    for child in stream:
        child.id = _settled(child.id, met)
        _settle_within(child.block, child.value, met)


def _settle_within(block, value, met: set[str]) -> None:
    if isinstance(block, StreamBlock):
        for child in value:
            child.id = _settled(child.id, met)
            _settle_within(child.block, child.value, met)
    elif isinstance(block, ListBlock):
        for child in value.bound_blocks:
            child.id = _settled(child.id, met)
            _settle_within(child.block, child.value, met)
    # An image's block is a struct too, whose value is the image itself: it holds no items.
    elif isinstance(block, StructBlock) and isinstance(value, StructValue):
        for name, inner in block.child_blocks.items():
            if value.get(name) is not None:
                _settle_within(inner, value[name], met)


def _settled(given, met: set[str]) -> str:
    try:
        settled = str(uuid.UUID(str(given)))
    except ValueError:
        settled = str(uuid.uuid4())
    if settled in met:
        settled = str(uuid.uuid4())
    met.add(settled)
    return settled
