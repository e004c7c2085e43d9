import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Attempts get a decimal score (until now every question was right or wrong), and regradings a place."""

    dependencies = [("cohorts_practice", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="score",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                help_text="The sum of the questions' scores, each from 0 to 1.",
                max_digits=6,
            ),
        ),
        migrations.RunSQL('UPDATE cohorts_practice_attempt SET score = "right"', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="attempt",
            name="right",
            field=models.PositiveSmallIntegerField(help_text="Questions with the whole credit."),
        ),
        migrations.CreateModel(
            name="Regrading",
            fields=[
                ("by_id", models.UUIDField(editable=False, null=True)),
                ("by_name", models.CharField(blank=True, editable=False, max_length=150)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "change_id",
                    models.UUIDField(help_text="The KeyChange that was confirmed (a network row, no key)."),
                ),
                ("items", models.JSONField()),
                ("right", models.PositiveSmallIntegerField()),
                ("score", models.DecimalField(decimal_places=2, max_digits=6)),
                ("passed", models.BooleanField()),
                ("before", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="regradings",
                        to="cohorts_practice.attempt",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.UniqueConstraint(fields=("attempt", "change_id"), name="regraded_once_per_change")
                ],
            },
        ),
    ]
