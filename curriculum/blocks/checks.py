"""Knowledge checks. A question is known by its block's id, and so are its options, answers and items.

Keys and reasons are never searched: neither which option is right, nor a number, nor the items of an order.
"""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.forms import Media
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from curriculum.numbers import plain, read_number


class QuestionKind(TextChoices):
    SINGLE = "single", "One right answer"
    MULTIPLE = "multiple", "Several right answers"
    TRUE_FALSE = "true_false", "True or false"
    NUMERIC = "numeric", "A number"
    ORDERING = "ordering", "Items to put in order"


CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)
# Which list a kind is made of; the other two stay empty.
PART_OF = dict.fromkeys(CHOICES, "options") | {QuestionKind.NUMERIC: "answers", QuestionKind.ORDERING: "steps"}
PARTS = {"options": "options", "answers": "accepted numbers", "steps": "items"}
MOST = 8  # options, numbers or items


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300)
    correct = blocks.BooleanBlock(required=False, label="right")
    reason = blocks.TextBlock(
        required=False,
        max_length=600,
        search_index=False,
        help_text="Shown to whoever chose it: why it is right or wrong.",
    )
    last = blocks.BooleanBlock(
        required=False, label="always last", help_text="Stays last when options are shuffled: “None of the above”."
    )


class NumberTextBlock(blocks.CharBlock):
    """A number, kept as text so that it stays exact: "45.8", "6.022e23"."""

    def __init__(self, *args, least=None, **kwargs):
        self.least = least
        super().__init__(*args, search_index=False, **kwargs)

    def clean(self, value):
        typed = super().clean(value) or ""
        if not typed and self.is_deferred_validation:
            return typed  # a draft may be unfinished
        written = plain(typed)
        if self.least is not None and read_number(written) < self.least:
            raise ValidationError(f"Enter a number that is not below {self.least}.")
        return written


class NumberBlock(blocks.StructBlock):
    value = NumberTextBlock(label="number")
    tolerance = NumberTextBlock(default="0", least=0, help_text="How far off still counts; the edge counts too.")
    share = blocks.IntegerBlock(
        min_value=1, max_value=100, default=100, label="share of the credit", help_text="In percent."
    )
    reason = blocks.TextBlock(required=False, max_length=600, search_index=False, help_text="Shown with this answer.")


class StepBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, search_index=False)
    reason = blocks.TextBlock(
        required=False, max_length=600, search_index=False, help_text="Why it stands here; shown with the right order."
    )


class QuestionBlock(blocks.StructBlock):
    """A question of any kind. What its kind does not use must be empty; lists hold one blank entry at most."""

    kind = blocks.ChoiceBlock(choices=QuestionKind.choices, default=QuestionKind.SINGLE, search_index=False)
    text = blocks.TextBlock(max_length=600)
    options = blocks.ListBlock(
        OptionBlock(), default=[], max_num=MOST, help_text="For one or several right answers, and for true or false."
    )
    answers = blocks.ListBlock(
        NumberBlock(),
        default=[],
        max_num=MOST,
        label="accepted numbers",
        help_text="For a number. Where an answer lies within several, the largest share counts.",
    )
    unit = blocks.CharBlock(
        required=False, max_length=20, search_index=False, help_text="For a number: shown behind the field."
    )
    other_reason = blocks.TextBlock(
        required=False,
        max_length=600,
        search_index=False,
        label="reason for other numbers",
        help_text="For a number: shown with every answer that is not accepted.",
    )
    steps = blocks.ListBlock(
        StepBlock(),
        default=[],
        max_num=MOST,
        label="items in the right order",
        help_text="For an order, three or more. Leaders get them in another order.",
    )
    reason = blocks.TextBlock(
        required=False, max_length=600, search_index=False, help_text="Shown after any answer to this question."
    )

    class Meta:
        icon = "help"
        form_classname = "struct-block question-block"

    def clean(self, value):
        for name in PARTS:
            if name != PART_OF.get(value.get("kind")):
                _drop_blank(value[name])
        cleaned = super().clean(value)
        kind = QuestionKind(cleaned["kind"])
        for name, words in PARTS.items():
            if name != PART_OF[kind] and len(cleaned[name]):
                raise ValidationError(f"“{kind.label}” has no {words}: remove them, or choose another kind.")
        if kind != QuestionKind.NUMERIC and (cleaned["unit"] or cleaned["other_reason"]):
            raise ValidationError("A unit and a reason for other numbers belong to a number: empty them.")
        if not self.is_deferred_validation:  # a draft may be unfinished
            _CLEANERS[kind](kind, cleaned)
        return cleaned


class QuestionAdapter(StructBlockAdapter):
    """The editor's form of a question, wherever it is edited, with the script that shows what its kind needs."""

    @cached_property
    def media(self):
        return super().media + Media(js=["js/question_kinds.js"])


register(QuestionAdapter(), QuestionBlock)


def _drop_blank(parts) -> None:
    """Take out entries that were added and never filled in."""
    for at in reversed(range(len(parts))):
        defaults = parts.list_block.child_block.get_default()
        if all((parts[at][name] or "") == (default or "") for name, default in defaults.items()):
            del parts[at]


def _clean_choice(kind: QuestionKind, question) -> None:
    options = question["options"]
    if kind == QuestionKind.TRUE_FALSE and len(options) != 2:
        raise ValidationError("Give two options: true and false.")
    if len(options) < 2:
        raise ValidationError("Give at least two options.")
    right = sum(bool(option["correct"]) for option in options)
    if kind == QuestionKind.MULTIPLE and right == 0:
        raise ValidationError("Mark at least one option as right.")
    if kind != QuestionKind.MULTIPLE and right != 1:
        raise ValidationError("Mark exactly one option as right, or choose “Several right answers”.")


def _clean_numeric(kind: QuestionKind, question) -> None:
    if not len(question["answers"]):
        raise ValidationError("Give at least one accepted number.")
    if not any(answer["share"] == 100 for answer in question["answers"]):
        raise ValidationError("Give one accepted number the whole credit: a share of 100 percent.")


def _clean_ordering(kind: QuestionKind, question) -> None:
    texts = [" ".join((step["text"] or "").split()).casefold() for step in question["steps"]]
    if len(texts) < 3:
        raise ValidationError("Give at least three items: of two, either order would tell the right one.")
    if len(set(texts)) < len(texts):
        raise ValidationError("Two items read the same, so nobody could tell them apart: reword one.")


_CLEANERS = dict.fromkeys(CHOICES, _clean_choice) | {
    QuestionKind.NUMERIC: _clean_numeric,
    QuestionKind.ORDERING: _clean_ordering,
}


class KnowledgeCheckBlock(blocks.StructBlock):
    """Leaders answer it on the page that cohorts draws around the body; here it is only read, without its answers."""

    title = blocks.CharBlock(max_length=120, default="Check yourself")
    pass_mark = blocks.IntegerBlock(
        min_value=1,
        max_value=100,
        default=70,
        help_text="Percent of the questions’ credit. Partly right numbers count with their share.",
    )
    attempts = blocks.IntegerBlock(
        min_value=1, max_value=20, default=3, help_text="How often a leader may try before asking program staff."
    )
    shuffle_questions = blocks.BooleanBlock(
        required=False, help_text="Each attempt shows the questions in an order of its own."
    )
    shuffle_options = blocks.BooleanBlock(
        required=False, help_text="Each attempt shows the options in an order of its own; true and false stay."
    )
    questions = blocks.ListBlock(QuestionBlock(), min_num=1)

    class Meta:
        icon = "help"
        template = "curriculum/blocks/check.html"
