import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keys of checks that were mended, and what was decided about the attempts that they would change."""

    dependencies = [
        ("cohorts_network", "0002_plan_change"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("check_id", models.UUIDField(help_text="The check's block id.")),
                ("check_title", models.CharField(max_length=120)),
                (
                    "revision_id",
                    models.BigIntegerField(help_text="The revision that was published with this key.", null=True),
                ),
                ("key", models.JSONField(help_text="The check as published then; see curriculum.checking.key_of.")),
                ("noticed_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(help_text="Those that would change.")),
                ("would_pass", models.PositiveIntegerField()),
                ("would_not_pass", models.PositiveIntegerField()),
                (
                    "asked_otherwise",
                    models.PositiveIntegerField(help_text="Attempts at another wording, which stay as they are."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To decide"),
                            ("confirmed", "Graded again"),
                            ("left", "Left as graded"),
                            ("moot", "Nothing to change any more"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_id", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=150)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.page"
                    ),
                ),
            ],
            options={
                "ordering": ["-noticed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("page", "check_id"), name="key_change_open_once"
                    )
                ],
            },
        ),
    ]
