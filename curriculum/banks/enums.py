from django.db.models import TextChoices


class Repeated(TextChoices):
    """What an import does with a question whose title the bank holds already."""

    SKIP = "skip", "Skip it: the bank’s question stays as it is"
    REPLACE = "replace", "Replace the bank’s question by the file’s"
    ADD = "add", "Add it as another question of the same title"
